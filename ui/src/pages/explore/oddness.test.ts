// What stands out is found, what chance can do is not, and small samples are never called odd.
import { describe, expect, it } from 'vitest';
import type { Breakdown, BreakdownRow } from '../../api/types';
import { oddness, ranked } from './oddness';

function row(value: string, n: number, poor: number, error_rate = 0): BreakdownRow {
  const vital = { n, p75: 3000, good: 1 - poor, needs_improvement: 0, poor };
  const none = { n: 0, p75: null, good: null, needs_improvement: null, poor: null };
  return {
    value,
    views: n,
    sessions: n,
    error_rate,
    vitals: { lcp: vital, inp: none, cls: none, fcp: none, ttfb: none },
    transition: { n: 0, p75: null },
  };
}
const answer = (dimension: Breakdown['dimension'], rows: BreakdownRow[]): Breakdown => ({
  dimension,
  rows,
  other: 0,
  source: { kind: 'views', quantile_error: 0, sums_until: null },
});

describe('oddness', () => {
  it('finds the value that differs, against all others', () => {
    const { values, score } = oddness(answer('browser', [row('Chrome', 900, 0.1), row('Firefox', 100, 0.6)]), 'lcp');
    expect(values.map(({ value, odd, rest }) => [value, odd, rest])).toEqual([
      ['Firefox', true, 0.1],
      ['Chrome', false, 0.6],
    ]);
    expect(score).toBeCloseTo(50 / 150);
  });
  it('leaves alone what chance can do', () => {
    expect(oddness(answer('os', [row('Linux', 400, 0.11), row('macOS', 400, 0.09)]), 'lcp').score).toBe(0);
  });
  it('calls no small sample odd, and puts it last', () => {
    const { values } = oddness(
      answer('country', [row('XX', 19, 1), row('DE', 500, 0.05), row('FR', 500, 0.05)]),
      'lcp',
    );
    expect([values.at(-1)?.value, values.at(-1)?.odd]).toEqual(['XX', false]);
  });
  it('compares nobody with nobody', () => {
    const { values, score } = oddness(answer('device', [row('mobile', 500, 0.5)]), 'lcp');
    expect([values[0]?.rest, values[0]?.z, score]).toEqual([null, null, 0]);
  });
  it('judges by errors too', () => {
    const rows = [row('1.42', 200, 0, 0.4), row('1.41', 800, 0, 0.02)];
    expect(oddness(answer('release', rows), 'errors').values[0]).toMatchObject({ value: '1.42', odd: true });
  });
});

describe('ranked', () => {
  it('puts the oddest dimension first', () => {
    const quiet = answer('os', [row('Linux', 500, 0.2), row('macOS', 500, 0.2)]);
    const odd = answer('browser', [row('Chrome', 900, 0.1), row('Firefox', 100, 0.9)]);
    expect(ranked([quiet, odd], 'lcp').map(({ dimension }) => dimension)).toEqual(['browser', 'os']);
  });
});
