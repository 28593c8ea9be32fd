// Wraps fetch: sees the request start and its headers arrive; never touches or clones the body.
import { attempt, guard } from '../browser/guard';
import type { Native } from '../browser/native';
import type { Begin, Running } from './requests';

type Fetch = typeof fetch;
type Input = Parameters<Fetch>[0];

export function patchFetch(begin: Begin, native: Native): () => void {
  const inner = globalThis.fetch as Fetch | undefined;
  if (typeof inner !== 'function') return () => undefined;
  const call = inner;

  const wrapped = function (this: unknown, input: Input, ...rest: [RequestInit?]): Promise<Response> {
    const init = rest[0];
    const running = attempt(() => begin(readRequest(input, init)));
    if (!running) return call.call(globalThis, input, ...rest);
    const traced = running.traceparent ? attempt(() => withHeader(input, init, running.traceparent ?? '')) : undefined;
    const promise = traced ? call.call(globalThis, input, traced) : call.call(globalThis, input, ...rest);
    return follow(promise, running);
  };
  Object.defineProperty(wrapped, 'name', { value: 'fetch' });
  // OpenTelemetry's exporters look for this to send without being traced.
  Object.defineProperty(wrapped, '__original', { value: native.fetch ?? inner });
  globalThis.fetch = wrapped;
  return () => {
    if (globalThis.fetch === wrapped) globalThis.fetch = inner;
  };
}

// The page gets a promise that follows ours, so that an unhandled rejection of its request is still reported as such.
function follow(promise: Promise<Response>, running: Running): Promise<Response> {
  return promise.then(
    (response) => {
      guard(() => running.answered(readResponse(response)))();
      return response;
    },
    (error: unknown) => {
      const name = attempt(() => (error as Error).name);
      guard(() => running.failed(name === 'AbortError' ? undefined : name || 'network'))();
      throw error;
    },
  );
}

function readRequest(input: Input, init: RequestInit | undefined): Parameters<Begin>[0] {
  const request = typeof Request === 'function' && input instanceof Request ? input : undefined;
  const mode = init?.mode ?? request?.mode;
  return {
    method: init?.method ?? request?.method ?? 'GET',
    url: request ? request.url : String(input),
    ownHeader: headersOf(request, init).get('traceparent'),
    headersAllowed: mode !== 'no-cors' && mode !== 'navigate',
  };
}

// Headers in `init` replace those of a Request as a whole.
const headersOf = (request: Request | undefined, init: RequestInit | undefined): Headers =>
  new Headers(init?.headers ?? request?.headers);

function withHeader(input: Input, init: RequestInit | undefined, traceparent: string): RequestInit {
  const request = typeof Request === 'function' && input instanceof Request ? input : undefined;
  const headers = headersOf(request, init);
  headers.set('traceparent', traceparent);
  return { ...init, headers };
}

function readResponse({ status, headers, type }: Response): Parameters<Running['answered']>[0] {
  const length = headers.get('content-length');
  return {
    // An opaque answer says 0, which is unknown.
    status: type === 'opaque' || type === 'opaqueredirect' ? 0 : status,
    endless: /^text\/event-stream/.test(headers.get('content-type') ?? ''),
    bytes: length && /^\d+$/.test(length) ? Number(length) : undefined,
  };
}
