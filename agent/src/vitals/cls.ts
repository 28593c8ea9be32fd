// Cumulative layout shift: the worst window of shifts that nobody asked for.
import { openObserver } from '../browser/entries';
import { selectorOf } from '../browser/selector';
import { detailsOf, loadStateAt, onHide, whenRepainted, whenRestored, type Page } from './page';

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources?: { node: Node | null }[];
}
/** The largest shift of a window. */
interface Peak {
  value: number;
  /** Nothing is known about a shift that names no source. */
  at: number | undefined;
  target: string | undefined;
}

export function measureCls(page: Page): void {
  const begin = () => page.measure('cls', 0.1, 0.25);
  let tell = begin();
  let worst = 0;
  let worstPeak: Peak | undefined;
  // The window that is open: its shifts, its first and its last one.
  let sum = 0;
  let first = 0;
  let last = 0;
  let peak: Peak | undefined;

  const say = (): void => {
    const at = worstPeak?.at;
    tell(
      worst,
      at ?? performance.now(),
      () =>
        detailsOf(
          'largest_shift_time largest_shift_value load_state',
          ...(at === undefined ? [] : [at, worstPeak!.value, loadStateAt(at)]),
        ),
      worstPeak?.target,
    );
  };
  const take = (shifts: PerformanceEntryList): void => {
    for (const shift of shifts as Shift[]) {
      if (shift.hadRecentInput) continue;
      const { startTime, value } = shift;
      if (!sum || startTime - last >= 1_000 || startTime - first >= 5_000) {
        sum = 0;
        first = startTime;
        peak = undefined;
      }
      sum += value;
      last = startTime;
      if (!peak || value >= peak.value) peak = peakOf(shift);
    }
    if (sum > worst) {
      worst = sum;
      worstPeak = peak;
    }
    say();
  };
  const observer = openObserver('layout-shift', take);
  if (!observer) return;
  page.stops.push(() => observer.disconnect());
  say();
  onHide(page, () => take(observer.takeRecords()));
  whenRestored(page, () => {
    tell = begin();
    worst = sum = 0;
    worstPeak = undefined;
    whenRepainted(say);
  });
}

function peakOf({ value, startTime, sources = [] }: Shift): Peak {
  const node = (sources.find((source) => source.node?.nodeType === 1) ?? sources[0])?.node;
  // A text has no name of its own.
  const element = node?.nodeType === 1 ? (node as Element) : node?.parentElement;
  return { value, at: sources[0] && startTime, target: element ? selectorOf(element) : undefined };
}
