// Where things lie on a track drawn to scale: the window, the ticks, rows for bars that overlap and rows for flags that would collide.
import { formatDuration } from '../format/number';

/** A stretch of time in milliseconds from the start of what the track shows. */
export interface Window {
  from: number;
  to: number;
}

export interface Flag {
  key: string;
  at: number;
  label: string;
}

const TICK_STEPS = [1, 2, 5];
const SPACE = '\u202f';
const BREATH = 1.04;
const QUIET_IS_WORTH_CUTTING = 1.6;
const WINDOW_AT_LEAST_MILLIS = 100;

/** The share of the window at which an instant lies, kept inside it. */
export function placeOf(at: number, { from, to }: Window): number {
  if (!(to > from)) return 0;
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

export function isInside(start: number, end: number, { from, to }: Window): boolean {
  return end >= from && start <= to;
}

/**
 * The window of a whole chapter. When nothing happened for a long time at its end, that quiet is left out and its length told,
 * because a page left open over lunch would squeeze everything else into one pixel.
 */
export function windowOf(moments: number[], duration: number | null): { window: Window; quiet: number } {
  const last = moments.reduce((latest, moment) => Math.max(latest, moment), 0);
  const first = moments.reduce((earliest, moment) => Math.min(earliest, moment), 0);
  const busy = Math.max(WINDOW_AT_LEAST_MILLIS, last * BREATH);
  const whole = Math.max(duration ?? 0, busy);
  if (last > 0 && whole > busy * QUIET_IS_WORTH_CUTTING)
    return { window: { from: first, to: busy }, quiet: whole - busy };
  return { window: { from: first, to: whole }, quiet: 0 };
}

/** Round instants for an axis, at most `most` of them. */
export function ticksOf({ from, to }: Window, most: number): number[] {
  const length = to - from;
  if (!(length > 0) || most < 1) return [];
  const step = roundStep(length / most);
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step); i * step <= to; i += 1) ticks.push(i * step);
  return ticks;
}

/** "500 ms", "1.5 s", "2 s", "1:30 min": an axis needs no zeros behind the point. */
export function formatTick(millis: number): string {
  if (millis === 0) return '0';
  if (Math.abs(millis) < 1000) return `${Number(millis.toFixed(1))}${SPACE}ms`;
  if (Math.abs(millis) < 60_000) return `${Number((millis / 1000).toFixed(2))}${SPACE}s`;
  return formatDuration(millis);
}

function roundStep(least: number): number {
  const minute = 60_000;
  if (least > minute) return niceSteps(least / minute) * minute;
  if (least > 20_000) return least <= 30_000 ? 30_000 : minute;
  return niceSteps(least);
}

function niceSteps(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = TICK_STEPS.find((factor) => factor * power >= least) ?? 10;
  return step * power;
}

/**
 * The row of each bar, so that none covers another: the first row that is free when it begins. Beyond `most` rows they share the
 * last one, which is honest about a crowd and keeps the track small.
 */
export function rowsOf(bars: { start: number; end: number }[], most: number, gap = 0): number[] {
  const free: number[] = [];
  return bars.map(({ start, end }) => {
    let row = free.findIndex((until) => until <= start);
    if (row < 0) row = Math.min(free.length, most - 1);
    free[row] = Math.max(free[row] ?? -Infinity, end + gap);
    return row;
  });
}

export interface PlacedFlag<F extends Flag> {
  flag: F;
  /** Pixels from the left edge to the pole. */
  x: number;
  row: number;
  /** The label hangs to the left of its pole because the right edge is near. */
  left: boolean;
}

/**
 * Flags with labels that do not cover each other: each takes the lowest row that has room for its words. The latest is placed
 * first, so that the pole of an earlier, raised flag goes down beside the words of the later one and not through them.
 */
export function placeFlags<F extends Flag>(
  flags: F[],
  window: Window,
  width: number,
  widthOf: (flag: F) => number,
): PlacedFlag<F>[] {
  const taken: { from: number; to: number }[][] = [];
  return [...flags]
    .sort((a, b) => b.at - a.at)
    .map((flag) => {
      const x = placeOf(flag.at, window) * width;
      const wide = widthOf(flag);
      const left = x + wide > width && x - wide >= 0;
      const span = left ? { from: x - wide, to: x } : { from: x, to: x + wide };
      let row = taken.findIndex((spans) => spans.every((other) => span.to <= other.from || span.from >= other.to));
      if (row < 0) row = taken.length;
      (taken[row] ??= []).push(span);
      return { flag, x, row, left };
    });
}
