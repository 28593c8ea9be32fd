// The URL is the state: what goes in comes out, and nonsense falls back to the defaults.
import { describe, expect, it } from 'vitest';
import { formatReport, parseExtra, parseReport, resolveRange, withFilter, withoutFilter } from './report';

describe('parseReport', () => {
  it('shows the last hour of the first app when the query is empty', () => {
    const report = parseReport('');
    expect(report).toEqual({ app: null, range: { kind: 'last', last: '1h' }, filters: [], compare: true, live: false });
  });

  it('keeps a colon inside a filter value', () => {
    const report = parseReport('?filter=route:/product/:id');
    expect(report.filters).toEqual([{ dimension: 'route', value: '/product/:id' }]);
  });

  it('keeps an empty filter value, which means unknown', () => {
    expect(parseReport('?filter=country:').filters).toEqual([{ dimension: 'country', value: '' }]);
  });

  it('ignores unknown dimensions, unknown ranges and repeated filters', () => {
    const report = parseReport('?last=toString&filter=shoe:1&filter=os:iOS&filter=os:iOS&filter=plain');
    expect(report.range).toEqual({ kind: 'last', last: '1h' });
    expect(report.filters).toEqual([{ dimension: 'os', value: 'iOS' }]);
  });

  it('refuses a range that ends before it begins', () => {
    const report = parseReport('?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z');
    expect(report.range.kind).toBe('last');
  });
});

describe('formatReport', () => {
  it('comes back the same after a round trip', () => {
    const search =
      '?app=shop&from=2026-11-01T00%3A00%3A00.000Z&to=2026-11-02T00%3A00%3A00.000Z&filter=country%3AID&filter=country%3AMY&compare=off&live=on';
    expect(formatReport(parseReport(search))).toBe(search);
  });

  it('leaves defaults out, so that a plain page has a plain address', () => {
    expect(formatReport(parseReport('?last=1h&compare=on&live=off'))).toBe('');
  });

  it('adds what the page keeps for itself', () => {
    expect(formatReport(parseReport('?last=24h'), { metric: 'inp', by: null })).toBe('?last=24h&metric=inp');
    expect(parseExtra('?last=24h&metric=inp')).toEqual({ metric: 'inp' });
  });
});

describe('ranges and filters', () => {
  it('counts a relative range back from now', () => {
    expect(resolveRange({ kind: 'last', last: '15m' }, 1_000_000_000)).toEqual({
      from: 999_100_000,
      to: 1_000_000_000,
    });
  });

  it('removes exactly the filter that was named', () => {
    const filters = withFilter(withFilter([], { dimension: 'os', value: 'iOS' }), {
      dimension: 'os',
      value: 'Android',
    });
    expect(withoutFilter(filters, { dimension: 'os', value: 'iOS' })).toEqual([{ dimension: 'os', value: 'Android' }]);
  });
});
