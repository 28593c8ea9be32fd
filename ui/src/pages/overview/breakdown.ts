// Who is hurt most: rows in the order of people times badness.
import type { BreakdownRow, Metric } from '../../api/types';
import { sharesOf } from '../../format/vital';

/** Sessions of the row that fared badly: poor counts whole, needs work half. */
export function hurt(row: BreakdownRow, metric: Metric): number {
  const { needs, poor } = sharesOf(row.vitals[metric]);
  return row.sessions * (poor + needs / 2);
}

export function sortByHurt(rows: BreakdownRow[], metric: Metric): BreakdownRow[] {
  return [...rows].sort((a, b) => hurt(b, metric) - hurt(a, metric) || b.views - a.views);
}
