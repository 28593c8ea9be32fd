// The list of traces as pages of it arrive: in the server's order, each trace once.
import type { Traces } from '../../api/types';

export type TraceSummary = Traces['traces'][number];

/** Joins two stretches of the list; where both have a trace, the first one's word counts. */
export function joinTraces(first: readonly TraceSummary[], second: readonly TraceSummary[]): TraceSummary[] {
  const known = new Set(first.map((trace) => trace.trace_id));
  return [...first, ...second.filter((trace) => !known.has(trace.trace_id))];
}

/** The share of the slowest trace's duration, and never nothing: a bar that cannot be seen says "none". */
export function barShare(duration: number, slowest: number): number {
  return slowest > 0 ? Math.max(0.01, Math.min(1, duration / slowest)) : 0.01;
}
