// Wraps fetch: sees the request start and its headers arrive; never touches or clones the body.
import { attempt } from '../browser/guard';
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
    const traced = running.headers.length ? attempt(() => withHeaders(input, init, running.headers)) : undefined;
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
      attempt(() => {
        const { status, headers, type } = response;
        // An opaque answer says 0, which is unknown.
        const length = headers.get('content-length');
        running.answered(
          /^opaque/.test(type) ? 0 : status,
          /^text\/event-stream/.test(headers.get('content-type') ?? ''),
          length ? Number(length) : undefined,
        );
      });
      return response;
    },
    (error: unknown) => {
      const name = attempt(() => (error as Error).name);
      running.failed(name === 'AbortError' ? undefined : name || 'network');
      throw error;
    },
  );
}

const requestOf = (input: Input): Request | undefined => (input instanceof Request ? input : undefined);

function readRequest(input: Input, init: RequestInit | undefined): Parameters<Begin>[0] {
  const request = requestOf(input);
  return {
    method: init?.method ?? request?.method ?? 'GET',
    url: request?.url ?? String(input),
    ownHeader: headersOf(request, init).get('traceparent'),
    headersAllowed: !/^(no-cors|navigate)$/.test(init?.mode ?? request?.mode ?? ''),
  };
}

// Headers in `init` replace those of a Request as a whole.
const headersOf = (request: Request | undefined, init: RequestInit | undefined): Headers =>
  new Headers(init?.headers ?? request?.headers);

function withHeaders(input: Input, init: RequestInit | undefined, more: Running['headers']): RequestInit {
  const headers = headersOf(requestOf(input), init);
  for (const [name, value] of more) headers.set(name, value);
  return { ...init, headers };
}
