// Where the spans of a trace lie in its flame view: by depth, those that run at the same time under each other.
import { place, type Window } from './waterfall-scale';
import type { TreeSpan } from './waterfall-tree';

export interface FlameLayout {
  /** The spans of each row by their places in the trace; in a row none overlaps another, and they stand in order of time. */
  rows: number[][];
  /** The row of each span. */
  rowOf: Int32Array;
}

/** One lane for each depth, and more where spans of a depth overlap; takes 50,000 spans in the time of a sort. */
export function layFlame(spans: readonly TreeSpan[]): FlameLayout {
  const levels: number[][] = [];
  spans.forEach((span, index) => (levels[span.depth] ??= []).push(index));
  const rows: number[][] = [];
  const rowOf = new Int32Array(spans.length);
  for (const level of levels) {
    if (!level) continue;
    level.sort((a, b) => (spans[a]?.offset ?? 0) - (spans[b]?.offset ?? 0) || a - b);
    const first = rows.length;
    const free = createQueue();
    for (const index of level) {
      const span = spans[index];
      if (!span) continue;
      const lane = free.takeUntil(span.offset) ?? rows.push([]) - 1 - first;
      rows[first + lane]?.push(index);
      rowOf[index] = first + lane;
      free.add(span.offset + span.duration, lane);
    }
  }
  return { rows, rowOf };
}

/** Lanes by the time at which they are free again, the earliest on top: a binary heap. */
function createQueue() {
  const heap: [until: number, lane: number][] = [];
  const less = (a: number, b: number) => {
    const [one, other] = [heap[a], heap[b]];
    return !!one && !!other && (one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]));
  };
  const swap = (a: number, b: number) => {
    const [one, other] = [heap[a], heap[b]];
    if (one && other) [heap[a], heap[b]] = [other, one];
  };
  return {
    add(until: number, lane: number) {
      let at = heap.push([until, lane]) - 1;
      for (let above = (at - 1) >> 1; at > 0 && less(at, above); at = above, above = (at - 1) >> 1) swap(at, above);
    },
    /** The lane that is free earliest, when that is not after `time`. */
    takeUntil(time: number): number | null {
      const top = heap[0];
      if (!top || top[0] > time) return null;
      const last = heap.pop();
      if (heap.length > 0 && last) heap[0] = last;
      for (let at = 0; ;) {
        const child = less(2 * at + 2, 2 * at + 1) ? 2 * at + 2 : 2 * at + 1;
        if (!less(child, at)) return top[1];
        swap(child, at);
        at = child;
      }
    },
  };
}

/** The first place in a row whose span ends after an instant. */
function firstAfter(row: readonly number[], spans: readonly TreeSpan[], instant: number): number {
  let [low, high] = [0, row.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const span = spans[row[middle] ?? -1];
    if (span && span.offset + span.duration < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface FlameBox {
  index: number;
  left: number;
  width: number;
}

/**
 * What of a row is drawn: what is in the window, in pixels. Of spans that would lie on the same pixel one is drawn, so that a
 * row never has more boxes than pixels.
 */
export function boxesOf(row: readonly number[], spans: readonly TreeSpan[], window: Window, width: number): FlameBox[] {
  const boxes: FlameBox[] = [];
  let drawnTo = -1;
  for (let at = firstAfter(row, spans, window.from); at < row.length; at += 1) {
    const index = row[at] ?? -1;
    const span = spans[index];
    if (!span || span.offset > window.to) break;
    const start = Math.max(0, place(span.offset, window) * width);
    const end = Math.min(width, place(span.offset + span.duration, window) * width);
    if (Math.max(end, start + 1) <= drawnTo) continue;
    const left = Math.max(start, drawnTo);
    boxes.push({ index, left, width: Math.max(1, end - left) });
    drawnTo = left + Math.max(1, end - left);
  }
  return boxes;
}

/** The span of a row at an instant, or the nearest one not farther away than `reach`; null where there is none. */
export function spanAt(
  row: readonly number[],
  spans: readonly TreeSpan[],
  instant: number,
  reach: number,
): number | null {
  const at = firstAfter(row, spans, instant - reach);
  let best: { index: number; away: number } | null = null;
  for (const index of row.slice(at, at + 8)) {
    const span = spans[index];
    if (!span || span.offset > instant + reach) break;
    const away = Math.max(0, span.offset - instant, instant - span.offset - span.duration);
    if (!best || away < best.away) best = { index, away };
  }
  return best?.index ?? null;
}
