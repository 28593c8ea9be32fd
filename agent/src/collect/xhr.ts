// Wraps XMLHttpRequest. Its instances are made by the browser, so its prototype is the only place to do it.
import { attempt, guard } from '../browser/guard';
import { wrap } from '../browser/wrap';
import { addEventListener } from '../browser/native';
import { answered, beginCall, failed, type Call } from './requests';

type Opened = [method: string, url: string, ownHeader?: string];

export function patchXhr(): void {
  const prototype = attempt(() => XMLHttpRequest.prototype);
  if (!prototype) return;
  const opened = new WeakMap<XMLHttpRequest, Opened>();
  const { setRequestHeader } = prototype;
  wrap(prototype, 'open', (xhr, [method, url]) => opened.set(xhr, [String(method), String(url)]));
  wrap(prototype, 'setRequestHeader', (xhr, [name, value]) => {
    if (/^traceparent$/i.test(name)) opened.get(xhr)![2] = value;
  });
  wrap(prototype, 'send', (xhr) => {
    const request = opened.get(xhr);
    const call = request && beginCall(...request);
    if (!call) return;
    attempt(() => call.headers.forEach((each) => setRequestHeader.apply(xhr, each)));
    follow(call, xhr);
  });
}

/** `loadend` comes after each of the others; whichever was first has counted. */
function follow(call: Call, xhr: XMLHttpRequest): void {
  for (const type of ['abort', 'error', 'timeout', 'loadend'])
    addEventListener.call(
      xhr,
      type,
      guard(() =>
        type === 'loadend' ? answered(call, xhr.status) : failed(call, { error: 'network', timeout: type }[type]),
      ),
      { once: true },
    );
}
