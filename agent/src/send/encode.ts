// Records to OTLP/JSON text: times as decimal strings, doubles always doubles, ids in hex.
import { A } from '../attributes.gen';
import { stringify } from '../browser/guard';
import { STACK_MAX_LENGTH, TEXT_MAX_LENGTH, VALUE_MAX_DEPTH } from '../limits';
import type { Attributes, Value } from '../record';
import type { WireAttribute, WireValue } from './wire';

/** Nanoseconds since the epoch, put together from digits: as a number they would not fit a double. */
export function nanos(millis: number): string {
  const micros = Math.floor(millis * 1000);
  return Number.isSafeInteger(micros) && micros > 0 ? `${micros}000` : '0';
}

export const encoder = /* @__PURE__ */ new TextEncoder();

/** The size of a text in UTF-8, which is what quotas count. */
export const byteLength = (text: string): number => encoder.encode(text).length;

export function encodeAttributes(attributes: Attributes, depth = 0): WireAttribute[] {
  return Object.entries(attributes).flatMap(([key, value]) => {
    const encoded = encodeValue(value, key === A.EXCEPTION_STACKTRACE ? STACK_MAX_LENGTH : TEXT_MAX_LENGTH, depth);
    return encoded ? [{ key, value: encoded }] : [];
  });
}

/** OTLP's AnyValue; undefined for what it has no form for. */
export function encodeValue(value: Value, maxLength = TEXT_MAX_LENGTH, depth = 0): WireValue | undefined {
  switch (typeof value) {
    case 'string':
      return { stringValue: cleanText(value, maxLength) };
    case 'boolean':
      return { boolValue: value };
    case 'bigint':
      return { intValue: `${value}` };
    case 'number':
      return Number.isFinite(value) ? { doubleValue: round(value) } : undefined;
    case 'object':
      if (!value || depth > VALUE_MAX_DEPTH) return undefined;
      if (!Array.isArray(value)) return { kvlistValue: { values: encodeAttributes(value as Attributes, depth + 1) } };
      return { arrayValue: { values: value.flatMap((item) => encodeValue(item, maxLength, depth + 1) ?? []) } };
  }
  return undefined;
}

// Browsers measure in 0.1 ms at best; the digits after are noise of floating point that costs bytes.
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

// Half a surrogate pair is no character: strict JSON parsers refuse the whole body for it. Most texts have none at all.
const cleanText = (text: string, maxLength: number): string => {
  const cut = text.slice(0, maxLength);
  return /[\ud800-\udfff]/.test(cut) ? cut.replace(/\p{Surrogate}/gu, '\ufffd') : cut;
};

/** What is around the records of one signal in a body; the resource comes last, and is described when it is needed. */
export const headOf = (kind: string, list: string): string =>
  `"resource${kind}":[{"scope${kind}":[{"scope":{"name":"limen","version":"${AGENT_VERSION}"},"${list}":[`;
export const tailOf = (attributes: Attributes): string =>
  `]}],"resource":${stringify({ attributes: encodeAttributes(attributes) })}}]`;
