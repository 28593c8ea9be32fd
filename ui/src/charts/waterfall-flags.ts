// The flags on a waterfall's time axis: vitals and paints, put in lanes so that their labels never cover each other.
import { place, type Window } from './waterfall-scale';

export interface Mark {
  name: string;
  offset: number;
}

export interface Flag<M> {
  mark: M;
  /** Pixels from the left edge at which its line stands. */
  x: number;
  lane: number;
  /** Whether the label hangs to the left of the line, as it does near the right edge. */
  flipped: boolean;
}

const GAP = 6;

/** The flags inside the window, by time, each in the lowest lane with room; those that find none are left without a label. */
export function placeFlags<M extends Mark>(
  marks: readonly M[],
  window: Window,
  width: number,
  labelWidth: (mark: M) => number,
  lanesMax = 4,
): { flags: Flag<M>[]; lanes: number } {
  const taken: [number, number][][] = [];
  const flags: Flag<M>[] = [];
  for (const mark of [...marks].sort((a, b) => a.offset - b.offset)) {
    const share = place(mark.offset, window);
    if (!(share >= 0 && share <= 1)) continue;
    const x = share * width;
    const size = labelWidth(mark) + GAP;
    const flipped = x + size > width && x - size >= 0;
    const span: [number, number] = flipped ? [x - size, x] : [x, x + size];
    const free = taken.findIndex((lane) => lane.every(([from, to]) => span[1] <= from || span[0] >= to));
    const lane = free === -1 ? taken.length : free;
    if (lane < lanesMax) (taken[lane] ??= []).push(span);
    flags.push({ mark, x, lane: lane < lanesMax ? lane : -1, flipped });
  }
  return { flags, lanes: taken.length };
}
