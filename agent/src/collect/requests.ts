// Requests by fetch and XMLHttpRequest as spans, with traceparent where it may go.
import type { Agent, Stop } from '../agent';
import * as A from '../attributes.gen';
import { observeEntries } from '../browser/entries';
import { guard } from '../browser/guard';
import type { Membership } from '../context/roots';
import { traceStateOf } from '../context/sampling';
import { mayPropagate, parseTraceparent, randomHex } from '../context/trace';
import type { View } from '../context/view';
import { ENTRIES_KEPT, ENTRY_WAIT_MILLIS } from '../limits';
import { redactUrl } from '../privacy/url';
import { KIND_CLIENT, int, prefixed, type Attributes } from '../record';
import { patchFetch } from './fetch';
import { networkPhases } from './phases';
import { byScript } from './resources';
import { patchXhr } from './xhr';

/** A request as it is asked for. */
export interface Asking {
  method: string;
  url: string;
  /** A traceparent the page has set itself: we join its trace and leave the header alone. */
  ownHeader?: string | null | undefined;
  /** Requests without CORS cannot carry headers. */
  headersAllowed: boolean;
}

export interface Running {
  /** The headers to set, if the request may carry them. */
  headers: [name: string, value: string][];
  /** `endless`: the answer never ends by itself (server-sent events), so its end is not awaited. */
  answered(status: number, endless?: boolean, bytes?: number): void;
  /** `type` is a low-cardinality word for what went wrong; an abort is no error. */
  failed(type: string | undefined): void;
}

export type Begin = (asking: Asking) => Running | undefined;

interface Call {
  url: string;
  sameOrigin: boolean;
  start: number;
  instant: number;
  name: string;
  spanId: string;
  view: View;
  membership: Membership;
  attributes: Attributes;
  end: number;
  failed: boolean;
  timer?: number;
}

export function collectRequests(agent: Agent): { flush: () => void; stop: Stop } {
  const { clock, native, views } = agent;
  /** Answered, waiting for their resource entry. */
  const answered = new Set<Call>();
  let entries: PerformanceResourceTiming[] = [];
  const stopEntries = observeEntries('resource', (list) => {
    const asked = (list as PerformanceResourceTiming[]).filter(byScript);
    if (asked.length === 0) return;
    entries = [...entries, ...asked].slice(-ENTRIES_KEPT);
    for (const call of answered) complete(call, false);
  });

  function complete(call: Call, late: boolean): void {
    const entry = matchEntry(entries, call);
    if (!entry && !late) return;
    entries = entries.filter((each) => each !== entry);
    native.clearTimeout(call.timer);
    answered.delete(call);
    const end = Math.max(call.end, entry?.responseEnd ?? 0);
    call.membership.end(end);
    // A response's own length stands where the browser hides the size.
    for (const [name, value] of Object.entries(entry ? phaseAttributes(entry) : {}))
      if (value !== undefined) call.attributes[name] = value;
    send(call, end);
  }

  function send(call: Call, end: number): void {
    if (call.failed) views.count(call.view, 'failed_requests');
    agent.emit.span({
      ...call.membership,
      spanId: call.spanId,
      name: call.name,
      kind: KIND_CLIENT,
      instant: call.instant,
      duration: end - call.start,
      attributes: call.attributes,
      failed: call.failed,
      view: call.view,
    });
  }

  const begin: Begin = guard((asking: Asking) => {
    const call = agent.stopped ? undefined : newCall(agent, asking);
    if (!call) return undefined;
    const { attributes } = call;
    views.count(call.view, 'requests');
    let over = false;
    return {
      headers: headersFor(agent, call, asking),
      answered: guard((status: number, endless?: boolean, bytes?: number) => {
        if (over) return;
        over = true;
        call.end = clock.now();
        call.failed = status >= 400;
        attributes[A.HTTP_STATUS] = int(status || undefined);
        attributes[A.HTTP_RESPONSE_BODY_SIZE] = int(bytes);
        if (call.failed) attributes[A.ERROR_TYPE] = `${status}`;
        answered.add(call);
        call.timer = native.setTimeout(
          guard(() => complete(call, true)),
          ENTRY_WAIT_MILLIS,
        );
        complete(call, !!endless);
      }),
      failed: guard((type: string | undefined) => {
        if (over) return;
        over = true;
        const end = clock.now();
        call.membership.end(end);
        attributes[A.ERROR_TYPE] = type;
        attributes[A.REQUEST_ABORTED] = !type || undefined;
        call.failed = !!type;
        send(call, end);
      }),
    };
  });

  const stops = [patchFetch(begin, native), patchXhr(begin), stopEntries];
  return {
    flush: () => answered.forEach((call) => complete(call, true)),
    stop: () => stops.forEach((stop) => stop()),
  };
}

