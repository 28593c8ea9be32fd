// Collects encoded records until they are large or old enough, counted in bytes, and hands them to the transport.
import { after, native } from '../browser/native';
import {
  BATCH_FIRST_AGE_MILLIS,
  BATCH_FRAME_BYTES,
  BATCH_MAX_AGE_MILLIS,
  BATCH_MAX_BYTES,
  EXIT_PIECE_MAX_BYTES,
  RECORD_MAX_BYTES,
  RING_MAX_RECORDS,
} from '../limits';
import { options, session } from '../running';
import { byteLength, encodeBodies } from './encode';
import { drop, room, sendBody } from './transport';
import type { WireAttribute } from './wire';

/** Encoded records on their way, newest last. */
export interface Piece {
  events: string[];
  spans: string[];
  bytes: number;
}

export type Entry = ['events' | 'spans', string];

let resource: WireAttribute[];
let entries: Entry[] = [];
let ring: Entry[] = [];
let bytes = 0;
let age: number;
let timer: number | undefined;
let join: (leaving: boolean) => void;

/** `beforeFlush` lets snapshots join before a batch of some age leaves. */
export function startBatch(described: WireAttribute[], beforeFlush: (leaving: boolean) => void): void {
  resource = described;
  join = beforeFlush;
  entries = [];
  ring = [];
  bytes = 0;
  age = BATCH_FIRST_AGE_MILLIS;
  stopBatch();
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
  const size = byteLength(entry[1]) + 1;
  if (size > RECORD_MAX_BYTES) return drop('too_large', 1);
  if (bytes + size > BATCH_MAX_BYTES - BATCH_FRAME_BYTES) handOver(false);
  entries.push(entry);
  bytes += size;
  wake();
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

function handOver(leaving: boolean): void {
  // The first piece holds the newest: it is cut to what the page has left us of the quota.
  const exit = Math.max(Math.min(EXIT_PIECE_MAX_BYTES, room()) - BATCH_FRAME_BYTES, 1);
  const pieces = splitEntries(entries, leaving ? exit : Infinity);
  entries = [];
  bytes = 0;
  for (const piece of pieces)
    for (const [signal, body, records] of encodeBodies(resource, piece, options.otlp))
      sendBody(options.otlp ? `/v1/${signal}` : options.path, body, records, leaving);
}

/** Cuts a batch into pieces of so many bytes of records, the newest first: the last state of the view matters most. */
export function splitEntries(entries: readonly Entry[], maxBytes: number): Piece[] {
  const pieces: Piece[] = [];
  let piece: Piece | undefined;
  for (const [kind, text] of [...entries].reverse()) {
    const size = byteLength(text) + 1;
    if (!piece || piece.bytes + size > maxBytes) pieces.push((piece = { events: [], spans: [], bytes: 0 }));
    piece[kind].unshift(text);
    piece.bytes += size;
  }
  return pieces;
}
