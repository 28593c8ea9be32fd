// The document: how it was reached, its phases, and the root span of its load joined to the server's trace.
import type { Agent, Stop } from '../agent';
import * as A from '../attributes.gen';
import { activationStart, entriesOf, navigationEntry } from '../browser/entries';
import { attempt, guard } from '../browser/guard';
import { listen } from '../browser/listen';
import { onRestore } from '../browser/visibility';
import type { Root } from '../context/roots';
import { documentTraceparent, randomHex, type Traceparent } from '../context/trace';
import { HIDDEN_REDIRECT_MILLIS } from '../limits';
import { redactRouteUrl, redactUrl } from '../privacy/url';
import { KIND_CLIENT, fieldsOf, int, prefixed, type Attributes } from '../record';
import { networkPhases, span, timingAttributes } from './phases';
import { addressOf, phaseAttributes } from './requests';
import { tellNavigation } from './routes';

type Entry = PerformanceNavigationTiming & { deliveryType?: string };

/** `hiddenBefore` tells whether the page was in the background before a time; durations across it say nothing. */
export function collectNavigation(
  agent: Agent,
  hiddenBefore: (end: number) => boolean,
): { flush: () => void; stop: Stop } {
  const { native, roots, views, emit, clock } = agent;
  const view = views.ofDocument();
  const entry = entriesOf('navigation')[0] as Entry | undefined;
  // Cached HTML carries the trace of an old answer.
  const server = entry && !fromCache(entry) ? serverTrace(entry) : undefined;
  view.measures.navigation_type = navigationType(entry);
  const root = roots.open({
    kind: 'documentLoad',
    view,
    start: view.start,
    trace: server,
    onEnd: () => views.touch(view),
  });
  view.root = { traceId: root.traceId, spanId: root.spanId };
  tellNavigation(agent, view, { reload: 'reload', back_forward: 'traverse' }[entry?.type as string]);

  let told = false;
  const tell = guard(() => {
    if (told) return;
    told = true;
    const now = navigationEntry() as Entry | undefined;
    roots.release(root, now?.loadEventEnd || clock.now());
    if (!now) return;
    Object.assign(view.measures, documentMeasures(now, hiddenBefore));
    views.touch(view);
    emit.event(A.EVENT_NAVIGATION_TIMING, navigationTiming(now), { instant: view.startInstant, view, trace: root });
    if (now.fetchStart > 0) tellDocument(agent, now, root, server);
  });

  // During the handlers of `load` its end is not known yet: a task later it is.
  const later = (): void => void native.setTimeout(tell);
  const stops = [
    listen(globalThis as unknown as EventTarget, 'load', later, { once: true }),
    // A return from the back/forward cache is a new view of an old document. This listener comes before that of the
    // vitals: they measure the restored view, so it has to be there first.
    onRestore((at) => {
      const url = redactRouteUrl(location.href, agent.options.hashRoutes);
      const restored = views.open({ kind: 'restore', start: at, url });
      restored.measures.navigation_type = 'back-forward-cache';
      tellNavigation(agent, restored, 'traverse');
    }),
  ];
  if (document.readyState === 'complete') later();
  return { flush: tell, stop: () => stops.forEach((stop) => stop()) };
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
    ...fieldsOf(entry, NAVIGATION_MARKS, (value) => value || undefined),
  }),
});

function tellDocument(agent: Agent, entry: Entry, root: Root, server: Traceparent | undefined): void {
  const { view } = root;
  // A prerendered page was fetched before it was shown, and its view begins only then.
  const start = Math.max(entry.fetchStart, view.start);
  const status = entry.responseStatus;
  const failed = status >= 400;
  agent.emit.span({
    traceId: root.traceId,
    spanId: randomHex(8),
    parentSpanId: root.spanId,
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
      [A.HTTP_STATUS]: int(status || undefined),
      [A.ERROR_TYPE]: failed ? `${status}` : undefined,
      ...phaseAttributes(entry),
      [A.SERVER_SPAN_ID]: server?.spanId,
    },
  });
}
