// The names of OTLP/JSON and of our own answers: they stay as they are written here when the build shortens all others.

export interface WireValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string;
  doubleValue?: number;
  arrayValue?: { values: WireValue[] };
  kvlistValue?: { values: WireAttribute[] };
}

export interface WireAttribute {
  key: string;
  value: WireValue;
}

export interface WireEvent {
  timeUnixNano: string;
  observedTimeUnixNano: string;
  severityNumber: number;
  eventName: string;
  attributes: WireAttribute[];
  body?: WireValue | undefined;
  traceId?: string | undefined;
  spanId?: string | undefined;
  flags?: number | undefined;
}

export interface WireSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  traceState: string;
  flags: number;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: WireAttribute[];
  status: { code?: number };
}

export interface WireBatch {
  resourceLogs?: {
    resource: { attributes: WireAttribute[] };
    scopeLogs: { scope: { name: string; version: string }; logRecords: WireEvent[] }[];
  }[];
  resourceSpans?: {
    resource: { attributes: WireAttribute[] };
    scopeSpans: { scope: { name: string; version: string }; spans: WireSpan[] }[];
  }[];
}

/** What the server may answer a batch with, and what the agent keeps of it for its next start. */
export interface Settings {
  /** The share of sessions to record, 0 to 1; for sessions that begin later. */
  sampleRate?: number;
  /** The most that share may be at the moment, whoever set it. */
  sampleRateMax?: number;
  /** Events of these names bring a session back that was left out. */
  promoteOn?: string[];
  /** Features to leave off, by the names of the shedding order. */
  off?: string[];
}

export interface WireAnswer {
  settings?: Settings;
}
