// Errors nobody caught, rejections nobody handled, and those the page reports itself.
import * as A from '../attributes.gen';
import { attempt } from '../browser/guard';
import { listen } from '../browser/listen';
import { EXCEPTIONS_MAX_PER_VIEW, STACK_MAX_LENGTH, TEXT_MAX_LENGTH } from '../limits';
import { SEVERITY_ERROR, SEVERITY_WARN, type Attributes } from '../record';
import type { Emit } from '../context/stamp';
import { redactText } from '../context/url';
import type { Views } from '../context/view';

export type Mechanism = 'onerror' | 'unhandledrejection' | 'manual';

export interface ErrorsDeps {
  views: Views;
}

export interface Errors {
  report(error: unknown, mechanism: Mechanism, attributes?: Attributes): void;
  /** Takes an error or rejection event, from the browser or from the stub that waited for us. */
  take(event: ErrorEvent | PromiseRejectionEvent): void;
  stop(): void;
}

export function collectErrors(emit: Emit, { views }: ErrorsDeps): Errors {
  const seen = new WeakSet<object>();

  function report(error: unknown, mechanism: Mechanism, attributes: Attributes = {}, opaque = false): void {
    if (typeof error === 'object' && error !== null) {
      // A page that reports an error and throws it on means one error, not two.
      if (seen.has(error)) return;
      seen.add(error);
    }
    const view = views.current();
    view.errors++;
    views.touch(view);
    if (view.errors > EXCEPTIONS_MAX_PER_VIEW) return;
    const handled = mechanism === 'manual';
    emit.event({
      name: A.EVENT_EXCEPTION,
      severity: handled ? SEVERITY_WARN : SEVERITY_ERROR,
      attributes: {
        ...attributes,
        ...describeError(error),
        [A.EXCEPTION_HANDLED]: handled,
        [A.EXCEPTION_MECHANISM]: mechanism,
        [A.EXCEPTION_OPAQUE]: opaque || undefined,
      },
    });
  }

  function take(event: ErrorEvent | PromiseRejectionEvent): void {
    if (event.type === 'unhandledrejection') {
      report((event as PromiseRejectionEvent).reason, 'unhandledrejection');
    } else if ('message' in event) {
      // Errors of scripts from other origins come without any detail, unless their tag says crossorigin.
      const opaque = !event.error && /^Script error\.?$/i.test(event.message);
      report(event.error ?? { message: event.message, stack: placeOf(event) }, 'onerror', {}, opaque);
    }
  }

  const page = globalThis as unknown as EventTarget;
  const stops = [listen(page, 'error', take), listen(page, 'unhandledrejection', take)];
  return { report, take, stop: () => stops.forEach((stop) => stop()) };
}

/** Type, message and stack of whatever was thrown, without what URLs in it may tell. */
export function describeError(thrown: unknown): Attributes {
  const error = typeof thrown === 'object' && thrown !== null ? (thrown as Partial<Record<keyof Error, unknown>>) : {};
  const name = attempt(() => error.name);
  const message = attempt(() => error.message) ?? (error === thrown ? kindOf(thrown) : attempt(() => String(thrown)));
  const stack = attempt(() => error.stack);
  return {
    [A.EXCEPTION_TYPE]: typeof name === 'string' && name ? name : undefined,
    [A.EXCEPTION_MESSAGE]: redactText(String(message ?? '').slice(0, TEXT_MAX_LENGTH)),
    [A.EXCEPTION_STACKTRACE]:
      typeof stack === 'string' && stack ? redactText(stack.slice(0, STACK_MAX_LENGTH)) : undefined,
  };
}

const kindOf = (thrown: object): string => `thrown value is no Error: ${Object.prototype.toString.call(thrown)}`;

const placeOf = ({ filename, lineno, colno }: ErrorEvent): string | undefined =>
  filename ? `    at ${filename}:${lineno}:${colno}` : undefined;
