// The document: how it was reached, its phases, and the root span of its load joined to the server's trace.
import { A } from '../attributes.gen';
import { activationStart, entriesOf, navigationEntry } from '../browser/entries';
import { attempt, guard } from '../browser/guard';
import { listen } from '../browser/listen';
import { after } from '../browser/native';
import { onRestore } from '../browser/visibility';
import { now } from '../context/clock';
import { emitEvent, emitSpan } from '../context/emit';
import { openRoot, wait, type Root } from '../context/roots';
import { documentTraceparent, randomHex, type Traceparent } from '../context/trace';
import { documentView, openView, touch } from '../context/view';
import { HIDDEN_REDIRECT_MILLIS } from '../limits';
import { redactUrl } from '../privacy/url';
import { KIND_CLIENT, fieldsOf, int, orUnknown, prefixed, type Attributes } from '../record';
import { networkPhases, span, timingAttributes } from './phases';
import { addressOf, phaseAttributes } from './requests';
import { here, tellNavigation } from './routes';

type Entry = PerformanceNavigationTiming & { deliveryType?: string };

/**
 * `hiddenBefore` tells whether the page was in the background before a time; durations across it say nothing. Returns
 * what tells the document now, whatever is still unknown.
 */
export function collectNavigation(hiddenBefore: (end: number) => boolean): () => void {
  const view = documentView;
  const entry = entriesOf('navigation')[0] as Entry | undefined;
  // Cached HTML carries the trace of an old answer.
  const server = entry && !fromCache(entry) ? serverTrace(entry) : undefined;
  view.measures.navigation_type = navigationType(entry);
  const root = openRoot({ name: 'documentLoad', view, start: view.start, traceId: server?.traceId });
  view.root = { traceId: root.traceId, spanId: root.spanId };
  tellNavigation(view, { reload: 'reload', back_forward: 'traverse' }[entry?.type as string]);

  let told = false;
  const tell = guard(() => {
    if (told) return;
    told = true;
    const entry = navigationEntry() as Entry | undefined;
    wait(root, -1, entry?.loadEventEnd || now());
    if (!entry) return;
    Object.assign(view.measures, documentMeasures(entry, hiddenBefore));
    touch(view);
    emitEvent(A.EVENT_NAVIGATION_TIMING, navigationTiming(entry), { instant: view.startInstant, view, trace: root });
    if (entry.fetchStart > 0) tellDocument(entry, root, server);
  });

  // During the handlers of `load` its end is not known yet: a task later it is.
  const later = (): void => void after(tell);
  listen(globalThis as unknown as EventTarget, 'load', later, { once: true });
  // A return from the back/forward cache is a new view of an old document. This listener comes before that of the
  // vitals: they measure the restored view, so it has to be there first.
  onRestore((at) => {
    const restored = openView('restore', at, here());
    restored.measures.navigation_type = 'back-forward-cache';
    tellNavigation(restored, 'traverse');
  });
  if (document.readyState === 'complete') later();
  return tell;
}

export const fromCache = ({ deliveryType, responseEnd, transferSize, decodedBodySize }: Entry): boolean =>
  deliveryType === 'cache' || (responseEnd > 0 && transferSize === 0 && decodedBodySize > 0);

const serverTrace = (entry: Entry): Traceparent | undefined =>
  documentTraceparent(
    entry.serverTiming ?? [],
    attempt(() => document.querySelector('meta[name=traceparent]')?.getAttribute('content')),
  );

/** As web-vitals names them, so that views and vitals agree. */
function navigationType(entry: Entry | undefined): string | undefined {
  if (activationStart(entry) > 0) return 'prerender';
  if ((document as { wasDiscarded?: boolean }).wasDiscarded) return 'restore';
  return entry?.type.replace('_', '-');
}

/** What the server's columns hold of a document. */
export function documentMeasures(entry: Entry, hiddenBefore: (end: number) => boolean): Attributes {
  const { dns, tcp, tls, wait, response } = networkPhases(entry);
  const { domInteractive, responseEnd, loadEventStart, loadEventEnd, redirectCount } = entry;
  const fetchFrom = entry.workerStart || entry.fetchStart;
  const loaded = loadEventEnd > 0 && !hiddenBefore(loadEventEnd);
  const parsed = domInteractive > 0 && responseEnd > 0 && !hiddenBefore(domInteractive);
  // Redirects over other origins are hidden behind zeros; only where there was no time for one is zero believed.
  const noRedirect = fetchFrom > 0 && fetchFrom - entry.startTime < HIDDEN_REDIRECT_MILLIS ? 0 : undefined;
  return {
    ...prefixed('phase.', {
      redirect: redirectCount > 0 ? span(entry.redirectStart, entry.redirectEnd) : noRedirect,
      worker: dns === undefined ? undefined : span(fetchFrom, entry.domainLookupStart),
      dns,
      tcp,
      tls,
      request: wait,
      response,
      // Parsing may be done before the last byte is in: then nothing was left to do.
      dom_processing: parsed ? Math.max(0, domInteractive - responseEnd) : undefined,
      load: loaded ? span(loadEventStart, loadEventEnd) : undefined,
    }),
    load_time: loaded ? Math.max(0, loadEventEnd - activationStart(entry)) : undefined,
  };
}

const NAVIGATION_MARKS =
  'activationStart unloadEventStart unloadEventEnd domInteractive domContentLoadedEventStart domContentLoadedEventEnd domComplete loadEventStart loadEventEnd';

const navigationTiming = (entry: Entry): Attributes => ({
  [A.URL_FULL]: redactUrl(entry.name),
  ...timingAttributes(entry),
  ...prefixed('browser.navigation_timing.', {
    type: entry.type,
    redirect_count: int(entry.redirectCount),
    ...fieldsOf(entry, NAVIGATION_MARKS, orUnknown),
  }),
});

function tellDocument(entry: Entry, { view, traceId, spanId }: Root, server: Traceparent | undefined): void {
  // A prerendered page was fetched before it was shown, and its view begins only then.
  const start = Math.max(entry.fetchStart, view.start);
  const status = entry.responseStatus;
  const failed = status >= 400;
  emitSpan({
    traceId,
    spanId: randomHex(8),
    parentSpanId: spanId,
    name: 'documentFetch',
    kind: KIND_CLIENT,
    // From the view's start, so that the child cannot begin before its root.
    instant: view.startInstant + (start - view.start),
    duration: (entry.responseEnd || entry.responseStart) - start,
    failed,
    view,
    attributes: {
      [A.HTTP_METHOD]: 'GET',
      ...addressOf(new URL(entry.name)),
      [A.HTTP_STATUS]: int(orUnknown(status)),
      [A.ERROR_TYPE]: failed ? `${status}` : undefined,
      ...phaseAttributes(entry),
      [A.SERVER_SPAN_ID]: server?.parentSpanId,
    },
  });
}
