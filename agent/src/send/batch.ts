// Collects encoded records until they are large or old enough, counted in bytes, and hands them to the transport.
import type { Native } from '../browser/native';
import { guard } from '../browser/guard';
import {
  BATCH_FIRST_AGE_MILLIS,
  BATCH_MAX_AGE_MILLIS,
  BATCH_MAX_BYTES,
  EXIT_PIECE_MAX_BYTES,
  RECORD_MAX_BYTES,
  RING_MAX_RECORDS,
} from '../limits';
import { byteLength } from './encode';

/** Encoded records on their way, newest last. */
export interface Piece {
  events: string[];
  spans: string[];
  bytes: number;
}

export interface Batch {
  add(kind: 'events' | 'spans', text: string): void;
  /** Something will want to be told in a while. */
  wake(): void;
  /** The session is worth keeping after all: what was held back goes with the rest. */
  release(): void;
  /** Sends what there is; `leaving` when the page may not come back. */
  flush(leaving: boolean): void;
  stop(): void;
}

export interface BatchDeps {
  native: Pick<Native, 'setTimeout' | 'clearTimeout'>;
  /** Bytes that every body has besides its records. */
  frame: number;
  kept: () => boolean;
  /** Lets snapshots join before a batch of some age leaves. */
  beforeFlush: (leaving: boolean) => void;
  send: (piece: Piece, leaving: boolean) => void;
  drop: (reason: string, records: number) => void;
}

type Entry = ['events' | 'spans', string];

export function createBatch(deps: BatchDeps): Batch {
  const { native, frame } = deps;
  let entries: Entry[] = [];
  let ring: Entry[] = [];
  let bytes = frame;
  let age = BATCH_FIRST_AGE_MILLIS;
  let timer: number | undefined;

  function handOver(leaving: boolean): void {
    const pieces = splitEntries(entries, leaving ? EXIT_PIECE_MAX_BYTES - frame : Infinity);
    entries = [];
    bytes = frame;
    for (const piece of pieces) deps.send(piece, leaving);
  }

  function add(...entry: Entry): void {
    if (!deps.kept()) {
      ring.push(entry);
      if (ring.length > RING_MAX_RECORDS) ring.shift();
      return;
    }
    const size = byteLength(entry[1]) + 1;
    if (size > RECORD_MAX_BYTES) return deps.drop('too_large', 1);
    if (bytes + size > BATCH_MAX_BYTES) handOver(false);
    entries.push(entry);
    bytes += size;
    wake();
  }

  function wake(): void {
    if (deps.kept())
      timer ??= native.setTimeout(
        guard(() => flush(false)),
        age,
      );
  }

  function flush(leaving: boolean): void {
    stop();
    if (!deps.kept()) return;
    deps.beforeFlush(leaving);
    handOver(leaving);
    age = BATCH_MAX_AGE_MILLIS;
    stop();
  }

  function stop(): void {
    native.clearTimeout(timer);
    timer = undefined;
  }

  return {
    add,
    wake,
    flush,
    stop,
    release() {
      const held = ring;
      ring = [];
      for (const entry of held) add(...entry);
    },
  };
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
