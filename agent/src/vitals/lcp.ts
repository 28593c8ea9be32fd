// Largest contentful paint: what was painted, and where the time until then went.
import { activationStart, entriesOf, navigationEntry } from '../browser/entries';
import { listenAll } from '../browser/listen';
import { selectorOf } from '../browser/selector';
import { sinceShown } from './load';
import { watch, whenIdle, whenRestored, window, type Detail, type Page } from './page';

interface Paint extends PerformanceEntry {
  url: string;
  size: number;
  element: Element | null;
}

/** So many of the newest resources are kept, in case that the page empties the browser's own list. */
const RESOURCES_KEPT = 50;

export function measureLcp(page: Page): void {
  let resources: PerformanceEntryList = [];
  const tell = (value: number, paint?: Paint): void =>
    page.tell(
      'lcp',
      2_500,
      4_000,
      'url size time_to_first_byte resource_load_delay resource_load_duration element_render_delay',
      value,
      () => partsOf(page, resources, value, paint),
      paint && paint.startTime,
      paint && paint.element ? selectorOf(paint.element) : undefined,
    );
  const observer = watch(page, 'largest-contentful-paint', (paints) => {
    for (const paint of paints as Paint[]) {
      const { startTime } = paint;
      if (startTime < page.hiddenAt) tell(Math.max(startTime - activationStart(navigationEntry()), 0), paint);
    }
  });
  if (!observer) return;
  const resourceObserver = watch(page, 'resource', (entries) => {
    resources = resources.concat(entries).slice(-RESOURCES_KEPT);
  });
  const stop = (): void => {
    observer.disconnect();
    resourceObserver!.disconnect();
    stopListening();
  };
  // After an input or in the background the page paints something else than what the visitor waited for.
  const stopListening = listenAll(window, 'keydown click visibilitychange', ({ isTrusted }) => {
    if (isTrusted) whenIdle(stop);
  });
  page.stops.push(stopListening);
  whenRestored(page, (at) => () => tell(performance.now() - at));
}

/** A return from the back/forward cache has no `paint`, and all of its time is for rendering. */
function partsOf({ redactUrl }: Page, kept: PerformanceEntryList, value: number, paint?: Paint): Detail[] {
  const { url, size, startTime } = paint ?? ({} as Partial<Paint>);
  const entry = paint && navigationEntry();
  const ttfb = entry ? sinceShown(entry, entry.responseStart) : 0;
  const resource =
    entry &&
    url &&
    ([...entriesOf('resource'), ...kept] as PerformanceResourceTiming[])
      .filter((each) => each.name === url && (each.requestStart || each.startTime) <= startTime!)
      .pop();
  const shownAt = activationStart(entry);
  const begun = Math.max(ttfb, resource ? (resource.requestStart || resource.startTime) - shownAt : 0);
  const ended = Math.min(value, Math.max(begun, resource ? resource.responseEnd - shownAt : 0));
  return [url && redactUrl(url), size, ttfb, begun - ttfb, ended - begun, value - ended];
}
