// Ids and the W3C traceparent: made, read, and given only to origins that may have it.

export interface Traceparent {
  traceId: string;
  /** The span of whoever wrote it: the parent of what continues it. */
  parentSpanId: string;
}

/** Random hex from the cryptographic source; never all zero, which is no id. */
export function randomHex(bytes: number): string {
  let hex = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(bytes))) hex += (byte + 256).toString(16).slice(1);
  return /[^0]/.test(hex) ? hex : randomHex(bytes);
}

// No version ff, nothing behind version 00, no id of zeros.
const TRACEPARENT = /^(?!ff|00.{54})[0-9a-f]{2}-(?!0+-)([0-9a-f]{32})-(?!0+-)([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;

/** Reads a traceparent by the rules of W3C Trace Context; anything doubtful is undefined. */
export function parseTraceparent(text: string | null | undefined): Traceparent | undefined {
  const [, traceId, parentSpanId] = TRACEPARENT.exec(text?.trim() ?? '') ?? [];
  return traceId ? { traceId, parentSpanId: parentSpanId! } : undefined;
}

/** Whether a request to `url` may carry our headers: own origin or a listed one, compared as origins. */
export const mayPropagate = ({ origin }: URL, ownOrigin: string, propagateTo: readonly string[]): boolean =>
  origin !== 'null' && (origin === ownOrigin || propagateTo.includes(origin));

/** The trace the server answered the document with: Server-Timing `traceparent`, then `trace`, then the meta tag. */
export function documentTraceparent(
  timings: readonly { name: string; description: string }[],
  meta: string | null | undefined,
): Traceparent | undefined {
  for (const name of ['traceparent', 'trace']) {
    for (const timing of timings) {
      const found =
        timing.name.toLowerCase() === name ? parseTraceparent(timing.description.replace(/^"|"$/g, '')) : undefined;
      if (found) return found;
    }
  }
  return parseTraceparent(meta);
}
