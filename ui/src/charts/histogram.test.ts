// The histogram keeps its bands in view and its bars inside.
import { describe, expect, it } from 'vitest';
import { layoutHistogram } from './histogram';

const thresholds = { good: 2500, poor: 4000 };

describe('layoutHistogram', () => {
  it('always shows where poor begins, even when every visit was fast', () => {
    const layout = layoutHistogram([{ low: 0, high: 250, count: 9 }], thresholds, 200);
    expect(layout.poorFrom).toBeLessThan(100);
    expect(layout.end).toBe(4600);
  });

  it('gives the fullest bucket the full height', () => {
    const layout = layoutHistogram(
      [
        { low: 0, high: 500, count: 5 },
        { low: 500, high: 1000, count: 20 },
      ],
      thresholds,
      null,
    );
    expect(layout.bars.map((bar) => bar.share)).toEqual([0.25, 1]);
  });

  it('piles up what lies beyond the axis at its end', () => {
    const layout = layoutHistogram([{ low: 60_000, high: 61_000, count: 1 }], thresholds, null);
    expect(layout.end).toBe(8800);
    expect(layout.bars[0]?.x).toBe(98);
  });
});
