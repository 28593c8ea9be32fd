// When loads, clicks and route changes begin and end, on a clock that the test moves.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CLICK_EFFECT_MILLIS, QUIET_MILLIS, SETTLE_MAX_MILLIS } from '../limits';
import * as roots from './roots';
import type { View } from './view';

type Changes = { type: string }[];

const world = vi.hoisted(() => ({
  now: 1_000,
  timers: [] as { at: number; callback: () => void; id: number }[],
  frames: [] as (() => void)[],
  ids: 0,
  mutate: (_changes: { type: string }[]): void => undefined,
  spans: [] as { name: string; spanId: string; duration: number }[],
}));
vi.mock('./clock', () => ({ now: () => world.now, instant: (at: number) => at }));
vi.mock('./emit', () => ({ emitSpan: (span: (typeof world.spans)[number]) => void world.spans.push(span) }));
vi.mock('../browser/native', () => ({
  after: (callback: () => void, millis = 0) => {
    world.timers.push({ at: world.now + millis, callback, id: ++world.ids });
    return world.ids;
  },
  native: {
    clearTimeout: (id: number | undefined) => void (world.timers = world.timers.filter((timer) => timer.id !== id)),
    requestAnimationFrame: (callback: () => void) => void world.frames.push(callback),
    MutationObserver: class {
      constructor(callback: (changes: Changes) => void) {
        world.mutate = callback;
      }
      observe(): void {}
      disconnect(): void {}
    },
  },
}));

beforeEach(() => {
  vi.stubGlobal('document', {});
  roots.endRoots();
  world.spans = [];
  roots.startRoots();
});

/** One millisecond at a time, a frame every ten. */
function pass(millis: number): void {
  for (const end = world.now + millis; world.now < end;) {
    world.now++;
    if (world.now % 10 === 0) {
      const due = world.frames;
      world.frames = [];
      for (const frame of due) frame();
    }
    for (const timer of world.timers.filter(({ at }) => at <= world.now)) {
      world.timers = world.timers.filter(({ id }) => id !== timer.id);
      timer.callback();
    }
  }
}

type Ends = (number | undefined)[];
const open = (name: roots.RootKind, ends: Ends = []): roots.Root =>
  roots.openRoot({ name, view: {} as View, start: world.now, onEnd: (end) => ends.push(end) });
const mutate = (type = 'childList'): void => world.mutate([{ type }]);
const begin = (): number => {
  pass(10 - (world.now % 10));
  return world.now;
};

describe('roots', () => {
  it('end with the frame after the last activity', () => {
    begin();
    open('routeChange');
    pass(55);
    mutate();
    pass(QUIET_MILLIS * 2);
    expect(world.spans).toHaveLength(1);
    expect(world.spans[0]?.duration).toBe(60);
  });

  it('wait for the requests they caused, and name themselves as their parent', () => {
    const start = begin();
    const root = open('routeChange');
    const request = roots.join('GET /a');
    expect(request).toMatchObject({ traceId: root.traceId, parentSpanId: root.spanId });
    pass(700);
    expect(world.spans).toHaveLength(0);
    roots.wait(request.root, -1, start + 700);
    pass(QUIET_MILLIS * 2);
    expect(world.spans[0]?.duration).toBe(710);
  });

  it('give up after the cap', () => {
    open('routeChange');
    roots.join('GET /endless');
    pass(SETTLE_MAX_MILLIS + QUIET_MILLIS);
    expect(world.spans[0]?.duration).toBe(SETTLE_MAX_MILLIS);
  });

  it('send no span for a click without consequences, and tell its end all the same', () => {
    const ends: Ends = [];
    open('click', ends);
    pass(CLICK_EFFECT_MILLIS + QUIET_MILLIS);
    expect(ends).toHaveLength(1);
    expect(world.spans).toHaveLength(0);
  });

  it('wait for the first effect of a click, and no longer once there was one', () => {
    const ends: Ends = [];
    const dead = open('click', ends);
    pass(CLICK_EFFECT_MILLIS - 50);
    expect(ends).toHaveLength(0);
    pass(100);
    expect(ends).toHaveLength(1);
    expect(dead.acted).toBe(false);
    const alive = open('click', ends);
    mutate('attributes');
    expect(alive.acted).toBe(true);
    mutate();
    pass(QUIET_MILLIS * 2);
    expect(ends).toHaveLength(2);
  });

  it('let a newer one take what comes next, and have no time when they were cut short', () => {
    const ends: Ends = [];
    const first = open('routeChange', ends);
    const request = roots.join('GET /a');
    pass(20);
    const second = open('click');
    expect(roots.join('GET /b').parentSpanId).toBe(second.spanId);
    roots.wait(request.root, -1);
    pass(QUIET_MILLIS * 2);
    expect(ends).toEqual([undefined]);
    expect(world.spans).toMatchObject([{ spanId: first.spanId }]);
  });

  it('are over for a user who goes on after the last frame', () => {
    const ends: Ends = [];
    open('routeChange', ends);
    pass(50);
    open('click');
    expect(ends).toEqual([expect.any(Number)]);
  });

  it('wait for the load event', () => {
    const start = begin();
    const root = open('documentLoad');
    pass(QUIET_MILLIS * 5);
    expect(world.spans).toHaveLength(0);
    roots.wait(root, -1, start + 500);
    pass(QUIET_MILLIS * 2);
    expect(world.spans[0]?.duration).toBe(510);
  });

  it('keep background polling out', () => {
    for (let i = 0; i < 2; i++) roots.join('GET /poll');
    open('routeChange');
    expect(roots.join('GET /poll').parentSpanId).toBeUndefined();
    pass(QUIET_MILLIS * 2);
    expect(world.spans).toHaveLength(1);
  });

  it('end when the page goes, and nobody knows when they would have been over', () => {
    const ends: Ends = [];
    open('routeChange', ends);
    roots.join('GET /a');
    pass(30);
    roots.endRoots();
    expect(world.spans).toHaveLength(1);
    expect(ends).toEqual([undefined]);
    pass(SETTLE_MAX_MILLIS * 2);
    expect(world.spans).toHaveLength(1);
  });
});
