// Who is hurt most: rows in the order of people times badness.
import type { BreakdownRow, Metric } from '../../api/types';

/** Sessions of the row that fared badly: poor counts whole, needs work half. */
export function hurt(row: BreakdownRow, metric: Metric): number {
  const vital = row.vitals[metric];
  return row.sessions * (vital.poor + vital.needs_improvement / 2);
}

export function sortByHurt(rows: BreakdownRow[], metric: Metric): BreakdownRow[] {
  return [...rows].sort((a, b) => hurt(b, metric) - hurt(a, metric) || b.views - a.views);
}
