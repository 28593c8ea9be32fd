// What a group of requests says in words: its statuses, where its time goes.
import type { Requests } from '../../api/types';

export type Called = Requests['requests'][number];

export const ORDERS = [
  ['waited', 'Waited in total'],
  ['requests', 'Most requests'],
  ['p75', 'Slowest at p75'],
  ['p95', 'Slowest at p95'],
  ['failed', 'Most failures'],
] as const;

const PHASES = [
  ['dns', 'DNS', '--own-0'],
  ['tcp', 'TCP', '--own-1'],
  ['tls', 'TLS', '--own-2'],
  ['wait', 'Server', '--own-3'],
  ['response', 'Download', '--own-5'],
] as const;

export interface Phase {
  name: string;
  colour: string;
  millis: number;
}

/** The parts that the browser tells, in the order they happen; those that took no time are left out. */
export function phasesOf(called: Pick<Called, 'phases'>): Phase[] {
  return PHASES.flatMap(([key, name, colour]) => {
    const millis = called.phases[key];
    return millis === null || millis <= 0 ? [] : [{ name, colour, millis }];
  });
}

/** "2xx 96 %, 5xx 4 %": the statuses that are not all there is, most frequent first. */
export function sayStatuses(called: Pick<Called, 'statuses' | 'requests'>): string {
  const all = Object.entries(called.statuses).sort(([, one], [, other]) => other - one);
  if (called.requests <= 0) return '';
  return all.map(([name, count]) => `${name} ${Math.max(1, Math.round((100 * count) / called.requests))} %`).join(', ');
}
