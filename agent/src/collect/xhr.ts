// Wraps XMLHttpRequest. Its instances are made by the browser, so its prototype is the only place to do it.
import { attempt, guard } from '../browser/guard';
import { listen } from '../browser/listen';
import type { Begin, Running } from './requests';

interface Opened {
  method: string;
  url: string;
  ownHeader: string | undefined;
}

type Patched = 'open' | 'send' | 'setRequestHeader';

export function patchXhr(begin: Begin): () => void {
  const prototype = attempt(() => XMLHttpRequest.prototype);
  if (!prototype) return () => undefined;
  const opened = new WeakMap<XMLHttpRequest, Opened>();
  const { setRequestHeader } = prototype;

  const undo = [
    wrap(prototype, 'open', (xhr, [method, url]) => {
      opened.set(xhr, { method: String(method), url: String(url), ownHeader: undefined });
    }),
    wrap(prototype, 'setRequestHeader', (xhr, [name, value]) => {
      const request = opened.get(xhr);
      if (request && String(name).toLowerCase() === 'traceparent') request.ownHeader = String(value);
    }),
    wrap(prototype, 'send', (xhr) => {
      const request = opened.get(xhr);
      const running = request && begin({ ...request, headersAllowed: true });
      if (!running) return;
      attempt(() => running.headers.forEach(([name, value]) => setRequestHeader.call(xhr, name, value)));
      follow(xhr, running);
    }),
  ];
  return () => undo.forEach((stop) => stop());
}

/** Runs `before` and then the browser's own method, with exactly what the page gave it. */
function wrap(
  prototype: XMLHttpRequest,
  name: Patched,
  before: (xhr: XMLHttpRequest, args: unknown[]) => void,
): () => void {
  const native = prototype[name] as (this: XMLHttpRequest, ...args: unknown[]) => unknown;
  const safe = guard(before);
  const wrapped = function (this: XMLHttpRequest, ...args: unknown[]): unknown {
    safe(this, args);
    return native.apply(this, args);
  };
  Object.defineProperty(wrapped, 'name', { value: name });
  Object.defineProperty(wrapped, 'length', { value: native.length });
  Object.assign(prototype, { [name]: wrapped });
  return () => {
    if ((prototype[name] as unknown) === wrapped) Object.assign(prototype, { [name]: native });
  };
}

function follow(xhr: XMLHttpRequest, running: Running): void {
  const stops: (() => void)[] = [];
  const on = (type: string, callback: () => void): void => {
    stops.push(listen(xhr, type, callback, {}));
  };
  on('abort', () => running.failed(undefined));
  on('error', () => running.failed('network'));
  on('timeout', () => running.failed('timeout'));
  // `loadend` comes after each of these; whichever was first has counted. An object may be used again, so we let go.
  on('loadend', () => {
    running.answered(xhr.status);
    stops.forEach((stop) => stop());
  });
}
