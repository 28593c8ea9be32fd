// Wraps fetch: sees the request start and its headers arrive; never touches or clones the body.
import { attempt } from '../browser/guard';
import { native } from '../browser/native';
import { onStop } from '../running';
import { byteLength } from '../send/encode';
import { occupy } from '../send/transport';
import { answered, beginCall, failed, type Call } from './requests';

type Fetch = typeof fetch;
type Input = Parameters<Fetch>[0];

export function patchFetch(): void {
  const inner = globalThis.fetch as Fetch | undefined;
  if (typeof inner !== 'function') return;
  const wrapped = function (this: unknown, ...args: [Input, RequestInit?]): Promise<Response> {
    const [input, init] = args;
    const request = attempt(() => (input instanceof Request ? input : undefined));
    // What is no plain object says more than a copy of it would: then nothing is added, and it goes on as it came.
    const plain = !init || Object.getPrototypeOf(init) === Object.prototype;
    // Headers in `init` replace those of a Request as a whole. They may be read only once: so the copy goes on.
    const headers = plain && attempt(() => new Headers(init?.headers ?? request?.headers));
    const call =
      args.length && (headers || !plain)
        ? attempt(() =>
            beginCall(
              init?.method ?? request?.method ?? 'GET',
              request?.url ?? String(input),
              headers ? headers.get('traceparent') : undefined,
              plain && !/^(no-cors|navigate)$/.test(init?.mode ?? request?.mode ?? ''),
            ),
          )
        : undefined;
    if (headers && call) call.headers.forEach((each) => headers.set(...each));
    if (headers && (call?.headers.length || init?.headers)) args[1] = { ...init, headers };
    if (!call) return inner.apply(this as any, args);
    const size = (init?.keepalive ?? request?.keepalive) ? sizeOf(init?.body) : 0;
    occupy(size);
    return follow(call, inner.apply(this as any, args), size);
  };
  // OpenTelemetry's exporters look for `__original` to send without being traced.
  Object.defineProperties(wrapped, {
    name: { value: 'fetch' },
    length: { value: 1 },
    __original: { value: native.fetch },
  });
  globalThis.fetch = wrapped;
  onStop(() => {
    if (globalThis.fetch === wrapped) globalThis.fetch = inner;
  });
}

// The page gets a promise that follows ours, so that an unhandled rejection of its request is still reported as such.
// `await` never asks a `then` that the page, or zone.js, has put in place of the browser's.
async function follow(call: Call, promise: Promise<Response>, size: number): Promise<Response> {
  try {
    const response = await promise;
    attempt(() => {
      const { status, headers, type } = response;
      const length = headers.get('content-length');
      const endless = /^text\/event-stream/.test(headers.get('content-type') ?? '');
      // An opaque answer says 0, which is unknown.
      answered(call, /^opaque/.test(type) ? 0 : status, endless, length ? Number(length) : undefined);
    });
    return response;
  } catch (error) {
    const name = attempt(() => (error as Error).name);
    failed(call, name === 'AbortError' ? undefined : name || 'network');
    throw error;
  } finally {
    occupy(-size);
  }
}

/** How much of the quota for requests that outlive the page a body takes. */
const sizeOf = (body: any): number => body?.size ?? body?.byteLength ?? (body ? byteLength(String(body)) : 0);
