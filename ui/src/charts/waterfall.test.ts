// Rules of the waterfall: what is shown of the tree, where bars, ticks and flags lie.
import { describe, expect, it } from 'vitest';
import { placeFlags } from './waterfall-flags';
import { barOf, isWhole, labelOf, pan, ticksOf, wholeWindow, within, zoom } from './waterfall-scale';
import { ancestorsOf, hasChildren, ownTime, parentOf, renderedRows, subtreeEnd, visibleRows } from './waterfall-tree';

const span = (id: string, depth: number, offset = 0, duration = 10) => ({ id, depth, offset, duration });
const tree = [span('a', 0), span('b', 1), span('c', 2), span('d', 1), span('e', 0), span('f', 1)];

describe('the tree', () => {
  it('shows every row while nothing is collapsed', () => {
    expect(visibleRows(tree, new Set())).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('hides all descendants of a collapsed span and nothing else', () => {
    expect(visibleRows(tree, new Set(['a']))).toEqual([0, 4, 5]);
    expect(visibleRows(tree, new Set(['b', 'e']))).toEqual([0, 1, 3, 4]);
  });

  it('keeps an inner collapse while an outer one hides it', () => {
    expect(visibleRows(tree, new Set(['a', 'b', 'f']))).toEqual([0, 4, 5]);
  });

  it('knows parents, children and where a subtree ends', () => {
    expect(parentOf(tree, 2)).toBe(1);
    expect(parentOf(tree, 4)).toBeNull();
    expect(ancestorsOf(tree, 2)).toEqual([0, 1]);
    expect(subtreeEnd(tree, 0)).toBe(4);
    expect(hasChildren(tree, 3)).toBe(false);
  });

  it('counts children that run side by side once in the time of their parent', () => {
    const spans = [span('p', 0, 0, 100), span('x', 1, 10, 40), span('deep', 2, 10, 40), span('y', 1, 30, 40)];
    expect(ownTime(spans, 0)).toBe(40);
  });

  it('does not let a child that outlives its parent make the own time negative', () => {
    expect(ownTime([span('p', 0, 10, 10), span('x', 1, 0, 500)], 0)).toBe(0);
  });

  it('keeps only the rows near the scroll position', () => {
    expect(renderedRows(2800, 560, 28, 2400, 4)).toEqual([96, 124]);
    expect(renderedRows(0, 560, 28, 3)).toEqual([0, 3]);
    expect(renderedRows(90_000, 560, 28, 10)).toEqual([10, 10]);
  });
});

describe('the axis', () => {
  const whole = { from: 0, to: 1000 };

  it('reaches out to marks beyond the spans', () => {
    expect(wholeWindow(800, [-20, 1200, Number.NaN])).toEqual({ from: -20, to: 1200 });
    expect(wholeWindow(0, []).to).toBeGreaterThan(0);
  });

  it('zooms around what is under the pointer', () => {
    expect(zoom(whole, whole, 0.5, 200)).toEqual({ from: 100, to: 600 });
  });

  it('never leaves the whole and comes back to it', () => {
    expect(pan({ from: 100, to: 600 }, whole, 900)).toEqual({ from: 500, to: 1000 });
    expect(isWhole(zoom({ from: 400, to: 600 }, whole, 50, 500), whole)).toBe(true);
    expect(within({ from: 5, to: 5 }, whole).to).toBeGreaterThan(5);
  });

  it('cuts bars to the window and says where the others lie', () => {
    const window = { from: 100, to: 200 };
    expect(barOf({ offset: 50, duration: 100 }, window, 1000)).toEqual({ left: 0, width: 500, outside: null });
    expect(barOf({ offset: 150, duration: 0 }, window, 1000).width).toBe(2);
    expect(barOf({ offset: 0, duration: 20 }, window, 1000).outside).toBe('before');
    expect(barOf({ offset: 300, duration: 20 }, window, 1000).outside).toBe('after');
  });

  it('keeps a bar at the very end inside the row', () => {
    expect(barOf({ offset: 200, duration: 0 }, { from: 100, to: 200 }, 1000)).toEqual({
      left: 998,
      width: 2,
      outside: null,
    });
  });

  it('puts a label beside its bar, and into it when the bar fills the row', () => {
    expect(labelOf({ left: 0, width: 100, outside: null }, 1000, 60).where).toBe('after');
    expect(labelOf({ left: 800, width: 200, outside: null }, 1000, 60).where).toBe('before');
    expect(labelOf({ left: 0, width: 1000, outside: null }, 1000, 60).where).toBe('inside');
  });

  it('has round ticks with one unit', () => {
    expect(ticksOf({ from: 0, to: 1460 }, 500).map((tick) => tick.label)).toEqual(['0', '0.5\u202fs', '1.0\u202fs']);
    expect(ticksOf({ from: 0, to: 40 }, 500).map((tick) => tick.at)).toEqual([0, 10, 20, 30, 40]);
  });

  it('tells neighbouring ticks apart however far it is zoomed', () => {
    const labels = ticksOf({ from: 1204.1, to: 1204.6 }, 800).map((tick) => tick.label);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.length).toBeGreaterThan(3);
  });
});

describe('the flags', () => {
  const wide = () => 60;
  const window = { from: 0, to: 1000 };

  it('stand in one lane while there is room', () => {
    const { flags, lanes } = placeFlags(
      [
        { name: 'FCP', offset: 100 },
        { name: 'LCP', offset: 400 },
      ],
      window,
      1000,
      wide,
    );
    expect(flags.map((flag) => flag.lane)).toEqual([0, 0]);
    expect(lanes).toBe(1);
  });

  it('move to lanes of their own when their labels would overlap', () => {
    const marks = ['TTFB', 'FCP', 'LCP'].map((name, i) => ({ name, offset: 100 + i * 20 }));
    expect(placeFlags(marks, window, 1000, wide).flags.map((flag) => flag.lane)).toEqual([0, 1, 2]);
  });

  it('hang to the left at the right edge', () => {
    expect(placeFlags([{ name: 'load', offset: 990 }], window, 1000, wide).flags[0]?.flipped).toBe(true);
  });

  it('are left out when they lie outside the window', () => {
    expect(placeFlags([{ name: 'load', offset: 2000 }], window, 1000, wide).flags).toEqual([]);
  });

  it('keep their line and lose their label when all lanes are full', () => {
    const marks = Array.from({ length: 6 }, (_, i) => ({ name: `m${i}`, offset: 100 }));
    const { flags, lanes } = placeFlags(marks, window, 1000, wide, 4);
    expect(flags.map((flag) => flag.lane)).toEqual([0, 1, 2, 3, -1, -1]);
    expect(lanes).toBe(4);
  });
});
