// Packs encoded records until they are large or old enough, counted in bytes, and hands them to the transport.
import { after, native } from '../browser/native';
import { describeDevice } from '../context/device';
import {
  BATCH_FIRST_AGE_MILLIS,
  BATCH_MAX_AGE_MILLIS,
  BATCH_MAX_BYTES,
  PACK_STEP_BYTES,
  RECORD_MAX_BYTES,
  RING_MAX_RECORDS,
} from '../limits';
import { options, session } from '../running';
import { byteLength, headOf, tailOf } from './encode';
import { finishPack, forgetPack, pack } from './gzip';
import { drop, sendBody } from './transport';

export type Entry = ['events' | 'spans', string];

/** Events are packed as they come, some at a time; spans stand behind them in a body, and wait. */
let events: number;
let fresh: string[];
let freshLength: number;
let spans: string[];
let ring: Entry[] = [];
/** Of the body that is being packed, not packed. */
let bytes: number;
let age: number;
let timer: number | undefined;
let join: (leaving: boolean) => void;

/** `beforeFlush` lets snapshots join before a batch of some age leaves. */
export function startBatch(beforeFlush: (leaving: boolean) => void): void {
  join = beforeFlush;
  // What an agent before has not sent may not be sent any more.
  forgetPack();
  clear();
  ring = [];
  age = BATCH_FIRST_AGE_MILLIS;
}

export function stopBatch(): void {
  native.clearTimeout(timer);
  timer = undefined;
}

export function addRecord(...entry: Entry): void {
  if (!session.kept()) {
    ring.push(entry);
    if (ring.length > RING_MAX_RECORDS) ring.shift();
    return;
  }
  const [kind, text] = entry;
  const size = byteLength(text) + 1;
  if (size > RECORD_MAX_BYTES) return drop('too_large', 1);
  if (bytes + size > BATCH_MAX_BYTES) handOver(false);
  bytes += size;
  if (kind === 'spans') spans.push(text);
  else {
    fresh.push((events++ ? ',' : `{${headOf('Logs', 'logRecords')}`) + text);
    if ((freshLength += size) > PACK_STEP_BYTES) packFresh();
  }
  wake();
}

function clear(): void {
  fresh = [];
  spans = [];
  events = freshLength = bytes = 0;
}

/** One by one: repetitions are found best where records begin. */
function packFresh(): void {
  fresh.forEach(pack);
  fresh = [];
  freshLength = 0;
}

/** The session is worth keeping after all: what was held back goes with the rest. */
export function release(): void {
  const held = ring;
  ring = [];
  for (const entry of held) addRecord(...entry);
}

/** Another session has begun: what was held back of the one before stays behind. */
export function forgetRing(): void {
  ring = [];
}

/** Something will want to be told in a while. */
export function wake(): void {
  if (session.kept()) timer ??= after(() => flush(false), age);
}

/** Sends what there is; `leaving` when the page may not come back. */
export function flush(leaving: boolean): void {
  if (session.kept()) join(leaving);
  // What a session before has waiting leaves in any case.
  handOver(leaving);
  age = BATCH_MAX_AGE_MILLIS;
  stopBatch();
}

/** One body of both signals in our own form, and one for each in standard OTLP. */
function handOver(leaving: boolean): void {
  const { otlp, path } = options;
  const [eventCount, spanCount] = [events, spans.length];
  if (!eventCount && !spanCount) return;
  const tail = tailOf(describeDevice());
  packFresh();
  const send = (path: string, records: number): void => sendBody(path, finishPack(), records, leaving);
  const together = eventCount > 0 && spanCount > 0 && !otlp;
  if (eventCount) pack(tail + (together ? ',' : '}'));
  if (eventCount && !together) send(otlp ? '/v1/logs' : path, eventCount);
  if (spanCount) {
    pack((together ? '' : '{') + headOf('Spans', 'spans'));
    spans.forEach((span, i) => pack(i ? `,${span}` : span));
    pack(`${tail}}`);
    send(otlp ? '/v1/traces' : path, together ? spanCount + eventCount : spanCount);
  }
  clear();
}
