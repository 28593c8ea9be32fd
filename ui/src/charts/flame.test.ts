// Spans of a flame view lie by depth and never over each other, and however many there are, few are drawn.
import { describe, expect, it } from 'vitest';
import { boxesOf, layFlame, spanAt } from './flame';

const span = (id: string, depth: number, offset: number, duration: number) => ({ id, depth, offset, duration });
const trace = [
  span('root', 0, 0, 100),
  span('a', 1, 10, 30),
  span('a1', 2, 12, 5),
  span('b', 1, 20, 30),
  span('c', 1, 60, 20),
];

describe('the rows of a flame view', () => {
  it('are the depths, with one more where spans run at the same time', () => {
    const { rows, rowOf } = layFlame(trace);
    expect(rows).toEqual([[0], [1, 4], [3], [2]]);
    expect([...rowOf]).toEqual([0, 1, 3, 2, 1]);
  });

  it('never hold two spans that overlap, and hold every span once', () => {
    let seed = 7;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const many = Array.from({ length: 50_000 }, (_, i) =>
      span(String(i), 1 + Math.floor(random() * 12), random() * 1e6, random() * 500),
    );
    const { rows, rowOf } = layFlame(many);
    let held = 0;
    let overlaps = 0;
    let shallower = 0;
    rows.forEach((row, at) => {
      let end = -Infinity;
      for (const index of row) {
        const one = many[index];
        if (!one || rowOf[index] !== at) continue;
        held += 1;
        if (one.offset < end) overlaps += 1;
        end = one.offset + one.duration;
      }
      const [depth, before] = [many[row[0] ?? -1]?.depth ?? 0, many[rows[at - 1]?.[0] ?? -1]?.depth ?? 0];
      if (depth < before) shallower += 1;
    });
    expect([held, overlaps, shallower]).toEqual([50_000, 0, 0]);
  });

  it('has no rows without spans', () => {
    expect(layFlame([]).rows).toEqual([]);
  });
});

describe('what is drawn', () => {
  it('is what lies in the window, cut to it', () => {
    expect(boxesOf([1, 4], trace, { from: 20, to: 60 }, 400)).toEqual([
      { index: 1, left: 0, width: 200 },
      { index: 4, left: 400, width: 1 },
    ]);
    expect(boxesOf([1], trace, { from: 50, to: 60 }, 400)).toEqual([]);
  });

  it('is not more than there are pixels', () => {
    const row = Array.from({ length: 50_000 }, (_, i) => span(String(i), 0, i, 0.9));
    const places = row.map((_, i) => i);
    const boxes = boxesOf(places, row, { from: 0, to: 50_000 }, 800);
    expect(boxes.length).toBeGreaterThan(400);
    expect(boxes.length).toBeLessThanOrEqual(801);
    expect(boxesOf(places, row, { from: 100, to: 110 }, 800).length).toBeLessThanOrEqual(12);
  });
});

describe('the pointer', () => {
  it('finds the span under it, and a thin one beside it', () => {
    expect(spanAt([1, 4], trace, 30, 0)).toBe(1);
    expect(spanAt([1, 4], trace, 50, 2)).toBeNull();
    expect(spanAt([1, 4], trace, 59, 2)).toBe(4);
    expect(spanAt([1, 4], trace, 90, 2)).toBeNull();
  });
});
