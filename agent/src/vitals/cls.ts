// Cumulative layout shift: the worst window of shifts that nobody asked for.
import { selectorOf } from '../browser/selector';
import { loadStateAt, onHide, watch, whenRestored, type Page } from './page';

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources?: { node: Node | null }[];
}
/** The largest shift of a window: its value, its time and its target; without a source, nothing is told of it. */
type Peak = [value: number, at?: number, target?: string];

export function measureCls(page: Page): void {
  let worst = 0;
  let worstPeak: Peak = [0];
  // The window that is open: its sum, its first and last shift, its largest one.
  let sum = 0;
  let first = 0;
  let last = 0;
  let peak: Peak = [0];

  const tell = (): void => {
    const [value, at, target] = worstPeak;
    const names = 'largest_shift_time largest_shift_value load_state';
    page.tell('cls', 0.1, 0.25, names, worst, () => (at ? [at, value, loadStateAt(at)] : []), at, target);
  };
  const take = (shifts: PerformanceEntryList): void => {
    for (const shift of shifts as Shift[]) {
      const { startTime, value } = shift;
      if (shift.hadRecentInput) continue;
      if (!sum || startTime - last >= 1_000 || startTime - first >= 5_000) {
        sum = 0;
        first = startTime;
        peak = [0];
      }
      sum += value;
      last = startTime;
      if (value >= peak[0]) peak = peakOf(shift);
    }
    if (sum > worst) {
      worst = sum;
      worstPeak = peak;
    }
    tell();
  };
  const observer = watch(page, 'layout-shift', take);
  if (!observer) return;
  tell();
  onHide(page, () => take(observer.takeRecords()));
  whenRestored(page, () => {
    worst = sum = 0;
    worstPeak = [0];
    return tell;
  });
}

function peakOf({ value, startTime, sources = [] }: Shift): Peak {
  // A text has no name of its own.
  const [element] = sources.flatMap(
    ({ node }) => (node && node.nodeType > 1 ? node.parentElement : (node as Element)) ?? [],
  );
  return [value, sources[0] && startTime, element ? selectorOf(element) : undefined];
}
