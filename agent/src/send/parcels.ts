// Wraps a batch for its way: one body in Limen's own form, or one per signal as standard OTLP/JSON.
import type { Options } from '../options';
import { byteLength, encodeLogs, encodeSpans, type Envelope } from './encode';

export interface Parcel {
  /** Sent again with the same bytes: the ids inside make a second arrival harmless. */
  body: string;
  bytes: number;
  records: number;
  /** The address; the time of sending is part of it, so that the server can correct a wrong clock. */
  url: (sent: number, packed: boolean) => string;
  headers: (packed: boolean) => Record<string, string> | undefined;
  /** Whether a beacon, which has no headers, would be understood. */
  beacon: boolean;
}

type PackOptions = Pick<Options, 'endpoint' | 'key' | 'otlp'>;

export function pack(options: PackOptions, envelope: Envelope): Parcel[] {
  const { events, spans } = envelope;
  const logs = events.length > 0 ? encodeLogs(envelope) : undefined;
  const traces = spans.length > 0 ? encodeSpans(envelope) : undefined;
  if (!options.otlp) {
    const body = `{${[logs, traces].filter(Boolean).join()}}`;
    return [ownForm(options, body, events.length + spans.length)];
  }
  return [
    ...(logs ? [standardForm(options, 'logs', `{${logs}}`, events.length)] : []),
    ...(traces ? [standardForm(options, 'traces', `{${traces}}`, spans.length)] : []),
  ];
}

// No header and no content type that would need a preflight: key, time and encoding travel in the query.
function ownForm({ endpoint, key }: PackOptions, body: string, records: number): Parcel {
  return {
    body,
    bytes: byteLength(body),
    records,
    url: (sent, packed) =>
      `${endpoint}/v1/rum?key=${encodeURIComponent(key)}&sent=${Math.round(sent)}${packed ? '&enc=gzip' : ''}`,
    headers: () => undefined,
    beacon: true,
  };
}

function standardForm({ endpoint, key }: PackOptions, signal: string, body: string, records: number): Parcel {
  return {
    body,
    bytes: byteLength(body),
    records,
    url: () => `${endpoint}/v1/${signal}`,
    headers: (packed) => ({
      'content-type': 'application/json',
      ...(key ? { 'limen-key': key } : {}),
      ...(packed ? { 'content-encoding': 'gzip' } : {}),
    }),
    beacon: false,
  };
}
