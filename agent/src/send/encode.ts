// Records to OTLP/JSON text: times as decimal strings, doubles always doubles, ids in hex.
import { STACK_MAX_LENGTH, TEXT_MAX_LENGTH } from '../limits';
import { EXCEPTION_STACKTRACE } from '../attributes.gen';
import type { Attributes, EventRecord, SpanRecord, Value } from '../record';

/** Nanoseconds since the epoch, put together from digits: as a number they would not fit a double. */
export function nanos(millis: number): string {
  if (!(millis > 0) || millis > Number.MAX_SAFE_INTEGER) return '0';
  const whole = Math.floor(millis);
  const micros = Math.min(999, Math.floor((millis - whole) * 1000));
  return `${whole}${String(micros).padStart(3, '0')}000`;
}

const encoder = /* @__PURE__ */ new TextEncoder();

/** The size of a text in UTF-8, which is what quotas count. */
export const byteLength = (text: string): number => encoder.encode(text).length;

export function encodeEvent(event: EventRecord): string {
  return JSON.stringify({
    timeUnixNano: nanos(event.instant),
    observedTimeUnixNano: nanos(event.observed),
    severityNumber: event.severity,
    eventName: event.name,
    attributes: encodeAttributes(event.attributes),
    traceId: event.trace?.traceId,
    spanId: event.trace?.spanId,
    flags: event.trace ? 1 : undefined,
  });
}

export function encodeSpan(span: SpanRecord): string {
  return JSON.stringify({
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    flags: 1,
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: nanos(span.instant),
    endTimeUnixNano: nanos(span.instant + Math.max(0, span.duration)),
    attributes: encodeAttributes(span.attributes),
    status: span.failed ? { code: 2 } : {},
  });
}

export function encodeAttributes(attributes: Attributes): unknown[] {
  const list: unknown[] = [];
  for (const [key, value] of Object.entries(attributes)) {
    const encoded = encodeValue(value, key === EXCEPTION_STACKTRACE ? STACK_MAX_LENGTH : TEXT_MAX_LENGTH);
    if (encoded) list.push({ key, value: encoded });
  }
  return list;
}

function encodeValue(value: Value | undefined, maxLength: number): unknown {
  if (typeof value === 'string') return { stringValue: cleanText(value, maxLength) };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isFinite(value) ? { doubleValue: round(value) } : undefined;
  if (value === undefined) return undefined;
  if ('int' in value) return Number.isSafeInteger(value.int) ? { intValue: String(value.int) } : undefined;
  return { arrayValue: { values: value.map((item) => ({ stringValue: cleanText(item, maxLength) })) } };
}

// Browsers measure in 0.1 ms at best; the digits after are noise of floating point that costs bytes.
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

// Half a surrogate pair is no character: strict JSON parsers refuse the whole body for it.
const cleanText = (text: string, maxLength: number): string =>
  text.slice(0, maxLength).replace(/\p{Surrogate}/gu, '\ufffd');

/** Encoded records on their way, and the resource they share. */
export interface Envelope {
  resource: string;
  events: readonly string[];
  spans: readonly string[];
}

export const encodeResource = (attributes: Attributes): string =>
  JSON.stringify({ attributes: encodeAttributes(attributes) });

const SCOPE = `{"name":"limen","version":"${AGENT_VERSION}"}`;

export const encodeLogs = ({ resource, events }: Envelope): string =>
  `"resourceLogs":[{"resource":${resource},"scopeLogs":[{"scope":${SCOPE},"logRecords":[${events.join()}]}]}]`;

export const encodeSpans = ({ resource, spans }: Envelope): string =>
  `"resourceSpans":[{"resource":${resource},"scopeSpans":[{"scope":${SCOPE},"spans":[${spans.join()}]}]}]`;
