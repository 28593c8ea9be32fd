// Wraps XMLHttpRequest. Its instances are made by the browser, so its prototype is the only place to do it.
import { attempt, guard } from '../browser/guard';
import { listen } from '../browser/listen';
import type { Stop } from '../running';
import { answered, beginCall, failed, type Call } from './requests';

type Method = (this: XMLHttpRequest, ...args: any[]) => unknown;
type Opened = [method: string, url: string, ownHeader?: string];

export function patchXhr(): Stop {
  const prototype = attempt(() => XMLHttpRequest.prototype) as unknown as Record<string, Method> | undefined;
  if (!prototype) return () => undefined;
  const opened = new WeakMap<XMLHttpRequest, Opened>();
  const { setRequestHeader } = prototype;

  /** Runs `before` and then the browser's own method, with exactly what the page gave it. */
  function wrap(name: string, before: (xhr: XMLHttpRequest, ...args: any[]) => void): Stop {
    const inner = prototype![name]!;
    const safe = guard(before);
    const wrapped: Method = function (...args) {
      safe(this, ...args);
      return inner.apply(this, args);
    };
    Object.defineProperties(wrapped, { name: { value: name }, length: { value: inner.length } });
    prototype![name] = wrapped;
    return () => {
      if (prototype![name] === wrapped) prototype![name] = inner;
    };
  }

  const stops = [
    wrap('open', (xhr, method, url) => opened.set(xhr, [String(method), String(url)])),
    wrap('setRequestHeader', (xhr, name, value) => {
      if (/^traceparent$/i.test(name)) opened.get(xhr)![2] = value;
    }),
    wrap('send', (xhr) => {
      const request = opened.get(xhr);
      const call = request && beginCall(...request);
      if (!call) return;
      attempt(() => call.headers.forEach((each) => setRequestHeader!.apply(xhr, each)));
      follow(call, xhr);
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function follow(call: Call, xhr: XMLHttpRequest): void {
  // `loadend` comes after each of the others; whichever was first has counted. An object may be used again: we let go.
  const stops = ['abort', 'error', 'timeout', 'loadend'].map((type) =>
    listen(
      xhr,
      type,
      () => {
        if (type !== 'loadend') return failed(call, { error: 'network', timeout: type }[type]);
        answered(call, xhr.status);
        stops.forEach((stop) => stop());
      },
      {},
    ),
  );
}
