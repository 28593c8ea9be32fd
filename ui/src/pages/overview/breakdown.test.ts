// The order of the table on the overview.
import { describe, expect, it } from 'vitest';
import type { BreakdownRow } from '../../api/types';
import { sortByHurt } from './breakdown';

function row(value: string, sessions: number, poor: number, needs = 0): BreakdownRow {
  const vital = { n: sessions, p75: 1, good: 1 - poor - needs, needs_improvement: needs, poor };
  return {
    value,
    views: sessions,
    sessions,
    error_rate: 0,
    vitals: { lcp: vital, inp: vital, cls: vital, fcp: vital, ttfb: vital },
    transition: { n: 0, p75: null },
  };
}

describe('sortByHurt', () => {
  it('puts many slightly hurt people before few badly hurt ones', () => {
    const rows = sortByHurt([row('few', 20, 0.9), row('many', 1000, 0.02)], 'lcp');
    expect(rows.map((one) => one.value)).toEqual(['many', 'few']);
  });

  it('puts those that too few stand behind last, the larger first', () => {
    const rows = sortByHurt([row('three', 3, 1), row('nineteen', 19, 1), row('fine', 500, 0)], 'lcp');
    expect(rows.map((one) => one.value)).toEqual(['fine', 'nineteen', 'three']);
  });

  it('counts needs work half', () => {
    const rows = sortByHurt([row('needs', 100, 0, 0.4), row('poor', 100, 0.3)], 'lcp');
    expect(rows[0]?.value).toBe('poor');
  });
});
