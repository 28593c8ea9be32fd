// The time axis of a waterfall: the window that is shown, how it moves, where things lie in it, and its ticks.

/** A stretch of the trace, in milliseconds from its start. */
export interface Window {
  from: number;
  to: number;
}

/** Nobody needs to see less than this much of a trace at once. */
const WINDOW_MIN_MILLIS = 0.05;

/** All that is to be seen of a trace: its spans, and the marks that lie outside them. */
export function wholeWindow(duration: number, offsets: readonly number[]): Window {
  let [from, to] = [0, Math.max(duration, WINDOW_MIN_MILLIS)];
  for (const offset of offsets) {
    if (!Number.isFinite(offset)) continue;
    from = Math.min(from, offset);
    to = Math.max(to, offset);
  }
  return { from, to };
}

/** Keeps a window inside the whole, with its length where that is possible. */
export function within(window: Window, whole: Window): Window {
  const length = Math.min(Math.max(window.to - window.from, WINDOW_MIN_MILLIS), whole.to - whole.from);
  const from = Math.min(Math.max(window.from, whole.from), whole.to - length);
  return { from, to: from + length };
}

/** A factor under 1 shows less time; what lies under `anchor` stays there. */
export function zoom(window: Window, whole: Window, factor: number, anchor: number): Window {
  const from = anchor - (anchor - window.from) * factor;
  return within({ from, to: from + (window.to - window.from) * factor }, whole);
}

export function pan(window: Window, whole: Window, millis: number): Window {
  return within({ from: window.from + millis, to: window.to + millis }, whole);
}

export function isWhole(window: Window, whole: Window): boolean {
  return window.to - window.from >= (whole.to - whole.from) * 0.9999;
}

/** The share of the width at which an instant lies; outside 0 to 1 it is not in the window. */
export function place(offset: number, window: Window): number {
  return (offset - window.from) / (window.to - window.from);
}

export interface Bar {
  left: number;
  width: number;
  /** Which way the bar lies when nothing of it is in the window. */
  outside: 'before' | 'after' | null;
}

/** Where a bar is drawn, in pixels, cut to the window and never too thin to be seen. */
export function barOf(span: { offset: number; duration: number }, window: Window, width: number, widthMin = 2): Bar {
  const start = place(span.offset, window) * width;
  const end = place(span.offset + span.duration, window) * width;
  if (end < 0) return { left: 0, width: 0, outside: 'before' };
  if (start > width) return { left: width, width: 0, outside: 'after' };
  const left = Math.min(Math.max(0, start), width - widthMin);
  return { left, width: Math.max(widthMin, Math.min(width, end) - left), outside: null };
}

export interface Label {
  where: 'after' | 'before' | 'inside';
  /** Pixels from the left edge. */
  left: number;
  width: number;
}

const LABEL_GAP = 6;

/** Puts a bar's label where there is most room for it: beside the bar, or in it when it fills the row. */
export function labelOf(bar: Bar, width: number, wanted: number): Label {
  const after = width - bar.left - bar.width - LABEL_GAP;
  const before = bar.left - LABEL_GAP;
  if (after >= wanted || (after >= before && after >= wanted * 0.5)) {
    return { where: 'after', left: bar.left + bar.width + LABEL_GAP, width: Math.max(0, after) };
  }
  if (before >= wanted * 0.5) return { where: 'before', left: LABEL_GAP, width: before - LABEL_GAP };
  return { where: 'inside', left: bar.left + 4, width: Math.max(0, bar.width - 8) };
}

/** Round steps of 1, 2 or 5, so that about `most` ticks fit. */
export function tickStep(length: number, most: number): number {
  const rough = length / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.9999) ?? 10;
  return step * power;
}

export interface Tick {
  at: number;
  label: string;
}

export function ticksOf(window: Window, width: number, apart = 92): Tick[] {
  const step = tickStep(window.to - window.from, Math.floor(width / apart));
  const seconds = Math.max(Math.abs(window.from), Math.abs(window.to)) >= 1000;
  const size = seconds ? 1000 : 1;
  const decimals = Math.max(0, Math.ceil(-Math.log10(step / size) - 1e-9));
  const ticks: Tick[] = [];
  for (let at = Math.ceil(window.from / step - 1e-9) + 0; at * step <= window.to + step * 1e-6; at += 1) {
    const value = at * step;
    ticks.push({
      at: value,
      label: at === 0 ? '0' : `${(value / size).toFixed(decimals)}\u202f${seconds ? 's' : 'ms'}`,
    });
  }
  return ticks;
}
