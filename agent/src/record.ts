// What collectors emit: events and spans as plain data, before they become OTLP.

/** Numbers are doubles, so that a vital of 200 ms never changes its type; whole numbers are bigints. */
export type Value =
  string | number | boolean | bigint | null | undefined | readonly Value[] | { [name: string]: Value };
/** Undefined is unknown, and stays off the wire. */
export type Attributes = Record<string, Value>;

/** A whole number on the wire; unknown when it is none. */
export const int = (value: number | undefined): bigint | undefined =>
  Number.isFinite(value) ? BigInt(Math.round(value!)) : undefined;

export interface TraceIds {
  traceId: string;
  spanId: string;
}

export const SEVERITY_INFO = 9;
export const SEVERITY_WARN = 13;
export const SEVERITY_ERROR = 17;

export const KIND_INTERNAL = 1;
export const KIND_CLIENT = 3;

/** The same attributes under longer names. */
export const prefixed = (prefix: string, attributes: Attributes, keep = (value: any): Value => value): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [prefix + name, keep(value)]));

/** Undefined instead of what says nothing: an empty text or list, or 0 where that is unknown. */
export const orUnknown = (value: any): any => (value?.length === 0 ? undefined : value || undefined);

/** `fetchStart` is `fetch_start`, as OpenTelemetry writes what browsers call so. */
export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]+(?![a-z])|[A-Z]/g, (word) => `_${word.toLowerCase()}`);

/** What the browser says under these names, in OpenTelemetry's spelling. */
export function fieldsOf(source: object, names: string, keep: (value: any, name: string) => Value): Attributes {
  const found: Attributes = {};
  for (const name of names.split(' ')) found[snakeCase(name)] = keep((source as Record<string, unknown>)[name], name);
  return found;
}
