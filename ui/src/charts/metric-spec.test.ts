// A metric as a chart and as a table.
import { describe, expect, it } from 'vitest';
import type { MetricSeries } from '../api/types';
import { metricSpec, metricTable, span } from './metric-spec';

const answer = (values: string[]): MetricSeries => ({
  name: 'http.server.request.duration',
  kind: 'histogram',
  description: '',
  reading: 'p95',
  readings: ['p95'],
  unit: 's',
  range: { from: '', to: '' },
  step_seconds: 60,
  times: ['2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z'],
  groups: values.map((value) => ({ value, series: 1, points: [0.5, null] })),
  left_out: 0,
  truncated: false,
  attributes: [],
  exemplars: [],
});

describe('metricSpec', () => {
  it('has a line for each group, named by its value', () => {
    const spec = metricSpec(answer(['GET', '']), { from: 0, to: 1 });
    expect(spec.lines.map((line) => line.label)).toEqual(['GET', '(none)']);
    expect(spec.times).toEqual([1767225600, 1767225660]);
    expect(spec.format(0.5)).toBe('500\u202fms');
  });
  it('has one line for everything', () => {
    expect(metricSpec(answer(['']), { from: 0, to: 1 }).lines[0]?.label).toBe('all');
  });
});

describe('metricTable', () => {
  it('leaves a cell empty where there is no value', () => {
    expect(metricTable(answer(['GET'])).rows).toEqual([
      ['2026-01-01T00:00:00Z', 0.5],
      ['2026-01-01T00:01:00Z', ''],
    ]);
  });
});

describe('span', () => {
  it('is of what is known', () => {
    expect(span([null, 3, 1, null])).toEqual({ low: 1, high: 3, last: 1 });
    expect(span([null])).toEqual({ low: null, high: null, last: null });
  });
});
