// Errors nobody caught, rejections nobody handled, resources that did not load, and what the page reports itself.
import { A } from '../attributes.gen';
import { attempt } from '../browser/guard';
import { listen } from '../browser/listen';
import { emitEvent } from '../context/emit';
import { count } from '../context/view';
import { CAUSES_MAX, EVENTS_MAX_PER_VIEW, STACK_MAX_LENGTH, TEXT_MAX_LENGTH } from '../limits';
import { isOwn } from '../privacy/parties';
import { redactText, redactUrl } from '../privacy/url';
import type { ErrorDetail } from '../public';
import { SEVERITY_ERROR, SEVERITY_WARN, orUnknown, type Attributes } from '../record';
import { blameClick } from './clicks';

const seen = /* @__PURE__ */ new WeakSet<object>();

export function collectErrors(): void {
  const page = globalThis as unknown as EventTarget;
  listen(page, 'error unhandledrejection', takeError);
}

export function reportError(error: unknown, attributes: Attributes, detail: ErrorDetail = {}): void {
  if (typeof error === 'object' && error) {
    // A page that reports an error and throws it on means one error, not two.
    if (seen.has(error)) return;
    seen.add(error);
  }
  const { mechanism = 'manual', handled = true, componentStack } = detail;
  if (count('errors') > EVENTS_MAX_PER_VIEW) return;
  emitEvent(
    A.EVENT_EXCEPTION,
    {
      ...attributes,
      ...describeError(error),
      [A.EXCEPTION_HANDLED]: handled,
      [A.EXCEPTION_MECHANISM]: mechanism,
      [A.EXCEPTION_COMPONENT_STACK]: componentStack && redactText(componentStack),
    },
    { severity: handled ? SEVERITY_WARN : SEVERITY_ERROR },
  );
  blameClick();
}

/** Takes an error or rejection event, from the browser or from the stub that waited for us. */
export function takeError(event: Event): void {
  const { message, error, filename, lineno, colno } = event as ErrorEvent;
  const { target, type } = event;
  const unhandled = (thrown: unknown, mechanism: string, attributes: Attributes = {}): void =>
    reportError(thrown, attributes, { mechanism, handled: false });
  if (type === 'unhandledrejection') unhandled((event as PromiseRejectionEvent).reason, type);
  else if (message !== undefined) {
    // Errors of scripts from other origins come without any detail, unless their tag says crossorigin.
    const opaque = (!error && /^Script error\.?$/i.test(message)) || undefined;
    const stack = filename && `    at ${filename}:${lineno}:${colno}`;
    unhandled(error ?? { message, stack }, 'onerror', { [A.EXCEPTION_OPAQUE]: opaque });
  } else if (target instanceof Element) {
    const { src, href } = target as HTMLImageElement & HTMLLinkElement;
    const url = src || href;
    if (url && !isOwn(url))
      unhandled({ name: 'ResourceError', message: `${target.nodeName.toLowerCase()} ${redactUrl(url)}` }, 'resource');
  }
}

/** Type, message and stack of whatever was thrown, its causes below it, without what may be private in them. */
export function describeError(thrown: unknown): Attributes {
  const [name, message = ''] = readError(thrown);
  let trace = '';
  // Errors behind an error, and the first of those gathered in it.
  for (let each: any = thrown, depth = 0; each && depth <= CAUSES_MAX; depth++) {
    const [name, message = '', stack = ''] = readError(each);
    trace +=
      (depth ? '\nCaused by: ' : '') + (depth && !stack.includes(message) ? `${name}: ${message}\n` : '') + stack;
    each = attempt(() => each.cause ?? each.errors?.[0]);
  }
  return {
    [A.EXCEPTION_TYPE]: orUnknown(name),
    [A.EXCEPTION_MESSAGE]: redactText(message, TEXT_MAX_LENGTH),
    [A.EXCEPTION_STACKTRACE]: orUnknown(redactText(trace, STACK_MAX_LENGTH)),
    [A.EXCEPTION_DEBUG_IDS]: debugIds(trace),
  };
}

/** Name, message and stack. Every part may throw, and be anything: thrown values are the page's own. */
function readError(thrown: any): string[] {
  const isObject = typeof thrown === 'object' && thrown;
  const [name, message, stack] = ['name', 'message', 'stack'].map((part) => {
    const value = isObject && attempt(() => thrown[part]);
    return typeof value === 'string' ? value : '';
  }) as [string, string, string];
  const instead = isObject ? `thrown value is no Error: ${Object.prototype.toString.call(thrown)}` : undefined;
  return [name, message || (instead ?? attempt(() => String(thrown)) ?? ''), stack];
}

/** Which build each file of a stack is, where a bundler has left its debug ids: "url id". */
function debugIds(stack: string): string[] | undefined {
  const { _limenDebugIds, _sentryDebugIds } = globalThis as unknown as Record<
    string,
    Record<string, string> | undefined
  >;
  const found = Object.entries({ ..._sentryDebugIds, ..._limenDebugIds }).flatMap(([registered, id]) => {
    const url = /https?:\S+?(?=:\d+:)/.exec(registered)?.[0];
    return url && stack.includes(url) ? `${redactUrl(url)} ${id}` : [];
  });
  return orUnknown(found);
}
