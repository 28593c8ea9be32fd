// Requests by fetch and XMLHttpRequest as spans, with traceparent where it may go.
import * as A from '../attributes.gen';
import { attempt, guard } from '../browser/guard';
import type { Native } from '../browser/native';
import type { Clock } from '../context/clock';
import type { Membership, Roots } from '../context/roots';
import type { Emit } from '../context/stamp';
import { continuedFlags, formatTraceparent, mayPropagate, newSpanId, parseTraceparent } from '../context/trace';
import { redactUrl } from '../context/url';
import type { View, Views } from '../context/view';
import { ENTRY_WAIT_MILLIS } from '../limits';
import { KIND_CLIENT, int, type Attributes } from '../record';
import { patchFetch } from './fetch';
import { requestAttributes, watchResources, type ResourceEntries } from './resource';
import { patchXhr } from './xhr';

export interface RequestsDeps {
  clock: Clock;
  native: Native;
  roots: Roots;
  views: Views;
  propagateTo: readonly string[];
}

/** A request as it is asked for. */
export interface Asking {
  method: string;
  url: string;
  /** A traceparent the page has set itself: we join its trace and leave the header alone. */
  ownHeader?: string | null | undefined;
  /** Requests without CORS cannot carry headers. */
  headersAllowed: boolean;
}

export interface Answered {
  status: number;
  /** The answer never ends by itself (server-sent events), so its end is not awaited. */
  endless: boolean;
  bytes: number | undefined;
}

export interface Running {
  /** The header to set, if the request may carry one. */
  traceparent: string | undefined;
  answered(answer: Answered): void;
  /** `type` is a low-cardinality word for what went wrong; an abort is no error. */
  failed(type: string | undefined): void;
}

export type Begin = (asking: Asking) => Running | undefined;

interface Call {
  method: string;
  url: URL;
  start: number;
  instant: number;
  spanId: string;
  view: View;
  membership: Membership;
  attributes: Attributes;
  end: number;
  failed: boolean;
}

export function collectRequests(emit: Emit, deps: RequestsDeps): { flush: () => void; stop: () => void } {
  const { clock, native } = deps;
  /** Answered, waiting for their resource entry. */
  const answered = new Map<Call, number>();
  const resources: ResourceEntries = watchResources(() => {
    for (const call of [...answered.keys()]) complete(call, false);
  });

  function complete(call: Call, late: boolean): void {
    const asked = { url: withoutHash(call.url), start: call.start, sameOrigin: call.url.origin === location.origin };
    const entry = resources.take(asked);
    if (!entry && !late) return;
    const timer = answered.get(call);
    if (timer !== undefined) native.clearTimeout(timer);
    answered.delete(call);
    const end = Math.max(call.end, entry?.responseEnd ?? 0);
    call.membership.end(end);
    send(call, end, entry ? requestAttributes(entry) : {});
  }

  function send(call: Call, end: number, phases: Attributes): void {
    emit.span({
      traceId: call.membership.traceId,
      spanId: call.spanId,
      parentSpanId: call.membership.parentSpanId,
      name: call.method,
      kind: KIND_CLIENT,
      instant: call.instant,
      duration: end - call.start,
      attributes: { ...call.attributes, ...definedOnly(phases) },
      failed: call.failed,
      view: call.view,
    });
  }

  function fail(call: Call): void {
    call.failed = true;
    call.view.failedRequests++;
    deps.views.touch(call.view);
  }

  const begin: Begin = (asking) => attempt(() => start(asking));

  function start(asking: Asking): Running | undefined {
    const call = newCall(asking, deps);
    if (!call) return undefined;
    call.view.requests++;
    deps.views.touch(call.view);
    let over = false;
    const once = (finish: () => void): void => {
      if (over) return;
      over = true;
      guard(finish)();
    };
    return {
      traceparent: traceparentFor(call, asking, deps.propagateTo),
      answered: ({ status, endless, bytes }) =>
        once(() => {
          call.end = clock.now();
          call.attributes[A.HTTP_STATUS] = status > 0 ? int(status) : undefined;
          call.attributes[A.HTTP_RESPONSE_BODY_SIZE] = bytes === undefined ? undefined : int(bytes);
          if (status >= 400) {
            call.attributes[A.ERROR_TYPE] = String(status);
            fail(call);
          }
          answered.set(
            call,
            native.setTimeout(
              guard(() => complete(call, true)),
              ENTRY_WAIT_MILLIS,
            ),
          );
          complete(call, endless);
        }),
      failed: (type) =>
        once(() => {
          const end = clock.now();
          call.membership.end(end);
          call.attributes[A.ERROR_TYPE] = type;
          call.attributes[A.REQUEST_ABORTED] = type === undefined || undefined;
          if (type !== undefined) fail(call);
          send(call, end, {});
        }),
    };
  }

  const stops = [patchFetch(begin, native), patchXhr(begin)];
  return {
    flush() {
      for (const call of [...answered.keys()]) complete(call, true);
    },
    stop() {
      stops.forEach((stop) => stop());
      resources.stop();
      for (const timer of answered.values()) native.clearTimeout(timer);
      answered.clear();
    },
  };
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'QUERY'];

function newCall(asking: Asking, { clock, roots, views }: RequestsDeps): Call | undefined {
  const url = new URL(asking.url, document.baseURI);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const upper = asking.method.toUpperCase();
  const known = METHODS.includes(upper);
  const start = clock.now();
  const spanId = newSpanId();
  const membership = joinTrace(asking, roots.join(`${upper} ${url.origin}${url.pathname}`));
  return {
    method: known ? upper : 'HTTP',
    url,
    start,
    instant: clock.instant(start),
    spanId,
    view: views.current(),
    membership,
    end: start,
    failed: false,
    attributes: {
      [A.HTTP_METHOD]: known ? upper : '_OTHER',
      [A.URL_FULL]: redactUrl(url.href),
      [A.SERVER_ADDRESS]: url.hostname,
      [A.SERVER_PORT]: int(Number(url.port) || (url.protocol === 'https:' ? 443 : 80)),
    },
  };
}

/** A request the page traces itself stays in the page's trace. */
function joinTrace({ ownHeader }: Asking, membership: Membership): Membership {
  const own = parseTraceparent(ownHeader);
  if (!own) return membership;
  return { ...membership, traceId: own.traceId, parentSpanId: own.spanId, flags: continuedFlags(own.flags) };
}

function traceparentFor(call: Call, asking: Asking, propagateTo: readonly string[]): string | undefined {
  if (asking.ownHeader || !asking.headersAllowed) return undefined;
  if (!mayPropagate(call.url, location.origin, propagateTo)) return undefined;
  return formatTraceparent({ traceId: call.membership.traceId, spanId: call.spanId, flags: call.membership.flags });
}

const withoutHash = (url: URL): string => url.href.split('#', 1)[0] ?? '';

const definedOnly = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
