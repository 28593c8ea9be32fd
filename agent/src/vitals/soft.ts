// What the browser itself calls a soft navigation, and how soon that was painted; kept apart from the document's vitals.
import { onHide, watch, type Page } from './page';

export interface SoftNavigation {
  url: string;
  /** When it began: at the interaction. */
  at: number;
  fcp?: number;
  /** Grows until the next interaction; the last one told counts. */
  lcp?: number;
}

interface Paint extends PerformanceEntry {
  interactionId?: number;
  largestContentfulPaint?: { renderTime?: number };
}
interface Navigation extends PerformanceEntry {
  interactionId?: number;
  presentationTime?: number;
  paintTime?: number;
  getLargestInteractionContentfulPaint?: () => Paint | null;
}

export function collectSoft(page: Page, report: (soft: SoftNavigation) => void): void {
  let soft: SoftNavigation | undefined;
  let interaction: number | undefined;

  const begin = (entry: Navigation): Paint | null | undefined => {
    const { name, startTime: at, presentationTime, paintTime, interactionId } = entry;
    soft = { url: page.redactUrl(name), at, fcp: Math.max((presentationTime || paintTime || 0) - at, 0) };
    interaction = interactionId;
    return entry.getLargestInteractionContentfulPaint?.();
  };
  watch(page, 'soft-navigation interaction-contentful-paint', (entries) => {
    for (const entry of entries) {
      const paint = entry.entryType[0] === 's' ? begin(entry as Navigation) : (entry as Paint);
      if (!soft) continue;
      if (paint?.interactionId === interaction) {
        soft.lcp = Math.max((paint?.largestContentfulPaint?.renderTime ?? 0) - paint!.startTime, 0);
      }
      report({ ...soft });
    }
  });
  // What is painted in the background, or after it, nobody waited for.
  onHide(page, () => (soft = undefined));
}
