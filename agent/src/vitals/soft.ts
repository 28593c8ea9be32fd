// What the browser itself calls a soft navigation, and how soon that was painted; kept apart from the document's vitals.
import { openObserver } from '../browser/entries';
import { listen } from '../browser/listen';
import { window } from './page';

export interface SoftNavigation {
  url: string;
  /** When it began: at the interaction. */
  at: number;
  navigationId?: string | number;
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
  navigationId?: number;
  presentationTime?: number;
  paintTime?: number;
  getLargestInteractionContentfulPaint?: () => Paint | null;
}

export function collectSoft(report: (soft: SoftNavigation) => void, redactUrl: (url: string) => string): () => void {
  let soft: SoftNavigation | undefined;
  let interaction: number | undefined;
  let hiddenAt = Infinity;

  const paint = ({ interactionId, largestContentfulPaint, startTime }: Paint): void => {
    const painted = largestContentfulPaint?.renderTime ?? 0;
    if (soft && interactionId === interaction && painted < hiddenAt) soft.lcp = Math.max(painted - startTime, 0);
  };
  const begin = (entry: Navigation): void => {
    const { name, startTime, navigationId, presentationTime, paintTime } = entry;
    const fcp = Math.max((presentationTime || paintTime || 0) - startTime, 0);
    soft = { url: redactUrl(name), at: startTime, navigationId, fcp, lcp: undefined };
    interaction = entry.interactionId;
    hiddenAt = Infinity;
    const largest = entry.getLargestInteractionContentfulPaint?.();
    if (largest) paint(largest);
  };
  const observer = openObserver('soft-navigation interaction-contentful-paint', (entries) => {
    for (const entry of entries) {
      if (entry.entryType[0] === 's') begin(entry as Navigation);
      else paint(entry as Paint);
      if (soft) report({ ...soft });
    }
  });
  const stopListening = listen(window, 'visibilitychange', ({ timeStamp }) => {
    if (document.visibilityState === 'hidden') hiddenAt = Math.min(hiddenAt, timeStamp);
  });
  return () => {
    observer?.disconnect();
    stopListening();
  };
}
