// Bins become buckets with edges; the last one is open.
import { describe, expect, it } from 'vitest';
import { spreadOf } from './spread';

const answer = {
  dimension: 'route' as const,
  metric: 'lcp' as const,
  thresholds: { good: 2500, poor: 4000 },
  bin_width: 250,
  rows: [{ value: '/', n: 3, counts: [0, 2, 1] }],
};

describe('spreadOf', () => {
  it('has edges, and no end', () => {
    expect(spreadOf(answer, '/')?.histogram).toEqual([
      { low: 0, high: 250, count: 0 },
      { low: 250, high: 500, count: 2 },
      { low: 500, high: null, count: 1 },
    ]);
  });
  it('is nothing for a value that nobody measured', () => {
    expect(spreadOf(answer, '/cart')).toBeNull();
  });
});
