// A spread as the server sends it, as the buckets of a histogram.
import type { Distributions, Metric } from '../../api/types';

export interface Spread {
  metric: Metric;
  thresholds: { good: number; poor: number };
  n: number;
  histogram: { low: number; high: number | null; count: number }[];
}

export function spreadOf(answer: Distributions, value: string): Spread | null {
  const row = answer.rows.find((one) => one.value === value);
  if (!row) return null;
  const last = row.counts.length - 1;
  return {
    metric: answer.metric as Metric,
    thresholds: answer.thresholds,
    n: row.n,
    histogram: row.counts.map((count, i) => ({
      low: i * answer.bin_width,
      high: i === last ? null : (i + 1) * answer.bin_width,
      count,
    })),
  };
}
