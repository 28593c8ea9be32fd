// What the vitals of one document share: since when it is hidden, how it was reached, and how a value is told.
import { activationStart, navigationEntry, openObserver } from '../browser/entries';
import { guard, now } from '../browser/guard';
import { listen } from '../browser/listen';
import { firstHiddenTime, isHidden, onRestore } from '../browser/visibility';

export interface Vital {
  name: 'lcp' | 'inp' | 'cls' | 'fcp' | 'ttfb';
  value: number;
  /** The same for all values of one measurement; the last one counts. */
  id: string;
  rating: 'good' | 'needs-improvement' | 'poor';
  navigationType: string;
  /** When the thing happened, on the document's clock. */
  at: number;
  /** The selector of the element behind it, as text: a node would be kept alive. */
  target: string | undefined;
  details: Record<string, Detail>;
}
export type Detail = string | number | undefined;

/**
 * Tells a value when it is another than before. Above the two bounds it is rated down. The names of the details are
 * divided by spaces; their values are asked for only when they are told. Without a time, it happened now.
 */
export type Tell = (
  name: Vital['name'],
  good: number,
  poor: number,
  names: string,
  value: number,
  values: () => Detail[],
  at?: number,
  target?: string,
) => void;

export interface Page {
  /** When it was shown, if it was prerendered: all is counted from then. */
  shownAt: number;
  /** When it was first hidden; Infinity as long as it never was. */
  hiddenAt: number;
  /** When it last came back from the back/forward cache; 0 when it never did. */
  restoredAt: number;
  stops: (() => void)[];
  redactUrl: (url: string) => string;
  tell: Tell;
}

/** Longer than this nothing loads or reacts: the machine slept, or its clock leapt. */
const TELL_MAX = 600_000;

export const window = globalThis as unknown as EventTarget;

/** `noted` is when the stub saw the page hidden, for browsers that do not remember it. */
export function openPage(
  stops: Page['stops'],
  report: (vital: Vital) => void,
  redactUrl: Page['redactUrl'],
  noted?: number,
): Page {
  let id: string;
  let told: Record<string, number>;
  let max = TELL_MAX;
  const shownAt = activationStart(navigationEntry());
  const page: Page = {
    shownAt,
    hiddenAt: firstHiddenTime(noted),
    restoredAt: 0,
    stops,
    redactUrl,
    tell(name, good, poor, names, value, values, at = now(), target) {
      if (value === told[name] || !(value <= max)) return;
      told[name] = value;
      const details = values();
      report({
        name,
        value,
        id: id + name,
        rating: value > poor ? 'poor' : value > good ? 'needs-improvement' : 'good',
        navigationType: navigationTypeOf(page),
        at,
        target,
        details: Object.fromEntries(names.split(' ').map((name, i) => [name, details[i]])),
      });
    },
  };
  const begin = (at: number): void => {
    page.restoredAt = at;
    id = crypto.getRandomValues(new Uint32Array(2)).join('-');
    told = {};
  };
  begin(0);
  stops.push(() => (max = -1));
  // The first to hear of it: what the others tell then has to be in.
  onHide(page, (at) => {
    for (const run of idle) run();
    page.hiddenAt = Math.min(page.hiddenAt, at);
  });
  whenRestored(page, (at) => {
    page.hiddenAt = Infinity;
    begin(at);
  });
  return page;
}

function navigationTypeOf({ restoredAt, shownAt }: Page): string {
  const entry = navigationEntry();
  if (restoredAt) return 'back-forward-cache';
  if (!entry) return 'navigate';
  if (shownAt) return 'prerender';
  return (document as { wasDiscarded?: boolean }).wasDiscarded ? 'restore' : entry.type.replace('_', '-');
}

export const sinceShown = ({ shownAt }: Page, time: number): number => Math.max(time - shownAt, 0);

/** Time to first byte; 0 when nobody knows it. */
export const ttfbOf = (page: Page): number => sinceShown(page, navigationEntry()?.responseStart ?? 0);

/** How far the document had come at this time. */
export function loadStateAt(at: number): string {
  const entry = navigationEntry();
  // What has not happened yet is 0.
  const passed = entry
    ? [entry.domInteractive, entry.domContentLoadedEventStart, entry.domComplete].filter((mark) => mark && mark <= at)
        .length
    : 3;
  return ['loading', 'dom-interactive', 'dom-content-loaded', 'complete'][passed]!;
}

/** An observer that ends with the page's vitals; undefined where the browser knows none of the types. */
export function watch(
  { stops }: Page,
  types: string,
  take: (entries: PerformanceEntryList) => void,
  options?: object,
): PerformanceObserver | undefined {
  const observer = openObserver(types, take, options);
  if (observer) stops.push(() => observer.disconnect());
  return observer;
}

/**
 * Calls back with every paint of the type that somebody could see, and its value; without a paint after a return from
 * the back/forward cache, which no browser tells.
 */
export function watchPaints(
  page: Page,
  type: string,
  callback: (value: number, paint?: PerformanceEntry) => void,
): PerformanceObserver | undefined {
  let paint: PerformanceEntry | undefined;
  const observer = watch(page, type, (entries) => {
    for (const entry of entries) {
      if (entry.startTime >= page.hiddenAt || entry.name === 'first-paint') continue;
      paint = entry;
      callback(sinceShown(page, paint.startTime), paint);
    }
  });
  if (observer) {
    whenRestored(page, (at) => {
      paint = undefined;
      return () => callback(now() - at, paint);
    });
  }
  return observer;
}

export function onHide({ stops }: Page, callback: (at: number) => void): void {
  stops.push(listen(window, 'visibilitychange', ({ timeStamp }) => isHidden() && callback(timeStamp)));
}

/** What the callback returns is done once the restored page is painted: after two frames. */
export function whenRestored({ stops }: Page, callback: (at: number) => (() => void) | void): void {
  stops.push(
    onRestore((at) => {
      const repainted = callback(at);
      if (repainted) requestAnimationFrame(() => requestAnimationFrame(guard(repainted)));
    }),
  );
}

/** What waits for an idle moment. */
const idle = /* @__PURE__ */ new Set<() => void>();

/** Runs the callback when there is nothing better to do, or at the last moment: when the page is hidden. */
export function whenIdle(callback: () => void): void {
  if (isHidden()) return callback();
  const run = guard(() => {
    if (idle.delete(run)) callback();
  });
  idle.add(run);
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 1_000 });
  else setTimeout(run);
}
