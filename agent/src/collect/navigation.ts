// The document: how it was reached, its phases, and the root span of its load joined to the server's trace.
import * as A from '../attributes.gen';
import { activationStart, entriesOf, navigationEntry } from '../browser/entries';
import { attempt } from '../browser/guard';
import { listen } from '../browser/listen';
import type { Native } from '../browser/native';
import type { Clock } from '../context/clock';
import type { Root, Roots } from '../context/roots';
import type { Emit } from '../context/stamp';
import { continuedFlags, documentTraceparent, newSpanId, type Traceparent } from '../context/trace';
import { redactUrl } from '../context/url';
import type { View, Views } from '../context/view';
import { HIDDEN_REDIRECT_MILLIS } from '../limits';
import { KIND_CLIENT, int, type Attributes } from '../record';
import { networkPhases, span } from './resource';

export interface NavigationDeps {
  clock: Clock;
  native: Native;
  roots: Roots;
  views: Views;
  /** Whether the page was in the background before that time; durations across it say nothing. */
  hiddenBefore: (end: number) => boolean;
}

type Entry = PerformanceNavigationTiming & { activationStart?: number; deliveryType?: string };

export function collectNavigation(emit: Emit, deps: NavigationDeps): { flush: () => void; stop: () => void } {
  const { native, roots, views } = deps;
  const view = views.ofDocument();
  const entry = entriesOf('navigation')[0] as Entry | undefined;
  const server = entry && !fromCache(entry) ? serverTrace(entry) : undefined;
  view.measures[A.VIEW_NAVIGATION_TYPE] = navigationType(entry);
  const root = roots.open({
    kind: 'documentLoad',
    view,
    start: view.start,
    trace: server && { ...server, flags: continuedFlags(server.flags) },
    onEnd: () => views.touch(view),
  });
  view.root = { traceId: root.traceId, spanId: root.spanId };
  emit.event({
    name: A.EVENT_NAVIGATION,
    instant: view.startInstant,
    view,
    trace: view.root,
    attributes: {
      [A.URL_FULL]: view.url,
      [A.NAVIGATION_SAME_DOCUMENT]: false,
      [A.NAVIGATION_HASH_CHANGE]: false,
      [A.NAVIGATION_TYPE]:
        entry?.type === 'reload' ? 'reload' : entry?.type === 'back_forward' ? 'traverse' : undefined,
    },
  });

  let told = false;
  function tell(): void {
    if (told) return;
    told = true;
    const now = navigationEntry() as Entry | undefined;
    roots.release(root, now?.loadEventEnd || deps.clock.now());
    if (!now) return;
    Object.assign(view.measures, documentMeasures(now, deps.hiddenBefore));
    views.touch(view);
    if (now.fetchStart > 0) emit.span(documentFetch(now, root, view, server));
  }

  // During the handlers of `load` its end is not known yet: a task later it is.
  const later = (): void => void native.setTimeout(() => attempt(tell), 0);
  const stop =
    document.readyState === 'complete'
      ? (later(), () => undefined)
      : listen(globalThis as unknown as EventTarget, 'load', later, { once: true });
  return { flush: tell, stop };
}

/** Cached HTML carries the trace of an old answer. */
export function fromCache({ deliveryType, responseEnd, transferSize, decodedBodySize }: Entry): boolean {
  return deliveryType === 'cache' || (responseEnd > 0 && transferSize === 0 && decodedBodySize > 0);
}

function serverTrace(entry: Entry): Traceparent | undefined {
  const meta = attempt(() => document.querySelector('meta[name=traceparent]')?.getAttribute('content'));
  return documentTraceparent(entry.serverTiming ?? [], meta);
}

/** As web-vitals names them, so that views and vitals agree. */
function navigationType(entry: Entry | undefined): string | undefined {
  if (!entry) return undefined;
  if (activationStart(entry) > 0) return 'prerender';
  if ((document as { wasDiscarded?: boolean }).wasDiscarded) return 'restore';
  return entry.type.replace(/_/g, '-');
}

export function documentMeasures(entry: Entry, hiddenBefore: (end: number) => boolean): Attributes {
  const phases = networkPhases(entry);
  const fetchFrom = entry.workerStart || entry.fetchStart;
  const loaded = entry.loadEventEnd > 0 && !hiddenBefore(entry.loadEventEnd);
  const parsed = entry.domInteractive > 0 && entry.responseEnd > 0 && !hiddenBefore(entry.domInteractive);
  return {
    [A.VIEW_REDIRECT]: redirect(entry, fetchFrom),
    [A.VIEW_WORKER]: phases.dns === undefined ? undefined : span(fetchFrom, entry.domainLookupStart),
    [A.VIEW_DNS]: phases.dns,
    [A.VIEW_TCP]: phases.tcp,
    [A.VIEW_TLS]: phases.tls,
    [A.VIEW_REQUEST]: phases.wait,
    [A.VIEW_RESPONSE]: phases.response,
    // Parsing may be done before the last byte is in: then nothing was left to do.
    [A.VIEW_DOM_PROCESSING]: parsed ? Math.max(0, entry.domInteractive - entry.responseEnd) : undefined,
    [A.VIEW_LOAD]: loaded ? span(entry.loadEventStart, entry.loadEventEnd) : undefined,
    [A.VIEW_LOAD_TIME]: loaded ? Math.max(0, entry.loadEventEnd - activationStart(entry)) : undefined,
  };
}

/** Redirects over other origins are hidden behind zeros; only where there was no time for one is zero believed. */
function redirect(entry: Entry, fetchFrom: number): number | undefined {
  if (entry.redirectCount > 0) return span(entry.redirectStart, entry.redirectEnd);
  return fetchFrom > 0 && fetchFrom - entry.startTime < HIDDEN_REDIRECT_MILLIS ? 0 : undefined;
}

function documentFetch(entry: Entry, root: Root, view: View, server: Traceparent | undefined) {
  // A prerendered page was fetched before it was shown, and its view begins only then.
  const start = Math.max(entry.fetchStart, view.start);
  const end = Math.max(start, entry.responseEnd || entry.responseStart);
  const phases = networkPhases(entry);
  const status = (entry as { responseStatus?: number }).responseStatus;
  const url = attempt(() => new URL(entry.name));
  return {
    traceId: root.traceId,
    spanId: newSpanId(),
    parentSpanId: root.spanId,
    name: 'documentFetch',
    kind: KIND_CLIENT,
    // From the view's start, so that the child cannot begin before its root.
    instant: view.startInstant + (start - view.start),
    duration: end - start,
    failed: (status ?? 0) >= 400,
    view,
    attributes: {
      [A.HTTP_METHOD]: 'GET',
      [A.URL_FULL]: redactUrl(entry.name),
      [A.SERVER_ADDRESS]: url?.hostname,
      [A.SERVER_PORT]: url && int(Number(url.port) || (url.protocol === 'https:' ? 443 : 80)),
      [A.HTTP_STATUS]: status ? int(status) : undefined,
      [A.ERROR_TYPE]: status && status >= 400 ? String(status) : undefined,
      [A.REQUEST_DNS]: phases.dns,
      [A.REQUEST_TCP]: phases.tcp,
      [A.REQUEST_TLS]: phases.tls,
      [A.REQUEST_WAIT]: phases.wait,
      [A.REQUEST_RESPONSE]: phases.response,
      [A.HTTP_RESPONSE_BODY_SIZE]: phases.wait === undefined ? undefined : int(entry.encodedBodySize),
      [A.SERVER_SPAN_ID]: server?.spanId,
    },
  };
}
