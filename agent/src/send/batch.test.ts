// Batches by bytes and age, and their pieces at exit.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BATCH_MAX_BYTES, RING_MAX_RECORDS } from '../limits';
import * as batch from './batch';
import { byteLength } from './encode';

const world = vi.hoisted(() => ({
  kept: true,
  sent: [] as { body: string; records: number; leaving: boolean }[],
  timers: [] as (() => void)[],
  dropped: 0,
  join: (): void => undefined,
}));
vi.mock('../browser/native', () => ({
  after: (callback: () => void) => world.timers.push(callback),
  native: { clearTimeout: () => undefined },
}));
vi.mock('../running', () => ({
  options: { otlp: false, path: '/v1/rum' },
  session: { kept: () => world.kept },
}));
vi.mock('./transport', () => ({
  drop: () => world.dropped++,
  room: () => 60_000,
  sendBody: (_path: string, body: string, records: number, leaving: boolean) =>
    world.sent.push({ body, records, leaving }),
}));

beforeEach(() => {
  Object.assign(world, { kept: true, sent: [], timers: [], dropped: 0, join: () => undefined });
  batch.startBatch([], () => world.join());
});

const add = (text: string): void => batch.addRecord('events', JSON.stringify({ a: text, b: text, c: text }));
const recordsOf = ({ body }: { body: string }): unknown[] => JSON.parse(body).resourceLogs[0].scopeLogs[0].logRecords;

describe('addRecord', () => {
  it('hands over before a body would be larger than allowed, counted in bytes', () => {
    for (let i = 0; i < 200; i++) add('€'.repeat(400));
    batch.flush(false);
    expect(world.sent.length).toBeGreaterThan(10);
    for (const { body } of world.sent) expect(byteLength(body)).toBeLessThanOrEqual(BATCH_MAX_BYTES);
    expect(world.sent.flatMap(recordsOf)).toHaveLength(200);
  });

  it('hands over what is old enough, with what wants to join', () => {
    world.join = () => batch.addRecord('events', '"joined"');
    batch.wake();
    expect(world.timers).toHaveLength(1);
    world.timers[0]?.();
    expect(recordsOf(world.sent[0]!)).toEqual(['joined']);
  });

  it('drops and counts a record that would fill a batch alone', () => {
    batch.addRecord('events', 'x'.repeat(48_000));
    batch.flush(false);
    expect(world.sent).toHaveLength(0);
    expect(world.dropped).toBe(1);
  });

  it('holds back the last records of a session that was left out, and sends them when it is worth keeping', () => {
    world.kept = false;
    for (let i = 0; i < 150; i++) batch.addRecord('events', `"e${i}"`);
    batch.flush(false);
    expect([world.sent.length, world.timers.length]).toEqual([0, 0]);
    world.kept = true;
    batch.release();
    batch.flush(false);
    const records = world.sent.flatMap(recordsOf);
    expect(records).toHaveLength(RING_MAX_RECORDS);
    expect(records.at(-1)).toBe('e149');
  });

  it('sends nothing when there is nothing', () => {
    batch.flush(true);
    expect(world.sent).toHaveLength(0);
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
      const pieces = batch.splitEntries(entries, max);
      expect([...pieces].reverse().flatMap((piece) => piece.events)).toEqual(events);
      expect([...pieces].reverse().flatMap((piece) => piece.spans)).toEqual(spans);
      expect(pieces[0]?.spans.at(-1)).toBe('"s19"');
    }
  });
});
