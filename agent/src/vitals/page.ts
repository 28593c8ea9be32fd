// What the vitals of one document share: since when it is hidden, how it was reached, and how a value is told.
import { activationStart, entriesOf, navigationEntry, openObserver } from '../browser/entries';
import { guard } from '../browser/guard';
import { listen } from '../browser/listen';
import { onRestore } from '../browser/visibility';

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

export const isHidden = (): boolean => document.visibilityState === 'hidden';

const hiddenNow = (): number => (isHidden() ? 0 : Infinity);

/** `noted` is when the stub saw the page hidden, for browsers that do not remember it. */
export function openPage(report: (vital: Vital) => void, redactUrl: Page['redactUrl'], noted?: number): Page {
  let id: string;
  let told: Record<string, number>;
  let max = TELL_MAX;
  // A page that was hidden before it was shown was only prerendered.
  const shownAt = activationStart(navigationEntry());
  const states = entriesOf('visibility-state');
  const hidden = states.find(({ name, startTime }) => name === 'hidden' && startTime >= shownAt);
  const page: Page = {
    hiddenAt: (hidden ? hidden.startTime : states[0] ? undefined : noted) ?? hiddenNow(),
    restoredAt: 0,
    stops: [() => (max = -1)],
    redactUrl,
    tell(name, good, poor, names, value, values, at = performance.now(), target) {
      if (value === told[name] || !(value <= max)) return;
      told[name] = value;
      const all = values();
      report({
        name,
        value,
        id: id + name,
        rating: value > poor ? 'poor' : value > good ? 'needs-improvement' : 'good',
        navigationType: navigationTypeOf(page),
        at,
        target,
        details: Object.fromEntries(names.split(' ').map((name, i) => [name, all[i]])),
      });
    },
  };
  const begin = (at: number): void => {
    page.restoredAt = at;
    id = crypto.getRandomValues(new Uint32Array(2)).join('-');
    told = {};
  };
  begin(0);
  onHide(page, (at) => (page.hiddenAt = Math.min(page.hiddenAt, at)));
  whenRestored(page, (at) => {
    begin(at);
    // Some browsers say that the page is visible only after the event: https://crbug.com/1133363
    setTimeout(guard(() => (page.hiddenAt = hiddenNow())));
  });
  return page;
}

function navigationTypeOf({ restoredAt }: Page): string {
  const entry = navigationEntry();
  if (restoredAt) return 'back-forward-cache';
  if (!entry) return 'navigate';
  if (activationStart(entry) > 0) return 'prerender';
  return (document as { wasDiscarded?: boolean }).wasDiscarded ? 'restore' : entry.type.replace('_', '-');
}

/** How far the document had come at this time. */
export function loadStateAt(at: number): string {
  const entry = navigationEntry();
  const marks = entry && [entry.domInteractive, entry.domContentLoadedEventStart, entry.domComplete];
  const passed =
    document.readyState === 'loading' ? 0 : marks ? marks.filter((m, i) => (m || !i) && m <= at).length : 3;
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

/** Runs the callback when there is nothing better to do, or at the last moment: when the page is hidden. */
export function whenIdle(callback: () => void): void {
  if (isHidden()) return callback();
  let done = false;
  const run = guard(() => {
    stop();
    if (!done) callback();
    done = true;
  });
  const stop = listen(window, 'visibilitychange', run);
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 1_000 });
  else setTimeout(run);
}
