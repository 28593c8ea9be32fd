// Largest contentful paint: what was painted, and where the time until then went.
import { activationStart, navigationEntry, entriesOf, observeEntries, openObserver } from '../browser/entries';
import { listenAll } from '../browser/listen';
import { selectorOf } from '../browser/selector';
import { detailsOf, whenIdle, whenRepainted, whenRestored, window, type Details, type Page } from './page';

interface Paint extends PerformanceEntry {
  url: string;
  size: number;
  element: Element | null;
}

/** So many of the newest resources are kept, in case that the page empties the browser's own list. */
const RESOURCES_KEPT = 50;

export function measureLcp(page: Page): void {
  const begin = () => page.measure('lcp', 2_500, 4_000);
  let tell = begin();
  let resources: PerformanceEntryList = [];
  const observer = openObserver('largest-contentful-paint', (paints) => {
    for (const paint of paints as Paint[]) {
      if (paint.startTime >= page.hiddenAt) continue;
      const value = Math.max(paint.startTime - activationStart(navigationEntry()), 0);
      const target = paint.element ? selectorOf(paint.element) : undefined;
      tell(value, paint.startTime, () => partsOf(page, value, paint, resources), target);
    }
  });
  if (!observer) return;
  const stopResources = observeEntries('resource', (entries) => {
    resources = resources.concat(entries).slice(-RESOURCES_KEPT);
  });
  const stop = (): void => {
    observer.disconnect();
    stopResources();
    stopListening();
  };
  // After an input or in the background the page paints something else than what the visitor waited for.
  const stopListening = listenAll(window, 'keydown click visibilitychange', ({ isTrusted }) => {
    if (isTrusted) whenIdle(stop);
  });
  page.stops.push(stop);
  whenRestored(page, (at) => {
    tell = begin();
    whenRepainted(() => {
      const value = performance.now() - at;
      tell(value, performance.now(), () => partsOf(page, value));
    });
  });
}

function partsOf(page: Page, value: number, paint?: Paint, kept: PerformanceEntryList = []): Details {
  const entry = paint && navigationEntry();
  const shownAt = activationStart(entry);
  const ttfb = Math.max((entry?.responseStart ?? 0) - shownAt, 0);
  const resource =
    entry && paint.url
      ? ([...entriesOf('resource'), ...kept] as PerformanceResourceTiming[])
          .filter((each) => each.name === paint.url && (each.requestStart || each.startTime) <= paint.startTime)
          .pop()
      : undefined;
  const begun = Math.max(ttfb, resource ? (resource.requestStart || resource.startTime) - shownAt : 0);
  const ended = Math.min(value, Math.max(begun, resource ? resource.responseEnd - shownAt : 0));
  return detailsOf(
    'url size time_to_first_byte resource_load_delay resource_load_duration element_render_delay',
    paint?.url ? page.redactUrl(paint.url) : undefined,
    paint?.size,
    ttfb,
    begun - ttfb,
    ended - begun,
    value - ended,
  );
}
