// The first sentence says what the data says, and no more.
import { describe, expect, it } from 'vitest';
import type { Breakdown, Metric, Vital } from '../api/types';
import { composeVerdict, type Verdict } from './verdict';

function vital(
  metric: Metric,
  shares: { n: number; poor: number; needs: number; p75: number; before?: number },
): Vital {
  const rating = shares.poor > 0.25 ? 'poor' : shares.poor + shares.needs > 0.25 ? 'needs-improvement' : 'good';
  return {
    metric,
    unit: metric === 'cls' ? '' : 'ms',
    thresholds: { good: 1, poor: 2 },
    n: shares.n,
    effective_n: shares.n,
    p75: shares.p75,
    p75_low: null,
    p75_high: null,
    good: 1 - shares.poor - shares.needs,
    needs_improvement: shares.needs,
    poor: shares.poor,
    good_interval: null,
    poor_interval: null,
    histogram: [],
    previous: { n: shares.before === undefined ? 0 : 400, p75: shares.before ?? null },
    rating,
  };
}

function breakdown(dimension: Breakdown['dimension'], rows: Record<string, { n: number; poor: number }>): Breakdown {
  const none = { n: 0, p75: null, good: 0, needs_improvement: 0, poor: 0 };
  return {
    dimension,
    source: { kind: 'views', quantile_error: 0, sums_until: null },
    other: 0,
    rows: Object.entries(rows).map(([value, { n, poor }]) => ({
      value,
      views: n,
      sessions: n,
      error_rate: 0,
      vitals: {
        lcp: { n, p75: 3000, good: 1 - poor, needs_improvement: 0, poor },
        inp: none,
        cls: none,
        fcp: none,
        ttfb: none,
      },
      transition: { n: 0, p75: null },
    })),
  };
}

const plain = (verdict: Verdict) =>
  verdict.pieces
    .map((piece) => piece.text)
    .join('')
    .replaceAll('\u202f', ' ');
const slow = vital('lcp', { n: 1000, poor: 0.18, needs: 0.2, p75: 3400, before: 3000 });

describe('composeVerdict', () => {
  it('names the route and country that hold most of the poor visits', () => {
    const routes = breakdown('route', { '/product/:id': { n: 400, poor: 0.4 }, '/': { n: 600, poor: 0.033 } });
    const countries = breakdown('country', {
      ID: { n: 300, poor: 0.3 },
      DE: { n: 300, poor: 0.3 },
      SG: { n: 400, poor: 0.0 },
    });
    const verdict = composeVerdict({ vitals: [slow], routes, countries, before: 'the hour before' });
    expect(plain(verdict)).toBe(
      'LCP is poor for 18 % of visits, mostly on /product/:id (40 %) and mostly in Indonesia (30 %).',
    );
    expect(verdict.basis.replaceAll('\u202f', ' ')).toBe(
      'Largest Contentful Paint, p75 3.40 s · n 1,000 · 400 ms slower than the hour before',
    );
  });

  it('names nobody when no group stands out', () => {
    const routes = breakdown('route', { '/a': { n: 500, poor: 0.19 }, '/b': { n: 500, poor: 0.17 } });
    expect(plain(composeVerdict({ vitals: [slow], routes, before: null }))).toBe('LCP is poor for 18 % of visits.');
  });

  it('does not name a group of fewer than twenty, however bad', () => {
    const routes = breakdown('route', { '/tiny': { n: 19, poor: 1 }, '/': { n: 981, poor: 0.16 } });
    expect(plain(composeVerdict({ vitals: [slow], routes, before: null }))).not.toContain('/tiny');
  });

  it('says worst, not mostly, when the group holds less than half', () => {
    const routes = breakdown('route', { '/a': { n: 100, poor: 0.5 }, '/b': { n: 900, poor: 0.144 } });
    expect(plain(composeVerdict({ vitals: [slow], routes, before: null }))).toContain('worst on /a (50 %)');
  });

  it('links the names it mentions to filters', () => {
    const countries = breakdown('country', { ID: { n: 300, poor: 0.5 }, SG: { n: 700, poor: 0.04 } });
    const filters = composeVerdict({ vitals: [slow], countries, before: null }).pieces.flatMap(
      (piece) => piece.filter ?? [],
    );
    expect(filters).toEqual([{ dimension: 'country', value: 'ID' }]);
  });

  it('is glad when all three are good', () => {
    const vitals = (['lcp', 'inp', 'cls'] as const).map((metric) =>
      vital(metric, { n: 500, poor: 0.01, needs: 0.05, p75: metric === 'cls' ? 0.04 : 180 }),
    );
    const verdict = composeVerdict({ vitals, before: null });
    expect(plain(verdict)).toBe('All three Core Web Vitals are good for at least three in four visits.');
    expect(verdict.tone).toBe('good');
  });

  it('refuses to judge fewer than twenty visits', () => {
    const verdict = composeVerdict({ vitals: [vital('lcp', { n: 19, poor: 1, needs: 0, p75: 9000 })], before: null });
    expect(verdict.tone).toBe('none');
    expect(plain(verdict)).toBe('Too few visits in this time to judge.');
  });
});
