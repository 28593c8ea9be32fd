// The interval of a share is as wide as its sample is small, and never leaves 0 to 1.
import { describe, expect, it } from 'vitest';
import { intervalOfShare } from './interval';

describe('the interval of a share', () => {
  it('is the one that Wilson gives', () => {
    const found = intervalOfShare(0.2, 100);
    expect(found?.from).toBeCloseTo(0.1334, 3);
    expect(found?.to).toBeCloseTo(0.2888, 3);
  });

  it('is not certain of nothing or of all because a few were so', () => {
    expect(intervalOfShare(0, 10)).toMatchObject({ from: 0 });
    expect(intervalOfShare(0, 10)?.to).toBeGreaterThan(0.2);
    expect(intervalOfShare(1, 10)?.from).toBeLessThan(0.8);
    expect(intervalOfShare(1, 10)?.to).toBeCloseTo(1);
  });

  it('is absent where nobody was counted', () => {
    expect(intervalOfShare(0, 0)).toBeNull();
  });
});
