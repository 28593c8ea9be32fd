// Batches by bytes and age, and their pieces at exit.
import { describe, expect, it } from 'vitest';
import { BATCH_MAX_BYTES, RING_MAX_RECORDS } from '../limits';
import { createBatch, splitEntries, type BatchDeps, type Piece } from './batch';
import { byteLength, encodeBodies } from './encode';

function setUp(over: Partial<BatchDeps> = {}) {
  const sent: { piece: Piece; leaving: boolean }[] = [];
  const timers: (() => void)[] = [];
  let dropped = 0;
  const batch = createBatch({
    native: { setTimeout: (callback: () => void) => timers.push(callback), clearTimeout: () => undefined },
    frame: 400,
    kept: () => true,
    beforeFlush: () => undefined,
    send: (piece, leaving) => sent.push({ piece, leaving }),
    drop: (_reason, records) => (dropped += records),
    ...over,
  });
  const add = (text: string): void => batch.add('events', JSON.stringify({ a: text, b: text, c: text }));
  return { batch, sent, timers, add, dropped: () => dropped };
}

describe('createBatch', () => {
  it('hands over before a body would be larger than allowed, counted in bytes', () => {
    const { sent, add, batch } = setUp();
    for (let i = 0; i < 200; i++) add('€'.repeat(400));
    batch.flush(false);
    expect(sent.length).toBeGreaterThan(10);
    for (const { piece } of sent)
      for (const [, body] of encodeBodies([], piece, false))
        expect(byteLength(body)).toBeLessThanOrEqual(BATCH_MAX_BYTES);
    expect(sent.flatMap(({ piece }) => piece.events)).toHaveLength(200);
  });

  it('hands over what is old enough, with what wants to join', () => {
    const { sent, timers, batch } = setUp({ beforeFlush: () => batch.add('events', 'joined') });
    batch.wake();
    expect(timers).toHaveLength(1);
    timers[0]?.();
    expect(sent[0]?.piece.events[0]).toContain('joined');
  });

  it('drops and counts a record that would fill a batch alone', () => {
    const { sent, batch, dropped } = setUp();
    batch.add('events', 'x'.repeat(48_000));
    batch.flush(false);
    expect(sent).toHaveLength(0);
    expect(dropped()).toBe(1);
  });

  it('holds back the last records of a session that was left out, and sends them when it is worth keeping', () => {
    let kept = false;
    const { sent, batch, timers } = setUp({ kept: () => kept });
    for (let i = 0; i < 150; i++) batch.add('events', `"e${i}"`);
    batch.flush(false);
    expect([sent.length, timers.length]).toEqual([0, 0]);
    kept = true;
    batch.release();
    batch.flush(false);
    expect(sent[0]?.piece.events).toHaveLength(RING_MAX_RECORDS);
    expect(sent[0]?.piece.events.at(-1)).toBe('"e149"');
  });

  it('sends nothing when there is nothing', () => {
    const { sent, batch } = setUp();
    batch.flush(true);
    expect(sent).toHaveLength(0);
  });
});

describe('splitEntries', () => {
  it('loses nothing, keeps the order inside a piece and puts the newest first', () => {
    for (const max of [10, 50, 333, 100_000]) {
      const events = Array.from({ length: 50 }, (_, i) => `"e${i}"`);
      const spans = Array.from({ length: 20 }, (_, i) => `"s${i}"`);
      const entries = [
        ...events.map((text) => ['events', text] as ['events', string]),
        ...spans.map((text) => ['spans', text] as ['spans', string]),
      ];
      const pieces = splitEntries(entries, max);
      expect([...pieces].reverse().flatMap((piece) => piece.events)).toEqual(events);
      expect([...pieces].reverse().flatMap((piece) => piece.spans)).toEqual(spans);
      expect(pieces[0]?.spans.at(-1)).toBe('"s19"');
    }
  });
});
