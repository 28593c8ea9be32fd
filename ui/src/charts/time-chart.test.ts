// The parts of the time chart that are arithmetic.
import { describe, expect, it } from 'vitest';
import { formatTick, spreadLabels, yRange } from './time-chart';

describe('spreadLabels', () => {
  it('leaves labels that are apart where they are', () => {
    expect(spreadLabels([10, 100, 50], 14)).toEqual([10, 100, 50]);
  });

  it('moves labels that would cover each other apart, keeping their order', () => {
    expect(spreadLabels([20, 12, 15], 14)).toEqual([40, 12, 26]);
  });
});

describe('yRange', () => {
  it('begins at zero and keeps the good threshold in view', () => {
    const [low, high] = yRange({ thresholds: { good: 2500, poor: 4000 } }, 300, 400);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(2500);
  });

  it('has a height even when there is nothing', () => {
    expect(yRange({}, null, null)).toEqual([0, 1]);
  });
});

describe('formatTick', () => {
  it.each([
    ['5.00 s', '5 s'],
    ['2.50 s', '2.5 s'],
    ['10.0 s', '10 s'],
    ['200 ms', '200 ms'],
    ['0.10', '0.1'],
  ])('shortens %s to %s', (long, short) => {
    expect(formatTick(1, () => long)).toBe(short);
  });
});
