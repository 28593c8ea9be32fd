// Retries, the quota and the queue, with a network and a clock that the test holds.
import { describe, expect, it, vi } from 'vitest';
import { QUEUE_MAX_BYTES, RETRY_MAX_MILLIS } from '../limits';
import { backOff, createTransport, retryAfterMillis, type Transport } from './transport';

interface Sent {
  url: string;
  init: RequestInit;
}

/** A transport on a clock of its own: timers run when `pass` is called. */
function setUp(answers: (Response | Error | 'never')[], beacon = false) {
  const sent: Sent[] = [];
  const beacons: string[] = [];
  const warnings: string[] = [];
  let now = 1_000_000;
  let timers: { at: number; callback: () => void; id: number }[] = [];
  let ids = 0;
  vi.stubGlobal('CompressionStream', undefined);
  vi.stubGlobal('navigator', {
    sendBeacon: (_url: string, body: string) => {
      if (beacon) beacons.push(body);
      return beacon;
    },
  });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const transport = createTransport({
    native: {
      fetch: (url, init) => {
        sent.push({ url: String(url), init: init ?? {} });
        const answer = answers.shift() ?? new Response('{}');
        if (answer === 'never') return new Promise(() => undefined);
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
      setTimeout: (callback, millis = 0) => {
        timers.push({ at: now + millis, callback, id: ++ids });
        return ids;
      },
      clearTimeout: (id) => (timers = timers.filter((timer) => timer.id !== id)),
    },
    endpoint: 'https://rum',
    key: 'k',
    otlp: false,
    offline: undefined,
    onAnswer: () => undefined,
    wall: () => now,
    warn: (text) => warnings.push(text),
  });
  const rest = async (): Promise<void> => {
    for (let i = 0; i < 50; i++) await Promise.resolve();
  };
  const pass = async (millis: number): Promise<void> => {
    await rest();
    now += millis;
    const due = timers.filter((timer) => timer.at <= now);
    timers = timers.filter((timer) => timer.at > now);
    for (const { callback } of due) callback();
    await rest();
  };
  return { transport, sent, beacons, warnings, pass };
}

const body = (bytes: number, name = 'x'): string => `"${name.repeat(bytes)}"`;

const lost = ({ dropped }: Transport): number => Object.values(dropped).reduce((sum, each) => sum + each, 0);

describe('createTransport', () => {
  it('sends the same bytes again after 503, not before Retry-After has passed', async () => {
    const { transport, sent, pass } = setUp([new Response('', { status: 503, headers: { 'retry-after': '7' } })]);
    transport.send('/v1/rum', body(10), 1, false);
    await pass(6_900);
    expect(sent).toHaveLength(1);
    await pass(200);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.init.body).toBe(sent[0]?.init.body);
    expect(lost(transport)).toBe(0);
  });

  it('tries again after a network error', async () => {
    const { transport, sent, pass } = setUp([new TypeError('gone')]);
    transport.send('/v1/rum', body(10), 1, false);
    await pass(0);
    await pass(1_000);
    expect(sent).toHaveLength(2);
  });

  it('gives up on what is refused, counts it and says what to do', async () => {
    const { transport, sent, warnings, pass } = setUp([new Response('', { status: 403 })]);
    transport.send('/v1/rum', body(10), 1, false);
    await pass(60_000);
    expect(sent).toHaveLength(1);
    expect(lost(transport)).toBe(1);
    expect(warnings[0]).toContain('data-key');
  });

  it('gives up after so many attempts', async () => {
    const { transport, sent, pass } = setUp(Array.from({ length: 20 }, () => new Response('', { status: 502 })));
    transport.send('/v1/rum', body(10), 1, false);
    for (let i = 0; i < 20; i++) await pass(80_000);
    expect(sent).toHaveLength(8);
    expect(lost(transport)).toBe(1);
  });

  it('keeps bodies in flight under the quota when the page leaves, and sends the rest as beacons', async () => {
    const { transport, sent, beacons } = setUp(['never', 'never', 'never'], true);
    for (const bytes of [20_000, 20_000, 15_000, 20_000]) transport.send('/v1/rum', body(bytes), 1, true);
    const bytes = sent
      .filter(({ init }) => init.keepalive)
      .reduce((sum, { init }) => sum + String(init.body).length, 0);
    expect(bytes).toBeLessThanOrEqual(60 * 1024);
    expect(sent).toHaveLength(3);
    expect(beacons).toHaveLength(1);
  });

  it('does not send again what failed because the page was leaving, unless the page lives on', async () => {
    const { transport, sent, pass } = setUp([new TypeError('page gone')]);
    transport.send('/v1/rum', body(10), 1, true);
    await pass(120_000);
    transport.leave();
    expect(sent).toHaveLength(1);
    transport.send('/v1/rum', body(10, 'y'), 1, false);
    await pass(120_000);
    await pass(0);
    expect(new Set(sent.map(({ init }) => init.body)).size).toBe(2);
    expect(sent).toHaveLength(3);
  });

  it('drops the oldest when too much waits, and counts it', async () => {
    const { transport, sent, pass } = setUp([new TypeError('offline'), new TypeError('offline')]);
    for (let i = 0; i < 30; i++) transport.send('/v1/rum', body(QUEUE_MAX_BYTES / 20), 1, false);
    await pass(0);
    expect(lost(transport)).toBeGreaterThanOrEqual(10);
    expect(lost(transport)).toBeLessThan(14);
    expect(sent.length).toBeLessThanOrEqual(2);
  });
});

describe('backOff', () => {
  it('grows to a minute and is spread by a fifth', () => {
    for (let attempts = 1; attempts < 30; attempts++) {
      const plain = Math.min(RETRY_MAX_MILLIS, 1_000 * 2 ** (attempts - 1));
      expect(backOff(attempts, 0)).toBeCloseTo(plain * 0.8);
      expect(backOff(attempts, 1)).toBeCloseTo(plain * 1.2);
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
  ])('reads %s as %d', (header, millis) => expect(retryAfterMillis(header, now)).toBe(millis));
});
