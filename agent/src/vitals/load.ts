// How soon the document came and was first painted: TTFB and FCP.
import { navigationEntry } from '../browser/entries';
import { listen } from '../browser/listen';
import { measureCls } from './cls';
import { loadStateAt, sinceShown, ttfbOf, watchPaints, whenIdle, whenRestored, window, type Page } from './page';

/** Time to first byte, in the phases of the way there. */
export function measureTtfb(page: Page): void {
  const names = 'waiting_duration cache_duration dns_duration connection_duration request_duration';
  const tell = (at: number, ends: number[]): void =>
    page.tell('ttfb', 800, 1_800, names, ends[4]!, () => ends.map((end, i) => end - (ends[i - 1] ?? 0)), at);
  const ready = (): void => {
    const entry = navigationEntry();
    if (!entry) return;
    const { workerStart, fetchStart, domainLookupStart, connectStart, connectEnd, responseStart } = entry;
    const ends = [workerStart || fetchStart, domainLookupStart, connectStart, connectEnd, responseStart];
    tell(
      responseStart,
      ends.map((end) => sinceShown(page, end)),
    );
    whenRestored(page, (at) => tell(at, [0, 0, 0, 0, 0]));
  };
  // Only a page that has loaded is told of.
  if (document.readyState === 'complete') whenIdle(ready);
  else page.stops.push(listen(window, 'load', ready));
}

/** First contentful paint; from then on shifts are seen. */
export function measureFcp(page: Page): void {
  const names = 'time_to_first_byte first_byte_to_fcp load_state';
  let shifting = false;
  watchPaints(page, 'paint', (value, paint) => {
    const values = () => {
      const ttfb = paint ? ttfbOf(page) : 0;
      return [ttfb, value - ttfb, loadStateAt(paint ? paint.startTime : page.restoredAt)];
    };
    page.tell('fcp', 1_800, 3_000, names, value, values, paint?.startTime);
    if (!shifting) measureCls(page);
    shifting = true;
  });
}
