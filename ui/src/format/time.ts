// Instants and spans of time in the viewer's zone, with UTC for the hover.
import { type Last, LAST_SECONDS, type Range } from '../state/report';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayAndMinute = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

const DAY_MILLIS = 86_400_000;
const RANGE_NAMES = { '15m': '15 minutes', '1h': 'hour', '6h': '6 hours', '24h': '24 hours', '7d': '7 days' } as const;

export function formatClock(instant: number | string): string {
  return clock.format(new Date(instant));
}

/** With the day when it is not today. */
export function formatInstant(instant: number | string, now = Date.now()): string {
  const date = new Date(instant);
  return day.format(date) === day.format(now) ? clock.format(date) : dayAndMinute.format(date);
}

export function formatUtc(instant: number | string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return 'unknown time';
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** For a time axis: clock within a day or two, dates beyond. */
export function formatAxis(instant: number, lengthMillis: number): string {
  if (lengthMillis <= 5 * 60_000) return clock.format(instant);
  if (lengthMillis <= 2 * DAY_MILLIS) return minute.format(instant);
  return day.format(instant);
}

/** "2 s", "4 min", "3 h", "2 days": how long ago, without the word ago. */
export function formatAge(millis: number): string {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

export function formatRange(range: Range): string {
  if (range.kind === 'last') return `Last ${RANGE_NAMES[range.last]}`;
  return `${dayAndMinute.format(range.from)} – ${dayAndMinute.format(range.to)}`;
}

/** The period before one of this length, as the words after "than": "the hour before". */
export function formatBefore(lengthMillis: number): string {
  const last = (Object.keys(LAST_SECONDS) as Last[]).find((name) => LAST_SECONDS[name] * 1000 === lengthMillis);
  return last ? `the ${RANGE_NAMES[last]} before` : 'the period before';
}

/** For `<input type="datetime-local">`, which speaks local time without a zone. */
export function toLocalInput(instant: number): string {
  const shifted = new Date(instant - new Date(instant).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
