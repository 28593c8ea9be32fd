// The choice of metrics beside a trace.
import { describe, expect, it } from 'vitest';
import type { Metrics } from '../../../api/types';
import { aroundOf, metricsBeside, SHOWN_MAX } from './around';

const metric = (name: string, service: string): Metrics['metrics'][number] => ({
  name,
  service,
  kind: 'gauge',
  unit: '',
  description: '',
  series: 1,
  points: 1,
  last_time: '',
  last_value: null,
  last_count: null,
  last_sum: null,
});

describe('metricsBeside', () => {
  it('takes those of the services of the trace, the telling ones first, three of each', () => {
    const names = ['a.b', 'process.cpu.time', 'http.server.request.duration', 'db.client.operation.duration'];
    const metrics = [...names.map((name) => metric(name, 'cart')), metric('x', 'other')];
    expect(metricsBeside(metrics, new Set(['cart'])).map(({ name }) => name)).toEqual([
      'http.server.request.duration',
      'db.client.operation.duration',
      'process.cpu.time',
    ]);
  });
  it('is bounded however many services there are', () => {
    const services = Array.from({ length: 50 }, (_, i) => `s${i}`);
    const metrics = services.map((service) => metric('http.server.request.duration', service));
    expect(metricsBeside(metrics, new Set(services))).toHaveLength(SHOWN_MAX);
  });
});

describe('aroundOf', () => {
  it('is a quarter of an hour to each side, in whole minutes', () => {
    expect(aroundOf(3_600_500, 3_601_000)).toEqual({ from: 2_700_000, to: 4_560_000 });
  });
});