const METHODS = /^(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)$/;

function newCall(
  { clock, roots, views, isOwn, isThirdParty }: Agent,
  { method, url, ownHeader }: Asking,
): Call | undefined {
  const target = new URL(url, document.baseURI);
  const { href, origin, pathname } = target;
  if (!/^http/.test(target.protocol) || isOwn(href)) return undefined;
  const upper = method.toUpperCase();
  const known = METHODS.test(upper);
  const own = parseTraceparent(ownHeader);
  const start = clock.now();
  const membership = roots.join(`${upper} ${origin}${pathname}`);
  return {
    url: href.split('#', 1)[0]!,
    sameOrigin: origin === location.origin,
    start,
    instant: clock.instant(start),
    name: known ? upper : 'HTTP',
    spanId: randomHex(8),
    view: views.current(),
    membership: own ? { ...membership, traceId: own.traceId, parentSpanId: own.spanId } : membership,
    attributes: {
      [A.HTTP_METHOD]: known ? upper : '_OTHER',
      [A.HTTP_METHOD_ORIGINAL]: known ? undefined : method.slice(0, 32),
      ...addressOf(target),
      [A.THIRD_PARTY]: isThirdParty(href) || undefined,
    },
    end: start,
    failed: false,
  };
}

/** Decided by the session, so that the services keep what we keep; without a word in the middle of their own traces. */
function headersFor(
  { options, session }: Agent,
  call: Call,
  { url, ownHeader, headersAllowed }: Asking,
): Running['headers'] {
  const target = new URL(url, document.baseURI);
  if (ownHeader || !headersAllowed || !mayPropagate(target, location.origin, options.propagateTo)) return [];
  return [
    ['traceparent', `00-${call.membership.traceId}-${call.spanId}-0${session.kept() ? 1 : 0}`],
    ['tracestate', traceStateOf(session.id(), session.probability())],
  ];
}

export const addressOf = (url: URL): Attributes => ({
  [A.URL_FULL]: redactUrl(url.href),
  [A.SERVER_ADDRESS]: url.hostname,
  [A.SERVER_PORT]: int(Number(url.port) || (url.protocol === 'https:' ? 443 : 80)),
});

export const phaseAttributes = (entry: PerformanceResourceTiming): Attributes => ({
  ...prefixed('limen.request.', networkPhases(entry)),
  [A.HTTP_RESPONSE_BODY_SIZE]: entry.requestStart > 0 ? int(entry.encodedBodySize) : undefined,
  [A.PROTOCOL_VERSION]: /^(?:http\/|h)([\d.]+)/.exec(entry.nextHopProtocol)?.[1],
});

/** Entries of equal URLs are told apart by order. A cross-origin request may have a preflight's entry before its own. */
export function matchEntry<E extends Pick<PerformanceResourceTiming, 'name' | 'startTime'>>(
  entries: readonly E[],
  { url, start, sameOrigin }: Pick<Call, 'url' | 'start' | 'sameOrigin'>,
): E | undefined {
  // The entry's clock may be coarser than ours.
  const fitting = entries.filter((entry) => entry.name === url && entry.startTime >= start - 1);
  return fitting[sameOrigin ? 0 : fitting.length - 1];
}
