// Who is hurt most: rows in the order of people times badness.
import type { BreakdownRow, Metric } from '../../api/types';
import { ENOUGH } from '../../format/number';
import { sharesOf } from '../../format/vital';

/** Sessions of the row that fared badly: poor counts whole, needs work half. */
export function hurt(row: BreakdownRow, metric: Metric): number {
  const { needs, poor } = sharesOf(row.vitals[metric]);
  return row.sessions * (poor + needs / 2);
}

/** Rows that too few stand behind come last, by size: their badness is not known. */
export function sortByHurt(rows: BreakdownRow[], metric: Metric): BreakdownRow[] {
  const score = (row: BreakdownRow) => (row.vitals[metric].n < ENOUGH ? -1 : hurt(row, metric));
  return [...rows].sort((a, b) => score(b) - score(a) || b.views - a.views);
}
