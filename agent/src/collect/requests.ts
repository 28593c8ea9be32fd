// Requests by fetch and XMLHttpRequest as spans, with traceparent where it may go.
import { A } from '../attributes.gen';
import { observeEntries } from '../browser/entries';
import { guard } from '../browser/guard';
import { after, native } from '../browser/native';
import { instant, now } from '../context/clock';
import { emitSpan, type SpanDraft } from '../context/emit';
import { join, wait, type Root } from '../context/roots';
import { traceStateOf } from '../context/sampling';
import { mayPropagate, parseTraceparent, randomHex } from '../context/trace';
import { count, view } from '../context/view';
import { ENTRIES_KEPT, ENTRY_WAIT_MILLIS } from '../limits';
import { isThirdParty } from '../privacy/parties';
import { redactUrl } from '../privacy/url';
import { KIND_CLIENT, int, orUnknown, prefixed, type Attributes } from '../record';
import { isRunning, options, session } from '../running';
import { patchFetch } from './fetch';
import { networkPhases } from './phases';
import { byScript } from './resources';
import { patchXhr } from './xhr';

/** A request under way: the span it becomes, and what finds its resource entry. */
export interface Call extends SpanDraft {
  /** The headers to set, if the request may carry them. */
  headers: [name: string, value: string][];
  url: string;
  sameOrigin: boolean;
  start: number;
  root: Root | undefined;
  end: number | undefined;
  timer?: number;
}

/** Not told yet: under way, or answered and waiting for their resource entry. */
let calls = new Set<Call>();
let entries: PerformanceResourceTiming[] = [];

export function collectRequests(): void {
  calls = new Set();
  entries = [];
  patchFetch();
  patchXhr();
  observeEntries('resource', (list) => {
    const asked = (list as PerformanceResourceTiming[]).filter(byScript);
    if (!asked.length) return;
    entries = [...entries, ...asked].slice(-ENTRIES_KEPT);
    for (const call of calls) if (call.timer) complete(call, false);
  });
}

/** Tells the answered requests now, because the page may not come back. */
export const flushRequests = (): void => calls.forEach((call) => call.timer && complete(call, true));

const METHODS = /^(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)$/;

/**
 * A request begins. `ownHeader` is a traceparent the page has set itself: we join its trace and leave the header alone.
 * Requests without CORS cannot carry headers.
 */
export const beginCall = guard(
  (method: string, url: string, ownHeader?: string | null, headersAllowed = true): Call | undefined => {
    const target = new URL(url, document.baseURI);
    const { href, origin, pathname, protocol } = target;
    if (!isRunning || !/^http/.test(protocol)) return undefined;
    const upper = method.toUpperCase();
    const known = METHODS.test(upper);
    const start = now();
    const spanId = randomHex(8);
    const membership = { ...join(`${upper} ${origin}${pathname}`), ...parseTraceparent(ownHeader) };
    count('requests');
    const call: Call = {
      ...membership,
      // Decided by the session, so that the services keep what we keep.
      headers:
        ownHeader || !headersAllowed || !mayPropagate(target, location.origin, options.propagateTo)
          ? []
          : [
              ['traceparent', `00-${membership.traceId}-${spanId}-0${session.kept() ? 1 : 0}`],
              ['tracestate', traceStateOf(session.id(), session.probability())],
            ],
      url: href.split('#', 1)[0]!,
      sameOrigin: origin === location.origin,
      start,
      end: undefined,
      instant: instant(start),
      duration: 0,
      name: known ? upper : 'HTTP',
      kind: KIND_CLIENT,
      spanId,
      view,
      attributes: {
        [A.HTTP_METHOD]: known ? upper : '_OTHER',
        [A.HTTP_METHOD_ORIGINAL]: known ? undefined : method.slice(0, 32),
        ...addressOf(target),
        [A.THIRD_PARTY]: isThirdParty(href),
      },
    };
    calls.add(call);
    return call;
  },
  true,
);

/** `endless`: the answer never ends by itself (server-sent events), so its end is not awaited. */
export const answered = guard((call: Call, status: number, endless?: boolean, bytes?: number): void => {
  const { attributes } = call;
  if (call.end !== undefined) return;
  call.end = now();
  call.failed = status >= 400;
  attributes[A.HTTP_STATUS] = int(orUnknown(status));
  attributes[A.HTTP_RESPONSE_BODY_SIZE] = int(bytes);
  if (call.failed) attributes[A.ERROR_TYPE] = `${status}`;
  call.timer = after(() => complete(call, true), ENTRY_WAIT_MILLIS);
  complete(call, !!endless);
});

/** `type` is a low-cardinality word for what went wrong; an abort is no error. */
export const failed = guard((call: Call, type: string | undefined): void => {
  if (call.end !== undefined) return;
  call.end = now();
  call.attributes[A.ERROR_TYPE] = type;
  call.attributes[A.REQUEST_ABORTED] = !type || undefined;
  call.failed = !!type;
  tell(call);
});

function complete(call: Call, late: boolean): void {
  const entry = matchEntry(entries, call);
  if (!entry && !late) return;
  const rivals = [...calls].filter((other) => entry && other !== call && matchEntry([entry], other));
  entries = entries.filter((each) => each !== entry);
  native.clearTimeout(call.timer);
  call.end = Math.max(call.end!, entry?.responseEnd ?? 0);
  // A response's own length stands where the browser hides the size.
  for (const [name, value] of Object.entries(entry ? phaseAttributes(entry) : {}))
    if (value !== undefined) call.attributes[name] = value;
  // Whose entry it is cannot be known where equal requests run side by side.
  if (rivals.length) call.attributes[A.REQUEST_AMBIGUOUS] = true;
  tell(call);
}

function tell(call: Call): void {
  calls.delete(call);
  wait(call.root, -1, call.end);
  if (call.failed) count('failed_requests', call.view);
  call.duration = call.end! - call.start;
  emitSpan(call);
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
export function matchEntry<
  E extends Pick<PerformanceResourceTiming, 'name' | 'startTime'> & { responseStart?: number },
>(
  entries: readonly E[],
  { url, start, end, sameOrigin }: Pick<Call, 'url' | 'start' | 'end' | 'sameOrigin'>,
): E | undefined {
  // The entry's clock may be coarser than ours. An answer that began after we had ours is another request's.
  const fitting = entries.filter(
    ({ name, startTime, responseStart }) =>
      name === url && startTime >= start - 1 && (responseStart ?? 0) <= (end ?? Infinity) + 1,
  );
  return fitting[sameOrigin ? 0 : fitting.length - 1];
}
