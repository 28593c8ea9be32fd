// How long data is kept, as the fields of a form, and back.
import type { Retention } from '../../../api/types';
import { plural } from '../../../format/text';
import { readNumber, type Typed, writeNumber } from '../../../state/form';

export const KINDS = [
  ['views_days', 'Views', 'visits to pages with their vitals'],
  ['events_days', 'Events', 'clicks, errors, and events of your own'],
  ['spans_days', 'Spans', 'traces, of browsers and services'],
  ['logs_days', 'Logs', 'of services'],
  ['metrics_days', 'Metrics', 'of services'],
] as const;
type Kind = (typeof KINDS)[number][0];

export interface Longer {
  /** Of the row on the screen alone. */
  id: number;
  kind: 'route' | 'event';
  name: string;
  days: string;
}

export interface RetentionForm {
  days: Record<Kind, string>;
  /** Days of the flows that sampling calls high-value; empty is as the rest. */
  highValue: string;
  longer: Longer[];
}

const DAYS = { min: 1, max: 3650, empty: null };
const LONGER_AT_MOST = 50;
export { LONGER_AT_MOST };

let last = 0;

export function newLonger(kind: 'route' | 'event' = 'route', name = '', days = ''): Longer {
  last += 1;
  return { id: last, kind, name, days };
}

export function retentionForm(retention: Retention): RetentionForm {
  const days = Object.fromEntries(KINDS.map(([kind]) => [kind, writeNumber(retention[kind])])) as Record<Kind, string>;
  const longer = (retention.longer ?? []).map((flow) =>
    newLonger(flow.event == null ? 'route' : 'event', flow.event ?? flow.route ?? '', writeNumber(flow.days)),
  );
  return { days, highValue: writeNumber(retention.high_value_days), longer };
}

/** Errors are by kind, and by row as `longer-ID`. */
export function readRetention(form: RetentionForm, saved: Retention): Typed<Retention> {
  const errors: Record<string, string> = {};
  const value: Retention = { ...saved, longer: [] };
  for (const [kind] of KINDS) {
    const read = readNumber(form.days[kind], DAYS);
    if ('error' in read) errors[kind] = read.error;
    else value[kind] = read.value ?? value[kind] ?? 30;
  }
  const high = readNumber(form.highValue, { ...DAYS, empty: 'as the rest' });
  if ('error' in high) errors['high_value_days'] = high.error;
  else value.high_value_days = high.value;
  for (const flow of form.longer) {
    const name = flow.name.trim();
    if (name === '' && flow.days.trim() === '') continue;
    const read = readNumber(flow.days, DAYS);
    if (name === '') errors[`longer-${flow.id}`] = `Name the ${flow.kind}.`;
    else if ('error' in read) errors[`longer-${flow.id}`] = `Days: ${read.error}`;
    else {
      const [route, event] = flow.kind === 'route' ? [name, null] : [null, name];
      value.longer.push({ route, event, days: read.value ?? 1 });
    }
  }
  return { value, errors };
}

export function describeRetention(retention: Retention): Record<string, string> {
  const inDays = (days: number | undefined) => `${days ?? 30} ${plural(days ?? 30, 'day')}`;
  const kinds = KINDS.map(([kind, word]) => [word, inDays(retention[kind])]);
  const longer = (retention.longer ?? []).map((flow) => [
    flow.event == null ? `Route ${flow.route}` : `Event ${flow.event}`,
    inDays(flow.days),
  ]);
  const high = retention.high_value_days == null ? 'as the rest' : inDays(retention.high_value_days);
  return Object.fromEntries([...kinds, ['High-value flows', high], ...longer]) as Record<string, string>;
}

/** Whether anything is kept for less time than before, so that rows may go that would have stayed. */
export function keepsLess(before: Retention, after: Retention): boolean {
  if (KINDS.some(([kind]) => (after[kind] ?? 30) < (before[kind] ?? 30))) return true;
  if ((after.high_value_days ?? 0) < (before.high_value_days ?? 0)) return true;
  const keyOf = (flow: { route?: string | null; event?: string | null }) =>
    JSON.stringify([flow.route ?? null, flow.event ?? null]);
  const days = new Map((after.longer ?? []).map((flow) => [keyOf(flow), flow.days]));
  return (before.longer ?? []).some((flow) => (days.get(keyOf(flow)) ?? 0) < flow.days);
}
