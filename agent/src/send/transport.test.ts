// Retries, the quota and the queue, with a network and a clock that the test holds.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { QUEUE_MAX_BYTES, RETRY_MAX_MILLIS } from '../limits';
import * as transport from './transport';

interface Sent {
  url: string;
  init: RequestInit;
}

const world = vi.hoisted(() => ({
  now: 1_000_000,
  ids: 0,
  timers: [] as { at: number; callback: () => void; id: number }[],
  answers: [] as (Response | Error | 'never')[],
  sent: [] as Sent[],
  beacons: [] as Uint8Array[],
  warnings: [] as string[],
  settings: [] as unknown[],
}));
vi.mock('../context/clock', () => ({ wall: () => world.now }));
vi.mock('../context/settings', () => ({ takeSettings: (pushed: unknown) => world.settings.push(pushed) }));
vi.mock('../running', () => ({ options: { endpoint: 'https://rum', key: 'k', otlp: false } }));
vi.mock('../browser/native', () => ({
  after: (callback: () => void, millis = 0) => {
    world.timers.push({ at: world.now + millis, callback, id: ++world.ids });
    return world.ids;
  },
  native: {
    fetch: (url: string, init: RequestInit) => {
      world.sent.push({ url, init });
      const answer = world.answers.shift() ?? new Response('{}');
      if (answer === 'never') return new Promise(() => undefined);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    clearTimeout: (id: number) => (world.timers = world.timers.filter((timer) => timer.id !== id)),
  },
}));

/** A transport on a clock of its own: timers run when `pass` is called. */
function setUp(answers: (Response | Error | 'never')[], beacon = false, stored?: unknown) {
  Object.assign(world, { timers: [], answers, sent: [], beacons: [], warnings: [], settings: [] });
  vi.stubGlobal('navigator', {
    sendBeacon: (_url: string, body: Uint8Array) => {
      if (beacon) world.beacons.push(body);
      return beacon;
    },
  });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const storage = { read: () => stored, write: (value: unknown) => void (stored = value) };
  transport.startTransport((text) => world.warnings.push(text), storage);
  return { transport, ...world, pass, stored: () => stored };
}

async function rest(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

async function pass(millis: number): Promise<void> {
  await rest();
  world.now += millis;
  const due = world.timers.filter((timer) => timer.at <= world.now);
  world.timers = world.timers.filter((timer) => timer.at > world.now);
  for (const { callback } of due) callback();
  await rest();
}

beforeEach(() => transport.stopTransport());

const body = (bytes: number, fill = 120): Uint8Array<ArrayBuffer> => new Uint8Array(bytes).fill(fill);
const lost = (): number => Object.values(transport.dropped).reduce((sum, each) => sum + each, 0);

describe('sendBody', () => {
  it('sends the same bytes again after 503, not before Retry-After has passed', async () => {
    const { transport, sent, pass } = setUp([new Response('', { status: 503, headers: { 'retry-after': '7' } })]);
    transport.sendBody('/v1/rum', body(10), 1, false);
    await pass(6_900);
    expect(sent).toHaveLength(1);
    await pass(200);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.init.body).toBe(sent[0]?.init.body);
    expect(lost()).toBe(0);
  });

  it('tries again after a network error', async () => {
    const { transport, sent, pass } = setUp([new TypeError('gone')]);
    transport.sendBody('/v1/rum', body(10), 1, false);
    await pass(0);
    await pass(1_000);
    expect(sent).toHaveLength(2);
  });

  it('gives up on what is refused, counts it and says what to do', async () => {
    const { transport, sent, warnings, pass } = setUp([new Response('', { status: 403 })]);
    transport.sendBody('/v1/rum', body(10), 1, false);
    await pass(60_000);
    expect(sent).toHaveLength(1);
    expect(lost()).toBe(1);
    expect(warnings[0]).toContain('data-key');
  });

  it('gives up after so many attempts', async () => {
    const { transport, sent, pass } = setUp(Array.from({ length: 20 }, () => new Response('', { status: 502 })));
    transport.sendBody('/v1/rum', body(10), 1, false);
    for (let i = 0; i < 20; i++) await pass(80_000);
    expect(sent).toHaveLength(8);
    expect(lost()).toBe(1);
  });

  it('#23 keeps bodies in flight under the quota when the page leaves, and sends the rest as beacons', async () => {
    const { transport, sent, beacons } = setUp(['never', 'never', 'never'], true);
    for (const bytes of [20_000, 20_000, 15_000, 20_000]) transport.sendBody('/v1/rum', body(bytes), 1, true);
    const bytes = sent
      .filter(({ init }) => init.keepalive)
      .reduce((sum, { init }) => sum + (init.body as Uint8Array).length, 0);
    expect(bytes).toBeLessThanOrEqual(60 * 1024);
    expect(sent).toHaveLength(3);
    expect(beacons).toHaveLength(1);
  });

  it('does not send again what failed because the page was leaving, unless the page lives on', async () => {
    const { transport, sent, pass } = setUp([new TypeError('page gone')]);
    transport.sendBody('/v1/rum', body(10), 1, true);
    await pass(120_000);
    transport.leave();
    expect(sent).toHaveLength(1);
    transport.sendBody('/v1/rum', body(10, 121), 1, false);
    await pass(120_000);
    await pass(0);
    expect(new Set(sent.map(({ init }) => init.body)).size).toBe(2);
    expect(sent).toHaveLength(3);
  });

  it('drops the oldest when too much waits, and counts it', async () => {
    const { transport, sent, pass } = setUp([new TypeError('offline'), new TypeError('offline')]);
    for (let i = 0; i < 30; i++) transport.sendBody('/v1/rum', body(Math.ceil(QUEUE_MAX_BYTES / 19.5)), 1, false);
    await pass(0);
    expect(lost()).toBeGreaterThanOrEqual(10);
    expect(lost()).toBeLessThan(14);
    expect(sent.length).toBeLessThanOrEqual(2);
  });
});

describe('the queue of an offline browser', () => {
  it('waits for the next visit, bounded, and leaves nothing behind when it has been taken', async () => {
    const { sent, stored } = setUp([], false, [['/v1/rum', 'H4v/AA==', 1]]);
    await pass(0);
    expect(sent.map(({ init }) => init.body)).toEqual([new Uint8Array([31, 139, 255, 0])]);
    expect(stored()).toBeUndefined();
  });

  it('keeps what could not be sent', async () => {
    const { stored } = setUp([new TypeError('offline')]);
    transport.sendBody('/v1/rum', new Uint8Array([31, 139, 255, 0]), 1, false);
    await pass(0);
    await pass(0);
    expect(stored()).toEqual([['/v1/rum', 'H4v/AA==', 1]]);
  });

  it.each([null, 7, 'x', {}, [1], [[]], [[1, 2, 3]], [['/v1/rum', '%', 1]]])(
    'does not mind %j in its place',
    async (odd) => {
      setUp([], false, odd);
      await pass(0);
      expect(world.warnings).toEqual([]);
    },
  );
});

describe('answers', () => {
  it('bring settings', async () => {
    setUp([new Response('{"settings":{"sampleRate":0.5}}')]);
    transport.sendBody('/v1/rum', body(10), 1, false);
    await rest();
    await pass(0);
    expect(world.settings).toEqual([{ sampleRate: 0.5 }]);
  });
});

describe('backOff', () => {
  it('grows to a minute and is spread by a fifth', () => {
    for (let attempts = 1; attempts < 30; attempts++) {
      const plain = Math.min(RETRY_MAX_MILLIS, 1_000 * 2 ** (attempts - 1));
      expect(transport.backOff(attempts, 0)).toBeCloseTo(plain * 0.8);
      expect(transport.backOff(attempts, 1)).toBeCloseTo(plain * 1.2);
    }
  });
});

describe('retryAfterMillis', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    [null, 0],
    ['3', 3_000],
    ['86400', RETRY_MAX_MILLIS],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Thu, 01 Jan 2025 00:00:10 GMT', 0],
    ['soon', 0],
  ])('reads %s as %d', (header, millis) => expect(transport.retryAfterMillis(header, now)).toBe(millis));
});
