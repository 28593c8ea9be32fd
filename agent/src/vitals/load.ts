// How soon the document came and was first painted: TTFB and FCP.
import { activationStart, navigationEntry, openObserver } from '../browser/entries';
import { guard } from '../browser/guard';
import { listen } from '../browser/listen';
import { detailsOf, loadStateAt, whenRepainted, whenRestored, window, type Page } from './page';

/** Time to first byte, in the phases of the way there. */
export function measureTtfb(page: Page): void {
  const tell = (value: number, at: number, ...phaseEnds: number[]): void =>
    page.measure('ttfb', 800, 1_800)(value, at, () =>
      detailsOf(
        'waiting_duration cache_duration dns_duration connection_duration request_duration',
        ...[...phaseEnds, value].map((end, i) => end - (phaseEnds[i - 1] ?? 0)),
      ),
    );
  const ready = (): void => {
    const entry = navigationEntry();
    if (!entry) return;
    const since = (time: number): number => Math.max(time - activationStart(entry), 0);
    tell(
      since(entry.responseStart),
      entry.responseStart,
      since(entry.workerStart || entry.fetchStart),
      since(entry.domainLookupStart),
      since(entry.connectStart),
      since(entry.connectEnd),
    );
    whenRestored(page, (at) => tell(0, at, 0, 0, 0, 0));
  };
  // Not before the page has loaded: until then some browsers know only half of it.
  if (document.readyState === 'complete') setTimeout(guard(ready));
  else page.stops.push(listen(window, 'load', ready, { once: true }));
}

/** First contentful paint; `painted` is called whenever it was told. */
export function measureFcp(page: Page, painted: () => void): void {
  const begin = () => page.measure('fcp', 1_800, 3_000);
  let tell = begin();
  // When the browser told of the paint; unknown after a return, which is timed by ourselves.
  let paintedAt: number | undefined;
  const say = (value: number, at: number): void => {
    tell(value, at, () => {
      const entry = paintedAt === undefined ? undefined : navigationEntry();
      const ttfb = entry ? Math.max(entry.responseStart - activationStart(entry), 0) : 0;
      const loadState = loadStateAt(paintedAt ?? page.restoredAt);
      return detailsOf('time_to_first_byte first_byte_to_fcp load_state', ttfb, value - ttfb, loadState);
    });
    painted();
  };
  const observer = openObserver('paint', (entries) => {
    for (const { name, startTime } of entries) {
      if (name !== 'first-contentful-paint' || startTime >= page.hiddenAt) continue;
      paintedAt = startTime;
      say(Math.max(startTime - activationStart(navigationEntry()), 0), startTime);
    }
  });
  if (!observer) return;
  page.stops.push(() => observer.disconnect());
  whenRestored(page, (at) => {
    tell = begin();
    paintedAt = undefined;
    whenRepainted(() => say(performance.now() - at, performance.now()));
  });
}
