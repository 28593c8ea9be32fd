// What the vitals of one document share: since when it is visible, how it was reached, and how a value is told.
import { activationStart, entriesOf, navigationEntry } from '../browser/entries';
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
  details: Details;
}
export type Details = Record<string, string | number | undefined>;

/** Tells a value when it is another than before; the details are asked for only then. */
export type Tell = (value: number, at: number, details: () => Details, target?: string) => void;

export interface Page {
  /** When it was first hidden; Infinity as long as it never was. */
  hiddenAt: number;
  /** When it last came back from the back/forward cache; 0 when it never did. */
  restoredAt: number;
  stops: (() => void)[];
  redactUrl: (url: string) => string;
  /** Begins a new measurement; values above the two bounds are rated down. */
  measure(name: Vital['name'], good: number, poor: number): Tell;
}

/** Longer than this nothing loads or reacts: the machine slept, or its clock leapt. */
const TELL_MAX = 600_000;

export const window = globalThis as unknown as EventTarget;

/** `noted` is when the stub saw the page hidden, for browsers that do not remember it. */
export function openPage(report: (vital: Vital) => void, redactUrl: Page['redactUrl'], noted?: number): Page {
  // A page that was hidden before it was shown was only prerendered.
  const states = entriesOf('visibility-state');
  const shownAt = activationStart(navigationEntry());
  const early = states.find((state) => state.name === 'hidden' && state.startTime >= shownAt)?.startTime;
  const page: Page = {
    hiddenAt: (states[0] ? early : noted) ?? hiddenNow(),
    restoredAt: 0,
    stops: [],
    redactUrl,
    measure(name, good, poor) {
      const id = crypto.getRandomValues(new Uint32Array(2)).join('-');
      const navigationType = navigationTypeOf(page.restoredAt);
      let told: number | undefined;
      return (value, at, details, target) => {
        if (value === told || !(value <= TELL_MAX)) return;
        told = value;
        const rating = value > poor ? 'poor' : value > good ? 'needs-improvement' : 'good';
        report({ name, value, id, rating, navigationType, at, target, details: details() });
      };
    },
  };
  onHide(page, (at) => (page.hiddenAt = Math.min(page.hiddenAt, at)));
  // Some browsers say that the page is visible only after the event: https://crbug.com/1133363
  whenRestored(page, (at) => {
    page.restoredAt = at;
    setTimeout(guard(() => (page.hiddenAt = hiddenNow())));
  });
  return page;
}

const hiddenNow = (): number => (document.visibilityState === 'hidden' ? 0 : Infinity);

export function onHide(page: Page, callback: (at: number) => void): void {
  page.stops.push(
    listen(window, 'visibilitychange', (event) => {
      if (document.visibilityState === 'hidden') callback(event.timeStamp);
    }),
  );
}

export function whenRestored(page: Page, callback: (at: number) => void): void {
  page.stops.push(onRestore(callback));
}

/** What a restored page shows is painted after two frames. */
export function whenRepainted(callback: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(guard(callback)));
}

/** Runs the callback when there is nothing better to do, or at the last moment: when the page is hidden. */
export function whenIdle(callback: () => void): void {
  if (document.visibilityState === 'hidden') return callback();
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

function navigationTypeOf(restoredAt: number): string {
  const entry = navigationEntry();
  if (restoredAt) return 'back-forward-cache';
  if (activationStart(entry) > 0) return 'prerender';
  if (entry && (document as { wasDiscarded?: boolean }).wasDiscarded) return 'restore';
  return entry?.type.replace('_', '-') || 'navigate';
}

/** How far the document had come at this time. */
export function loadStateAt(at: number): string {
  const entry = navigationEntry();
  if (document.readyState === 'loading') return 'loading';
  if (!entry) return 'complete';
  if (at < entry.domInteractive) return 'loading';
  if (at < (entry.domContentLoadedEventStart || Infinity)) return 'dom-interactive';
  return at < (entry.domComplete || Infinity) ? 'dom-content-loaded' : 'complete';
}

/** Details from their names, divided by spaces, and their values. */
export function detailsOf(names: string, ...values: Details[string][]): Details {
  return Object.fromEntries(names.split(' ').map((name, i) => [name, values[i]]));
}
