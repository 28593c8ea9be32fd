// What collectors emit: events and spans as plain data, before they become OTLP.

/** A whole number on the wire. Bare numbers are doubles, so that a vital of 200 ms never changes its type. */
export interface Int {
  readonly int: number;
}
export type Value = string | number | boolean | Int | readonly string[];
/** Undefined is unknown, and stays off the wire. */
export type Attributes = Record<string, Value | undefined>;

export const int = (value: number): Int => ({ int: Math.round(value) });

export interface TraceIds {
  traceId: string;
  spanId: string;
}

export interface EventRecord {
  name: string;
  /** Milliseconds since the epoch. */
  instant: number;
  observed: number;
  severity: number;
  attributes: Attributes;
  trace?: TraceIds | undefined;
}

export const SEVERITY_INFO = 9;
export const SEVERITY_WARN = 13;
export const SEVERITY_ERROR = 17;

export const KIND_INTERNAL = 1;
export const KIND_CLIENT = 3;

export interface SpanRecord {
  traceId: string;
  spanId: string;
  parentSpanId?: string | undefined;
  name: string;
  kind: number;
  /** Milliseconds since the epoch. */
  instant: number;
  duration: number;
  attributes: Attributes;
  failed: boolean;
}
