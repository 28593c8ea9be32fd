// Windows, ticks, rows and flags of a track.
import { describe, expect, it } from 'vitest';
import { formatTick, isInside, placeFlags, placeOf, rowsOf, ticksOf, windowOf } from './track';

describe('placeOf', () => {
  it('places an instant to scale', () => {
    expect(placeOf(500, { from: 0, to: 2000 })).toBe(0.25);
  });

  it('keeps what lies outside at the edge', () => {
    expect(placeOf(-5, { from: 0, to: 10 })).toBe(0);
    expect(placeOf(50, { from: 0, to: 10 })).toBe(1);
  });

  it('survives a window without length', () => {
    expect(placeOf(5, { from: 5, to: 5 })).toBe(0);
  });
});

describe('windowOf', () => {
  it('shows the whole chapter when it was busy to the end', () => {
    expect(windowOf([100, 9000], 10_000)).toEqual({ window: { from: 0, to: 10_000 }, quiet: 0 });
  });

  it('cuts a long quiet end and tells its length', () => {
    const { window, quiet } = windowOf([100, 1000], 600_000);
    expect(window).toEqual({ from: 0, to: 1040 });
    expect(quiet).toBe(598_960);
  });

  it('shows an unknown duration as far as something happened', () => {
    expect(windowOf([2000], null).window.to).toBe(2080);
  });

  it('begins earlier when something came before the start', () => {
    expect(windowOf([-40, 1000], 1000).window.from).toBe(-40);
  });

  it('has some length when nothing happened at all', () => {
    expect(windowOf([], null).window).toEqual({ from: 0, to: 100 });
  });
});

describe('ticksOf', () => {
  it('chooses round steps', () => {
    expect(ticksOf({ from: 0, to: 2200 }, 5)).toEqual([0, 500, 1000, 1500, 2000]);
  });

  it('counts long stretches in minutes', () => {
    expect(ticksOf({ from: 0, to: 600_000 }, 5)).toEqual([0, 120_000, 240_000, 360_000, 480_000, 600_000]);
  });

  it('says nothing about an empty window', () => {
    expect(ticksOf({ from: 3, to: 3 }, 5)).toEqual([]);
  });
});

describe('formatTick', () => {
  it('writes round instants without zeros behind the point', () => {
    expect([0, 500, 1500, 20_000, 90_000].map(formatTick)).toEqual([
      '0',
      '500\u202fms',
      '1.5\u202fs',
      '20\u202fs',
      '1:30\u202fmin',
    ]);
  });
});

describe('rowsOf', () => {
  it('gives bars that overlap rows of their own and uses a row again', () => {
    const bars = [
      { start: 0, end: 100 },
      { start: 50, end: 80 },
      { start: 90, end: 120 },
    ];
    expect(rowsOf(bars, 4)).toEqual([0, 1, 1]);
  });

  it('lets a crowd share the last row', () => {
    const bars = [0, 1, 2, 3].map((start) => ({ start, end: 100 }));
    expect(rowsOf(bars, 2)).toEqual([0, 1, 1, 1]);
  });
});

describe('placeFlags', () => {
  const widthOf = () => 40;
  const window = { from: 0, to: 100 };

  it('lifts the earlier of two flags whose words would cover each other', () => {
    const flags = [
      { key: 'b', at: 12, label: 'FCP' },
      { key: 'a', at: 10, label: 'TTFB' },
      { key: 'c', at: 60, label: 'LCP' },
    ];
    expect(placeFlags(flags, window, 200, widthOf).map(({ flag, row }) => [flag.key, row])).toEqual([
      ['c', 0],
      ['b', 0],
      ['a', 1],
    ]);
  });

  it('turns a flag at the right edge to the left', () => {
    expect(placeFlags([{ key: 'a', at: 98, label: 'LCP' }], window, 200, widthOf)[0]?.left).toBe(true);
  });
});

describe('isInside', () => {
  it('keeps what reaches into the window', () => {
    expect(isInside(-10, 5, { from: 0, to: 10 })).toBe(true);
    expect(isInside(11, 12, { from: 0, to: 10 })).toBe(false);
  });
});
