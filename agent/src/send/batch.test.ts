// Batches by bytes and age, and their pieces at exit.
import { describe, expect, it } from 'vitest';
import { BATCH_MAX_BYTES } from '../limits';
import { createBatch, splitEnvelope, type BatchDeps } from './batch';
import { byteLength, encodeLogs, type Envelope } from './encode';

function setUp(over: Partial<BatchDeps> = {}) {
  const sent: { envelope: Envelope; leaving: boolean }[] = [];
  const timers: (() => void)[] = [];
  let dropped = 0;
  const batch = createBatch({
    native: { setTimeout: (callback) => timers.push(callback), clearTimeout: () => undefined },
    resource: '{"attributes":[]}',
    beforeFlush: () => undefined,
    send: (envelope, leaving) => sent.push({ envelope, leaving }),
    drop: (records) => (dropped += records),
    ...over,
  });
  const add = (text: string): void =>
    batch.event({ name: 'e', instant: 1, observed: 1, severity: 9, attributes: { a: text, b: text, c: text } });
  return { batch, sent, timers, add, dropped: () => dropped };
}

describe('createBatch', () => {
  it('hands over before a body would be larger than allowed, counted in bytes', () => {
    const { sent, add, batch } = setUp();
    for (let i = 0; i < 200; i++) add('€'.repeat(400));
    batch.flush(false);
    expect(sent.length).toBeGreaterThan(10);
    for (const { envelope } of sent) expect(byteLength(encodeLogs(envelope))).toBeLessThanOrEqual(BATCH_MAX_BYTES);
    expect(sent.flatMap(({ envelope }) => envelope.events)).toHaveLength(200);
  });

  it('hands over what is old enough, with what wants to join', () => {
    const { sent, timers, batch } = setUp({ beforeFlush: () => batch.event(joining) });
    const joining = { name: 'joined', instant: 1, observed: 1, severity: 9, attributes: {} };
    batch.wake();
    expect(timers).toHaveLength(1);
    timers[0]?.();
    expect(sent[0]?.envelope.events[0]).toContain('joined');
  });

  it('drops and counts a record that would fill a batch alone', () => {
    const { sent, batch, dropped } = setUp();
    const attributes = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`k${i}`, 'x'.repeat(4_000)]));
    batch.event({ name: 'huge', instant: 1, observed: 1, severity: 9, attributes });
    batch.flush(false);
    expect(sent).toHaveLength(0);
    expect(dropped()).toBe(1);
  });

  it('sends nothing when there is nothing', () => {
    const { sent, batch } = setUp();
    batch.flush(true);
    expect(sent).toHaveLength(0);
  });
});

describe('splitEnvelope', () => {
  it('loses nothing, keeps the order inside a piece and puts the newest first', () => {
    for (const max of [10, 50, 333, 100_000]) {
      const events = Array.from({ length: 50 }, (_, i) => `"e${i}"`);
      const spans = Array.from({ length: 20 }, (_, i) => `"s${i}"`);
      const pieces = splitEnvelope({ resource: '{}', events, spans }, max);
      expect([...pieces].reverse().flatMap((piece) => piece.events)).toEqual(events);
      expect([...pieces].reverse().flatMap((piece) => piece.spans)).toEqual(spans);
      expect(pieces[0]?.events.at(-1)).toBe('"e49"');
    }
  });
});
