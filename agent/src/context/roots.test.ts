// When loads, clicks and route changes begin and end, on a clock that the test moves.
import { describe, expect, it } from 'vitest';
import type { Native } from '../browser/native';
import { CLICK_EFFECT_MILLIS, QUIET_MILLIS, SETTLE_MAX_MILLIS } from '../limits';
import { createRoots, type RootKind, type Settled } from './roots';
import type { View } from './view';

/** Roots on a clock of their own, with a DOM that changes when told to. */
function setUp() {
  let now = 1_000;
  let timers: { at: number; callback: () => void; id: number }[] = [];
  let frames: (() => void)[] = [];
  let ids = 0;
  let mutate = (_changes: { type: string }[]): void => undefined;
  const spans: { name: string; spanId: string; duration: number }[] = [];
  class Observer {
    constructor(callback: (changes: { type: string }[]) => void) {
      mutate = callback;
    }
    observe(): void {}
    disconnect(): void {}
  }
  const native = {
    setTimeout: (callback: () => void, millis = 0) => {
      timers.push({ at: now + millis, callback, id: ++ids });
      return ids;
    },
    clearTimeout: (id: number | undefined) => void (timers = timers.filter((timer) => timer.id !== id)),
    requestAnimationFrame: (callback: () => void) => void frames.push(callback),
    MutationObserver: Observer as unknown as typeof MutationObserver,
    fetch: undefined,
  } satisfies Native;
  const clock = { now: () => now, wall: () => now, instant: (at: number) => at };
  globalThis.document ??= {} as Document;
  const roots = createRoots({
    clock,
    native,
    sendSpan: ({ kind, spanId, start }, end) => void spans.push({ name: kind, spanId, duration: end - start }),
  });
  /** One millisecond at a time, a frame every ten. */
  const pass = (millis: number): void => {
    for (const end = now + millis; now < end;) {
      now++;
      if (now % 10 === 0) {
        const due = frames;
        frames = [];
        for (const frame of due) frame();
      }
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers = timers.filter(({ id }) => id !== timer.id);
        timer.callback();
      }
    }
  };
  const open = (kind: RootKind, ends: Settled[] = []) =>
    roots.open({ kind, view: {} as View, start: now, onEnd: (end) => ends.push(end) });
  return { roots, spans, pass, open, mutate: (type = 'childList') => mutate([{ type }]), now: () => now };
}

describe('createRoots', () => {
  it('ends with the frame after the last activity', () => {
    const { pass, open, mutate, spans } = setUp();
    open('routeChange');
    pass(55);
    mutate();
    pass(QUIET_MILLIS * 2);
    expect(spans).toHaveLength(1);
    expect(spans[0]?.duration).toBe(60);
  });

  it('waits for the requests it caused, and names itself as their parent', () => {
    const { roots, pass, open, spans } = setUp();
    const root = open('routeChange');
    const request = roots.join('GET /a');
    expect(request).toMatchObject({ traceId: root.traceId, parentSpanId: root.spanId });
    pass(700);
    expect(spans).toHaveLength(0);
    request.end(1_700);
    pass(QUIET_MILLIS * 2);
    expect(spans[0]?.duration).toBe(710);
  });

  it('gives up after the cap', () => {
    const { roots, pass, open, spans } = setUp();
    open('routeChange');
    roots.join('GET /endless');
    pass(SETTLE_MAX_MILLIS + QUIET_MILLIS);
    expect(spans[0]?.duration).toBe(SETTLE_MAX_MILLIS);
  });

  it('sends no span for a click without consequences, and tells its end all the same', () => {
    const { pass, open, spans, roots } = setUp();
    const ends: Settled[] = [];
    open('click', ends);
    expect(roots.trace()).toBeUndefined();
    pass(CLICK_EFFECT_MILLIS + QUIET_MILLIS);
    expect(ends).toHaveLength(1);
    expect(spans).toHaveLength(0);
  });

  it('waits for the first effect of a click, and no longer once there was one', () => {
    const { pass, open, mutate } = setUp();
    const ends: Settled[] = [];
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

  it('turns a click into the route change it caused', () => {
    const { roots, pass, open, spans } = setUp();
    const click = open('click');
    const request = roots.join('GET /a');
    pass(40);
    const ends: Settled[] = [];
    roots.turnIntoRoute(click, {} as View, (end) => ends.push(end));
    request.end(1_050);
    pass(QUIET_MILLIS * 3);
    expect(spans).toMatchObject([{ name: 'routeChange', spanId: click.spanId }]);
    expect(ends).toMatchObject([{ settled: true }]);
  });

  it('lets a newer root take what comes next, and has no time when it was cut short', () => {
    const { roots, pass, open, spans } = setUp();
    const ends: Settled[] = [];
    const first = open('routeChange', ends);
    const request = roots.join('GET /a');
    pass(20);
    const second = open('click');
    expect(roots.join('GET /b').parentSpanId).toBe(second.spanId);
    request.end(1_100);
    pass(QUIET_MILLIS * 2);
    expect(ends).toMatchObject([{ settled: false }]);
    expect(spans).toMatchObject([{ spanId: first.spanId }]);
  });

  it('is over for a user who goes on after the last frame', () => {
    const { pass, open } = setUp();
    const ends: Settled[] = [];
    open('routeChange', ends);
    pass(50);
    open('click');
    expect(ends).toMatchObject([{ settled: true }]);
  });

  it('waits for the load event', () => {
    const { roots, pass, open, spans } = setUp();
    const root = open('documentLoad');
    pass(QUIET_MILLIS * 5);
    expect(spans).toHaveLength(0);
    roots.release(root, 1_500);
    pass(QUIET_MILLIS * 2);
    expect(spans[0]?.duration).toBe(510);
  });

  it('keeps background polling out', () => {
    const { roots, pass, open, spans } = setUp();
    for (let i = 0; i < 2; i++) roots.join('GET /poll').end(1_000);
    open('routeChange');
    const poll = roots.join('GET /poll');
    expect(poll.parentSpanId).toBeUndefined();
    pass(QUIET_MILLIS * 2);
    expect(spans).toHaveLength(1);
  });

  it('ends what is open when the page goes, without calling it settled', () => {
    const { roots, pass, open, spans } = setUp();
    const ends: Settled[] = [];
    open('routeChange', ends);
    roots.join('GET /a');
    pass(30);
    roots.endAll();
    expect(spans).toHaveLength(1);
    expect(ends).toMatchObject([{ settled: false }]);
    pass(SETTLE_MAX_MILLIS * 2);
    expect(spans).toHaveLength(1);
  });
});
