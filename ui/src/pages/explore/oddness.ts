// Which values of a dimension differ from the rest, and how odd that makes the dimension.
import type { Breakdown, BreakdownRow, Metric } from '../../api/types';
import { ENOUGH } from '../../format/number';
import type { Dimension } from '../../state/report';

export type Judged = Metric | 'errors';

export interface OddValue {
  value: string;
  n: number;
  /** Share of bad views: poor ones, or those with an error. */
  bad: number;
  /** The same of all other values together; null when there are none. */
  rest: number | null;
  p75: number | null;
  /** Bad views beyond what the share of the rest would give. */
  excess: number;
  /** The difference in standard errors; null where too few are compared. */
  z: number | null;
  odd: boolean;
}

export interface OddDimension {
  dimension: Dimension;
  values: OddValue[];
  /** Share of all bad views that is in excess in its oddest value, 0 when none is odd. */
  score: number;
}

/** So many standard errors: of some hundred values that are compared at once, chance alone rarely makes one. */
const ODD_FROM = 4;
/** Bad views of a value are to be this many times as frequent as in the rest. */
const WORSE_BY = 1.2;

function counted(row: BreakdownRow, judged: Judged): { n: number; bad: number; p75: number | null } {
  if (judged === 'errors') return { n: row.views, bad: row.error_rate, p75: null };
  const vital = row.vitals[judged];
  return { n: vital.n, bad: vital.poor ?? 0, p75: vital.p75 ?? null };
}

/** Two shares are compared as independent binomials with their common variance. */
export function oddness(answer: Breakdown, judged: Judged): OddDimension {
  const rows = answer.rows.map((row) => ({ value: row.value, ...counted(row, judged) })).filter((row) => row.n > 0);
  const all = rows.reduce((sum, row) => sum + row.n, 0);
  const allBad = rows.reduce((sum, row) => sum + row.n * row.bad, 0);
  const values = rows.map((row): OddValue => {
    const others = all - row.n;
    const rest = others > 0 ? (allBad - row.n * row.bad) / others : null;
    const excess = rest === null ? 0 : row.n * (row.bad - rest);
    const common = all > 0 ? allBad / all : 0;
    const error = rest === null ? 0 : Math.sqrt(common * (1 - common) * (1 / row.n + 1 / others));
    const z = rest === null || row.n < ENOUGH || others < ENOUGH || error === 0 ? null : (row.bad - rest) / error;
    const odd = z !== null && rest !== null && z >= ODD_FROM && row.bad >= rest * WORSE_BY;
    return { ...row, rest, excess, z, odd };
  });
  values.sort(
    (a, b) => Number(b.odd) - Number(a.odd) || Number(b.n >= ENOUGH) - Number(a.n >= ENOUGH) || b.excess - a.excess,
  );
  const most = Math.max(0, ...values.filter((value) => value.odd).map((value) => value.excess));
  return { dimension: answer.dimension as Dimension, values, score: allBad > 0 ? most / allBad : 0 };
}

export function ranked(answers: Breakdown[], judged: Judged): OddDimension[] {
  return answers
    .map((answer) => oddness(answer, judged))
    .sort((a, b) => b.score - a.score || b.values.length - a.values.length);
}
