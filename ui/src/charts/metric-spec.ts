// A metric as a chart over time and as a table: one line per group.
import type { MetricSeries } from '../api/types';
import type { TextTable } from '../format/copy';
import { formatMetric } from '../format/metric';
import { shorten } from '../format/text';
import type { ChartSpec } from './time-chart';

const COLOURS = 7;
/** Beside its line a name takes room from the chart. */
const LABEL_LETTERS = 24;

/** `bare` leaves the names to a legend. */
export function metricSpec(answer: MetricSeries, range: { from: number; to: number }, bare = false): ChartSpec {
  return {
    times: answer.times.map((time) => Date.parse(time) / 1000),
    lines: answer.groups.map((group, index) => ({
      label: shorten(nameOfGroup(group.value, answer), LABEL_LETTERS),
      values: group.points,
      colour: `--own-${index % COLOURS}`,
      width: 2,
    })),
    range,
    bare,
    format: (value) => formatMetric(answer.unit, value),
  };
}

/** A group without a value is everything, or what has no such attribute. */
export function nameOfGroup(value: string, { groups }: Pick<MetricSeries, 'groups'>): string {
  if (value !== '') return shorten(value, 40);
  return groups.length > 1 ? '(none)' : 'all';
}

export function metricTable(answer: MetricSeries): TextTable {
  return {
    columns: ['Time', ...answer.groups.map((group) => nameOfGroup(group.value, answer))],
    rows: answer.times.map((time, at) => [time, ...answer.groups.map((group) => group.points[at] ?? '')]),
  };
}

/** The ends of a line, and where it is now. */
export function span(points: readonly (number | null)[]): {
  low: number | null;
  high: number | null;
  last: number | null;
} {
  const known = points.filter((point): point is number => point !== null);
  if (known.length === 0) return { low: null, high: null, last: null };
  return { low: Math.min(...known), high: Math.max(...known), last: known.at(-1) ?? null };
}
