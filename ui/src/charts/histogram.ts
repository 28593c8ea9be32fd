// Where the bars, bands and the p75 of a small histogram stand, in percent of its width.

export interface HistogramLayout {
  bars: { x: number; width: number; share: number; low: number; high: number; middle: number; count: number }[];
  goodUntil: number;
  poorFrom: number;
  p75: number | null;
  end: number;
}

interface Bucket {
  low: number;
  /** Null for the last one, which holds everything above `low`. */
  high: number | null;
  count: number;
}

const SHOWN_BEYOND_POOR = 2.2;

/** The axis ends where the last measured bucket ends, but always shows where poor begins and is not stretched by one odd value. */
export function layoutHistogram(
  buckets: Bucket[],
  thresholds: { good: number; poor: number },
  p75: number | null,
): HistogramLayout {
  const filled = buckets
    .filter((bucket) => bucket.count > 0)
    .map((bucket) => ({ ...bucket, high: bucket.high ?? bucket.low * 1.1 }));
  const last = Math.max(0, ...filled.map((bucket) => bucket.high));
  const end = Math.min(Math.max(last, thresholds.poor * 1.15), thresholds.poor * SHOWN_BEYOND_POOR);
  const most = Math.max(1e-9, ...filled.map((bucket) => bucket.count));
  const x = (value: number) => (Math.min(Math.max(value, 0), end) / end) * 100;
  return {
    bars: filled.map(({ low, high, count }) => {
      // What lies beyond the axis is piled up at its end, where it can still be seen.
      const left = Math.min(x(low), 98);
      return {
        x: left,
        width: Math.max(x(high) - left, 2),
        share: count / most,
        low,
        high,
        middle: (low + high) / 2,
        count,
      };
    }),
    goodUntil: x(thresholds.good),
    poorFrom: x(thresholds.poor),
    p75: p75 === null ? null : x(p75),
    end,
  };
}
