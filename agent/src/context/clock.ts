// Two clocks made one: durations from the monotonic clock, instants from the wall clock as it is at the stamp.

import { now as monotonic } from '../browser/guard';

export interface Clock {
  /** Monotonic milliseconds since the document's time origin. */
  now(): number;
  /** Milliseconds since the epoch of a monotonic time. */
  instant(at: number): number;
  wall(): number;
}

/** How far the two clocks may disagree before the difference is a sleep or a set clock, not the rounding of Date. */
const TOLERANCE_MILLIS = 2;

export function createClock(
  wall: () => number = Date.now,
  now: () => number = monotonic,
  origin: number = performance.timeOrigin,
): Clock {
  const first = wall() - now();
  // The origin is exact where Date is rounded, as long as the two have not drifted apart.
  let anchor = Math.abs(origin - first) <= TOLERANCE_MILLIS ? Math.max(origin, first) : first;
  return {
    now,
    wall,
    instant(at) {
      // timeOrigin is days old after a suspend, so the offset is measured anew. Date truncates to milliseconds: the
      // largest offset seen is the truest, and keeping it keeps spans inside their parents.
      const offset = wall() - now();
      if (offset > anchor || offset < anchor - TOLERANCE_MILLIS) anchor = offset;
      return at + anchor;
    },
  };
}

export const { now, wall, instant } = /* @__PURE__ */ createClock();
