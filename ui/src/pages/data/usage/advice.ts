// What to do about records that were refused, dropped or lost, by the name under which the server counts them.
import type { Outcomes } from '../../../api/types';

type Count = Outcomes['outcomes'][number];

/** Kept: accepted, or on the disk until the store is back. */
const KEPT = ['accepted', 'spooled'];
/** Left out because somebody wanted it so. */
const MEANT = ['sampled', 'erased'];

export const ADVICE: Record<string, string> = {
  key_missing: 'Put the ingest key into the script tag (data-key) or the header of the exporter.',
  key_unknown: 'Compare the key with that of the application; a key that was replaced must be replaced in pages too.',
  origin_refused: 'Add the origin under “Limits & sampling” if it is yours; else somebody copied your key.',
  address_rate_limited: 'Many people behind one address? Raise “Requests a second from one address”.',
  key_rate_limited: 'Raise “Requests a second with one key”, or let fewer sessions in.',
  event_rate_limited: 'Raise “Events a second”, or lower the share of sessions, under “Limits & sampling”.',
  quota_exceeded: 'Raise the quota of a day, or sample fewer sessions so that the day lasts.',
  session_rate_limited: 'Look for a loop in the page that records events; else raise the pace of one session.',
  content_type_unsupported: 'Send OTLP as protobuf or JSON; check the exporter’s protocol.',
  encoding_unsupported: 'Set the exporter’s compression to gzip, zstd or none.',
  body_too_large: 'Make the batches of the exporter smaller.',
  body_expands_too_much: 'Make the batches of the exporter smaller; repeated text may unpack to too much.',
  gzip_broken: 'A proxy on the way may unpack or cut bodies: let it pass them untouched.',
  zstd_broken: 'Use a smaller window for zstd, or gzip; a proxy on the way may cut bodies.',
  snappy_broken: 'A proxy on the way may unpack or cut bodies: let it pass them untouched.',
  json_broken: 'Check the sender: it is not the JSON of OTLP. A version of the exporter before 1.0 may be at work.',
  protobuf_broken:
    'Check that the address ends in the right signal, such as /v1/traces, and that no proxy cuts bodies.',
  body_incomplete:
    'People who leave in mid-sending are normal; many at once point to a slow network or a proxy’s timeout.',
  store_unavailable: 'Look at the log of the server; senders try again by themselves.',
  spool_full: 'Bring the engine back; raise the spool’s limit if it is away for long.',
  spool_damaged: 'Look at the disk; the damaged file is kept beside the data.',
  store_refused: 'A defect of the server: report it with the line of its log.',
  overloaded: 'Let fewer sessions in, or give the machine more; senders try again by themselves.',
  sampled: 'As it was set: those that stay stand for these, and figures are right.',
  time_out_of_range: 'Set the clock of the sender.',
  span_id_invalid: 'Check the sender: its spans need the ids of OpenTelemetry, 16 and 8 bytes that are not all zero.',
  duration_negative: 'Set the clock of the sender; it went backwards during a span.',
  exemplar_alone: 'Send the exemplar with its point.',
  batch_too_long: 'Make the batches of the exporter smaller.',
  attributes_too_many: 'Send fewer attributes with a record; raw headers or whole objects are often the cause.',
  value_too_deep: 'Flatten what is sent as an attribute’s value.',
  metric_invalid: 'Check the instrument that sends it; the log of the server names the metric.',
  erased: 'As it was asked for: who was erased stays erased.',
  view_invalid: 'Use the agent of this server’s version; a page may still have an old one in its cache.',
};

export interface Lost {
  outcome: string;
  meaning: string;
  advice: string;
  signals: string;
  count: number;
  /** Whole requests, or records. */
  requests: boolean;
  /** Left out on purpose, for others to stand for. */
  meant: boolean;
}

/** What did not get in, most first; with an application what is known to be its own, else what belongs to none. */
export function lost(counts: Count[], app: string | null): Lost[] {
  const byOutcome = new Map<string, Lost & { names: Set<string> }>();
  for (const { outcome, meaning, signal, count, app: whose } of counts) {
    if (KEPT.includes(outcome) || count === 0 || (whose ?? null) !== app) continue;
    const key = `${outcome} ${signal == null ? 'requests' : 'records'}`;
    const entry = byOutcome.get(key) ?? {
      outcome,
      meaning,
      advice: ADVICE[outcome] ?? '',
      signals: '',
      count: 0,
      requests: signal == null,
      meant: MEANT.includes(outcome),
      names: new Set<string>(),
    };
    entry.count += count;
    if (signal != null) entry.names.add(signal);
    byOutcome.set(key, entry);
  }
  return [...byOutcome.values()]
    .map(({ names, ...entry }) => ({ ...entry, signals: [...names].sort().join(', ') }))
    .sort((a, b) => b.count - a.count);
}

/** Words of the table that a name such as `store_refused` is shown as. */
export function outcomeWords(outcome: string): string {
  const words = outcome.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
