// Largest contentful paint: what was painted, and where the time until then went.
import { entriesOf } from '../browser/entries';
import { listenAll } from '../browser/listen';
import { selectorOf } from '../browser/selector';
import { ttfbOf, watch, watchPaints, whenIdle, window, type Detail, type Page } from './page';

interface Paint extends PerformanceEntry {
  url: string;
  size: number;
  element: Element | null;
}

/** So many of the newest resources are kept, in case that the page empties the browser's own list. */
const RESOURCES_KEPT = 50;

export function measureLcp(page: Page): void {
  const names = 'url size time_to_first_byte resource_load_delay resource_load_duration element_render_delay';
  let resources: PerformanceEntryList = [];

  const observer = watchPaints(page, 'largest-contentful-paint', (value, paint) => {
    const { url, size, startTime, element } = (paint ?? {}) as Partial<Paint>;
    const values = (): Detail[] => {
      const resource = ([...entriesOf('resource'), ...resources] as PerformanceResourceTiming[])
        .filter((each) => each.name === url && (each.requestStart || each.startTime) <= startTime!)
        .pop();
      const ttfb = paint ? ttfbOf(page) : 0;
      const begun = Math.max(ttfb, resource ? (resource.requestStart || resource.startTime) - page.shownAt : 0);
      const ended = Math.min(value, Math.max(begun, resource ? resource.responseEnd - page.shownAt : 0));
      return [url ? page.redactUrl(url) : undefined, size, ttfb, begun - ttfb, ended - begun, value - ended];
    };
    page.tell('lcp', 2_500, 4_000, names, value, values, startTime, element ? selectorOf(element) : undefined);
  });
  if (!observer) return;
  const resourceObserver = watch(page, 'resource', (entries) => {
    resources = resources.concat(entries).slice(-RESOURCES_KEPT);
  });
  const stop = (): void => {
    observer.disconnect();
    resourceObserver?.disconnect();
    stopListening();
  };
  // After an input or in the background the page paints something else than what the visitor waited for.
  const stopListening = listenAll(window, 'keydown click visibilitychange', ({ isTrusted }) => {
    if (isTrusted) whenIdle(stop);
  });
  page.stops.push(stopListening);
}
