// The list of log records: joining what arrives, and building searches by clicking.
import type { Logs } from '../../api/types';

export type LogItem = Logs['logs'][number];
export type Level = LogItem['level'];

/** From the most severe down, as the chart stacks them. */
export const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unset'] as const satisfies readonly Level[];

/** As many as are kept while a tail runs; the oldest go first. */
export const KEPT_AT_MOST = 1000;

export function keyOf(log: LogItem): string {
  return `${log.time} ${log.id}`;
}

/** Joins two stretches of the list, newest first, each record once. */
export function joinLogs(first: readonly LogItem[], second: readonly LogItem[]): LogItem[] {
  const known = new Set(first.map(keyOf));
  return [...first, ...second.filter((log) => !known.has(keyOf(log)))];
}

/** Puts what a tail brought before the list: by time, as records may arrive later than they were written. */
export function prependTail(list: readonly LogItem[], tail: readonly LogItem[]): LogItem[] {
  const joined = joinLogs(tail, list);
  joined.sort((a, b) => compare(momentOf(b), momentOf(a)) || compare(b.id, a.id));
  return joined.slice(0, KEPT_AT_MOST);
}

/** Without the zone, which is always UTC, times of any precision are in the order of their texts. */
const momentOf = (log: LogItem) => log.time.replace('Z', '');
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The search with a term for a field's value added, or taken away when it is there. */
export function toggleTerm(search: string, field: string, value: string, not = false): string {
  const term = `${not ? '-' : ''}${field}:${quoted(value)}`;
  const padded = ` ${search.trim()} `;
  if (padded.includes(` ${term} `)) return padded.replace(` ${term} `, ' ').trim();
  return `${search.trim()} ${term}`.trim();
}

/** A value as the search takes it: in quotation marks when it could be read otherwise. */
export function quoted(value: string): string {
  return /^[\p{L}\p{N}._/-]+$/u.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/** What stands in the row when there is no text: the name of the event. */
export function lineOf(log: LogItem): string {
  if (log.event_name && log.body) return `${log.event_name}  ${log.body}`;
  return log.body || log.event_name;
}

/** The thousandths behind a clock's seconds. */
export function millisOf(time: string): string {
  return `.${String(new Date(time).getMilliseconds()).padStart(3, '0')}`;
}

export interface Bar {
  time: number;
  total: number;
  /** From the bottom up, the share of the highest bar. */
  parts: { level: Level; count: number; from: number; share: number }[];
}

type Point = Record<Level, number> & { time: string };

/** The bars of the chart: severe levels at the bottom, where they can be compared. */
export function barsOf(points: readonly Point[]): Bar[] {
  const totals = points.map((point) => LEVELS.reduce((sum, level) => sum + point[level], 0));
  const highest = Math.max(1, ...totals);
  return points.map((point, index) => {
    let below = 0;
    const parts = LEVELS.filter((level) => point[level] > 0).map((level) => {
      const part = { level, count: point[level], from: below / highest, share: point[level] / highest };
      below += point[level];
      return part;
    });
    return { time: Date.parse(point.time), total: totals[index] ?? 0, parts };
  });
}
