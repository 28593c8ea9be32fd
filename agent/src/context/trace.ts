// Ids and the W3C traceparent: made, read, and given only to origins that may have it.
import { attempt } from '../browser/guard';

export interface Traceparent {
  traceId: string;
  spanId: string;
  flags: number;
}

const SAMPLED = 1;
const RANDOM = 2;

/** Random hex from the cryptographic source; never all zero, which is no id. */
export function randomHex(bytes: number): string {
  const buffer = crypto.getRandomValues(new Uint8Array(bytes));
  const hex = Array.from(buffer, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return /[^0]/.test(hex) ? hex : randomHex(bytes);
}

export const newTraceId = (): string => randomHex(16);
export const newSpanId = (): string => randomHex(8);
/** Our own trace ids are random in all their bytes, and say so. */
export const NEW_TRACE_FLAGS = SAMPLED | RANDOM;

export function formatTraceparent({ traceId, spanId, flags }: Traceparent): string {
  return `00-${traceId}-${spanId}-0${(flags & (SAMPLED | RANDOM)).toString(16)}`;
}

/** Reads a traceparent by the rules of W3C Trace Context; anything doubtful is undefined. */
export function parseTraceparent(text: string | null | undefined): Traceparent | undefined {
  const parts = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(text?.trim() ?? '');
  if (!parts) return undefined;
  const [, version, traceId = '', spanId = '', flags = '', more] = parts;
  const valid =
    version !== 'ff' && (version !== '00' || more === undefined) && /[^0]/.test(traceId) && /[^0]/.test(spanId);
  return valid ? { traceId, spanId, flags: parseInt(flags, 16) } : undefined;
}

/** What our spans say when they continue a trace: always sampled, random only if it was. */
export const continuedFlags = (flags: number): number => SAMPLED | (flags & RANDOM);

/** Whether a request to `url` may carry our headers: own origin or a listed one, compared as origins. */
export function mayPropagate(url: URL, ownOrigin: string, propagateTo: readonly string[]): boolean {
  return url.origin !== 'null' && (url.origin === ownOrigin || propagateTo.includes(url.origin));
}

/** The trace the server answered the document with: Server-Timing `traceparent`, then `trace`, then the meta tag. */
export function documentTraceparent(
  timings: readonly { name: string; description: string }[],
  meta: string | null | undefined,
): Traceparent | undefined {
  for (const name of ['traceparent', 'trace']) {
    for (const timing of timings) {
      const found = timing.name.toLowerCase() === name ? parseTraceparent(unquote(timing.description)) : undefined;
      if (found) return found;
    }
  }
  return parseTraceparent(attempt(() => meta?.trim()));
}

const unquote = (text: string): string => text.replace(/^"|"$/g, '');
