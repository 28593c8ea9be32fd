// Batches by bytes and age, and the bodies they become.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PACK_MAX_BYTES, RING_MAX_RECORDS } from '../limits';
import * as batch from './batch';
import { byteLength } from './encode';

const world = vi.hoisted(() => ({
  kept: true,
  sent: [] as { path: string; body: string; records: number; leaving: boolean }[],
  options: { otlp: false, path: '/v1/rum' },
  packed: '',
  timers: [] as (() => void)[],
  dropped: 0,
  join: (): void => undefined,
}));
vi.mock('../browser/native', () => ({
  after: (callback: () => void) => world.timers.push(callback),
  native: { clearTimeout: () => undefined },
}));
vi.mock('../running', () => ({
  options: world.options,
  session: { kept: () => world.kept },
}));
vi.mock('./transport', () => ({
  drop: () => world.dropped++,
  sendBody: (path: string, body: string, records: number, leaving: boolean) =>
    world.sent.push({ path, body, records, leaving }),
}));
vi.mock('../context/device', () => ({ describeDevice: () => ({ 'service.name': 'shop' }) }));
// What packing gives back is a test of its own.
vi.mock('./gzip', () => ({
  pack: (text: string) => void (world.packed += text),
  forgetPack: () => void (world.packed = ''),
  finishPack: () => {
    const text = world.packed;
    world.packed = '';
    return text;
  },
}));

beforeEach(() => {
  world.options.otlp = false;
  Object.assign(world, { kept: true, packed: '', sent: [], timers: [], dropped: 0, join: () => undefined });
  batch.startBatch(() => world.join());
});

const add = (text: string): void => batch.addRecord('events', JSON.stringify({ a: text, b: text, c: text }));
const recordsOf = ({ body }: { body: string }): unknown[] => JSON.parse(body).resourceLogs[0].scopeLogs[0].logRecords;

describe('addRecord', () => {
  it('hands over before a body would be larger than allowed, counted in bytes', () => {
    for (let i = 0; i < 200; i++) add('€'.repeat(400));
    batch.flush(false);
    expect(world.sent.length).toBeGreaterThan(5);
    for (const { body } of world.sent) expect(byteLength(body)).toBeLessThanOrEqual(PACK_MAX_BYTES);
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

  it('forgets what an agent before has left', () => {
    add('before');
    batch.addRecord('spans', '{"name":"before"}');
    batch.startBatch(() => undefined);
    add('after');
    batch.flush(false);
    expect(world.sent).toHaveLength(1);
    expect(world.sent[0]!.body).not.toContain('before');
  });

  it('sends nothing when there is nothing', () => {
    batch.flush(true);
    expect(world.sent).toHaveLength(0);
  });
});

describe('a body', () => {
  const fill = (): void => {
    batch.addRecord('events', '{"eventName":"a"}');
    batch.addRecord('spans', '{"name":"GET"}');
    batch.addRecord('events', '{"eventName":"b"}');
    batch.flush(true);
  };
  const shapeOf = ({ path, body, records }: (typeof world.sent)[number]): unknown => [
    path,
    records,
    ...Object.entries(JSON.parse(body)).map(([name, [{ resource, ...scopes }]]: [string, any]) => [
      name,
      resource.attributes.length,
      Object.values(scopes).flat()[0],
    ]),
  ];
  const scope = { name: 'limen', version: AGENT_VERSION };
  const logs = ['resourceLogs', 1, { scope, logRecords: [{ eventName: 'a' }, { eventName: 'b' }] }];
  const traces = ['resourceSpans', 1, { scope, spans: [{ name: 'GET' }] }];

  it('holds both signals in our own form', () => {
    fill();
    expect(world.sent.map(shapeOf)).toEqual([['/v1/rum', 3, logs, traces]]);
  });

  it('is one for each in standard OTLP', () => {
    world.options.otlp = true;
    fill();
    expect(world.sent.map(shapeOf)).toEqual([
      ['/v1/logs', 2, logs],
      ['/v1/traces', 1, traces],
    ]);
  });

  it('holds spans alone, and begins anew after each', () => {
    batch.addRecord('spans', '{"name":"GET"}');
    batch.flush(false);
    fill();
    expect(world.sent.map(shapeOf)).toEqual([
      ['/v1/rum', 1, traces],
      ['/v1/rum', 3, logs, traces],
    ]);
  });
});
