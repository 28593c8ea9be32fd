// How soon the document came and was first painted: TTFB and FCP.
import { activationStart, navigationEntry } from '../browser/entries';
import { guard } from '../browser/guard';
import { listen } from '../browser/listen';
import { measureCls } from './cls';
import { loadStateAt, watch, whenRestored, window, type Page } from './page';

/** A time of the navigation, counted from when the page was shown. */
export const sinceShown = (entry: PerformanceNavigationTiming, time: number): number =>
  Math.max(time - activationStart(entry), 0);

/** Time to first byte, in the phases of the way there. */
export function measureTtfb(page: Page): void {
  const tell = (at: number | undefined, ends: number[]): void =>
    page.tell(
      'ttfb',
      800,
      1_800,
      'waiting_duration cache_duration dns_duration connection_duration request_duration',
      ends[4]!,
      () => ends.map((end, i) => end - (ends[i - 1] ?? 0)),
      at,
    );
  const ready = (): void => {
    const entry = navigationEntry();
    if (!entry) return;
    const { workerStart, fetchStart, domainLookupStart, connectStart, connectEnd, responseStart } = entry;
    const ends = [workerStart || fetchStart, domainLookupStart, connectStart, connectEnd, responseStart];
    tell(
      responseStart,
      ends.map((end) => sinceShown(entry, end)),
    );
    whenRestored(page, (at) => tell(at, [0, 0, 0, 0, 0]));
  };
  // Only a page that has loaded is told of.
  if (document.readyState === 'complete') setTimeout(guard(ready));
  else page.stops.push(listen(window, 'load', ready, { once: true }));
}

/** First contentful paint; from then on shifts are seen. */
export function measureFcp(page: Page): void {
  let shifting = false;
  // When the browser told of the paint; unknown after a return, which is timed by ourselves.
  let paintedAt: number | undefined;
  const tell = (value: number): void => {
    const names = 'time_to_first_byte first_byte_to_fcp load_state';
    const values = () => {
      const entry = paintedAt === undefined ? undefined : navigationEntry();
      const ttfb = entry ? sinceShown(entry, entry.responseStart) : 0;
      return [ttfb, value - ttfb, loadStateAt(paintedAt ?? page.restoredAt)];
    };
    page.tell('fcp', 1_800, 3_000, names, value, values, paintedAt);
    if (!shifting) measureCls(page);
    shifting = true;
  };
  const observer = watch(page, 'paint', (entries) => {
    for (const { name, startTime } of entries) {
      if (name !== 'first-contentful-paint' || startTime >= page.hiddenAt) continue;
      paintedAt = startTime;
      tell(Math.max(startTime - activationStart(navigationEntry()), 0));
    }
  });
  if (!observer) return;
  whenRestored(page, (at) => {
    paintedAt = undefined;
    return () => tell(performance.now() - at);
  });
}
