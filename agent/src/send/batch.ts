// Collects encoded records until they are large or old enough, counted in bytes, and hands them to the transport.
import type { Native } from '../browser/native';
import { guard } from '../browser/guard';
import { BATCH_MAX_AGE_MILLIS, BATCH_MAX_BYTES, EXIT_PIECE_MAX_BYTES, RECORD_MAX_BYTES } from '../limits';
import type { EventRecord, SpanRecord } from '../record';
import { byteLength, encodeEvent, encodeSpan, type Envelope } from './encode';

export interface Batch {
  event(record: EventRecord): void;
  span(record: SpanRecord): void;
  /** Something will want to be told in a while. */
  wake(): void;
  /** Sends what there is; `leaving` when the page may not come back. */
  flush(leaving: boolean): void;
  stop(): void;
}

export interface BatchDeps {
  native: Pick<Native, 'setTimeout' | 'clearTimeout'>;
  resource: string;
  /** Lets snapshots join before a batch of some age leaves. */
  beforeFlush: () => void;
  send: (envelope: Envelope, leaving: boolean) => void;
  /** Counts records that were too large. */
  drop: (records: number) => void;
}

export function createBatch(deps: BatchDeps): Batch {
  const frame = byteLength(deps.resource) * 2 + 400;
  let events: string[] = [];
  let spans: string[] = [];
  let bytes = frame;
  let timer: number | undefined;

  function handOver(leaving: boolean): void {
    if (events.length + spans.length === 0) return;
    const whole = { resource: deps.resource, events, spans };
    events = [];
    spans = [];
    bytes = frame;
    const pieces = leaving ? splitEnvelope(whole, EXIT_PIECE_MAX_BYTES - frame) : [whole];
    for (const piece of pieces) deps.send(piece, leaving);
  }

  function add(text: string, list: () => string[]): void {
    const size = byteLength(text) + 1;
    if (size > RECORD_MAX_BYTES) return deps.drop(1);
    if (bytes + size > BATCH_MAX_BYTES) handOver(false);
    list().push(text);
    bytes += size;
    wake();
  }

  function wake(): void {
    timer ??= deps.native.setTimeout(
      guard(() => flush(false)),
      BATCH_MAX_AGE_MILLIS,
    );
  }

  function flush(leaving: boolean): void {
    deps.beforeFlush();
    handOver(leaving);
    stopTimer();
  }

  function stopTimer(): void {
    if (timer !== undefined) deps.native.clearTimeout(timer);
    timer = undefined;
  }

  return {
    event: (record) => add(encodeEvent(record), () => events),
    span: (record) => add(encodeSpan(record), () => spans),
    wake,
    flush,
    stop: stopTimer,
  };
}

/** Cuts a batch into pieces of so many bytes of records, the newest first: the last state of the view matters most. */
export function splitEnvelope({ resource, events, spans }: Envelope, maxBytes: number): Envelope[] {
  const pieces: { resource: string; events: string[]; spans: string[]; bytes: number }[] = [];
  const add = (text: string, list: 'events' | 'spans'): void => {
    const size = byteLength(text) + 1;
    let piece = pieces[pieces.length - 1];
    if (!piece || piece.bytes + size > maxBytes) {
      piece = { resource, events: [], spans: [], bytes: 0 };
      pieces.push(piece);
    }
    piece[list].unshift(text);
    piece.bytes += size;
  };
  for (const text of [...events].reverse()) add(text, 'events');
  for (const text of [...spans].reverse()) add(text, 'spans');
  return pieces.map(({ bytes: _bytes, ...piece }) => piece);
}
