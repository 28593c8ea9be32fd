// Builds the uPlot options of a time chart: bands of the thresholds, a soft area, lines with direct labels, a shared crosshair, drag to zoom.
import type uPlot from 'uplot';
import { formatAxis } from '../format/time';

export interface ChartLine {
  label: string;
  values: (number | null)[];
  /** Name of a colour token, such as `--accent`. */
  colour: string;
  width?: number;
  faint?: boolean;
  /** Drawn as dots on a faint thread, without a name: values that too few stand behind. */
  dots?: boolean;
}

export interface ChartSpec {
  /** Seconds since the epoch, ascending. */
  times: number[];
  lines: ChartLine[];
  /** Positions in `lines` between which the area is filled. */
  area?: [upper: number, lower: number];
  thresholds?: { good: number; poor: number };
  range: { from: number; to: number };
  format: (value: number) => string;
  compact?: boolean;
  /** Without the names of the lines beside them: a legend has them. */
  bare?: boolean;
}

export interface ChartEvents {
  zoom: (from: number, to: number) => void;
  hover: (index: number | null, left: number) => void;
}

const SYNC_KEY = 'limen';
const ZOOM_AT_LEAST_PIXELS = 6;
const LABEL_GAP = 14;

export function chartOptions(
  spec: ChartSpec,
  size: { width: number; height: number },
  events: ChartEvents,
): uPlot.Options {
  return {
    ...size,
    padding: spec.compact ? [4, 2, 2, 2] : [10, labelRoom(spec), 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: SYNC_KEY, setSeries: false },
      drag: { x: true, y: false, setScale: false, dist: ZOOM_AT_LEAST_PIXELS },
      points: { size: 6, width: 2, fill: () => token('--surface') },
      y: false,
    },
    scales: {
      x: { time: true, range: () => [spec.range.from / 1000, spec.range.to / 1000] },
      y: { range: (_, low, high) => yRange(spec, low, high) },
    },
    axes: axes(spec),
    series: [{}, ...spec.lines.map((line) => series(line))],
    ...(spec.area
      ? {
          bands: [
            {
              series: [spec.area[0] + 1, spec.area[1] + 1],
              fill: () =>
                `color-mix(in oklch, ${token(spec.lines[spec.area?.[0] ?? 0]?.colour ?? '--accent')} 13%, transparent)`,
            },
          ],
        }
      : {}),
    hooks: {
      drawClear: [(chart) => drawThresholds(chart, spec)],
      draw: [(chart) => (spec.compact || spec.bare ? undefined : drawLabels(chart, spec))],
      setSelect: [(chart) => zoomTo(chart, events)],
      setCursor: [(chart) => events.hover(chart.cursor.idx ?? null, chart.cursor.left ?? 0)],
    },
  };
}

export function chartData(spec: ChartSpec): uPlot.AlignedData {
  return [spec.times, ...spec.lines.map((line) => line.values)];
}

/** The value of a colour token as the page has it now. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A value on the axis without the zeros that say nothing: 5 s, not 5.00 s. */
export function formatTick(value: number, format: (value: number) => string): string {
  if (value === 0) return '0';
  return format(value).replace(/(\d)\.0+(?!\d)|(\.\d*?[1-9])0+(?!\d)/, '$1$2');
}

/** From zero, so that sizes compare honestly, up to what is there, with the good threshold always in view. */
export function yRange(
  spec: Pick<ChartSpec, 'thresholds'>,
  _low: number | null,
  high: number | null,
): [number, number] {
  const top = Math.max(high ?? 0, (spec.thresholds?.good ?? 0) * 1.15);
  return [0, top > 0 ? top * 1.08 : 1];
}

/** Moves labels apart so that none covers another; keeps their order. */
export function spreadLabels(tops: number[], gap: number): number[] {
  const order = tops.map((_, index) => index).sort((a, b) => (tops[a] ?? 0) - (tops[b] ?? 0));
  const placed = [...tops];
  let lowest = -Infinity;
  for (const index of order) {
    placed[index] = Math.max(placed[index] ?? 0, lowest + gap);
    lowest = placed[index] ?? 0;
  }
  return placed;
}

function series(line: ChartLine): uPlot.Series {
  if (line.dots)
    return {
      label: line.label,
      stroke: () => `color-mix(in oklch, ${token(line.colour)} 70%, transparent)`,
      width: 1,
      dash: [2, 3],
      spanGaps: false,
      points: { show: true, size: 4, width: 1, fill: () => token('--surface') },
    };
  return {
    label: line.label,
    stroke: () => (line.faint ? `color-mix(in oklch, ${token(line.colour)} 40%, transparent)` : token(line.colour)),
    width: line.width ?? 1.5,
    points: { show: line.faint ? false : lonely, size: 4, fill: () => token(line.colour) },
    spanGaps: false,
  };
}

/** Points are drawn only for values without neighbours, which no line would show. */
function lonely(chart: uPlot, index: number): boolean {
  const values: ArrayLike<number | null | undefined> = chart.data[index] ?? [];
  return Array.from(values).some((value, i) => value != null && values[i - 1] == null && values[i + 1] == null);
}

function axes(spec: ChartSpec): uPlot.Axis[] {
  if (spec.compact) return [{ show: false }, { show: false }];
  const font = '11px "Inter Variable", sans-serif';
  const length = spec.range.to - spec.range.from;
  return [
    {
      stroke: () => token('--text-faint'),
      font,
      size: 28,
      gap: 6,
      space: 72,
      grid: { show: false },
      ticks: { stroke: () => token('--line'), size: 4, width: 1 },
      values: (_, splits) => splits.map((at) => formatAxis(at * 1000, length)),
    },
    {
      stroke: () => token('--text-faint'),
      font,
      size: 58,
      gap: 6,
      space: 36,
      grid: { stroke: () => token('--line'), width: 1 },
      ticks: { show: false },
      values: (_, splits) => splits.map((value) => formatTick(value, spec.format)),
    },
  ];
}

function drawThresholds(chart: uPlot, spec: ChartSpec): void {
  if (!spec.thresholds) return;
  const { left, top, width, height } = chart.bbox;
  const y = (value: number) => Math.min(Math.max(chart.valToPos(value, 'y', true), top), top + height);
  const good = y(spec.thresholds.good);
  const poor = y(spec.thresholds.poor);
  const fill = (name: string, from: number, to: number) => {
    chart.ctx.fillStyle = token(name);
    chart.ctx.fillRect(left, from, width, to - from);
  };
  fill('--band-good', good, top + height);
  fill('--band-needs', poor, good);
  fill('--band-poor', top, poor);
}

/** Writes each line's name at its last value, instead of a legend. */
function drawLabels(chart: uPlot, spec: ChartSpec): void {
  const ratio = devicePixelRatio || 1;
  const ends = spec.lines.map((line) => (line.dots ? [] : line.values).findLast((value) => value !== null) ?? null);
  const shown = spec.lines.map((line, i) => ({ line, end: ends[i] ?? null })).filter((entry) => entry.end !== null);
  const tops = spreadLabels(
    shown.map(({ end }) => chart.valToPos(end ?? 0, 'y', true)),
    LABEL_GAP * ratio,
  );
  const { ctx } = chart;
  ctx.save();
  ctx.font = `550 ${11 * ratio}px "Inter Variable", sans-serif`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  shown.forEach(({ line }, i) => {
    ctx.fillStyle = line.faint ? token('--text-faint') : token(line.colour);
    ctx.fillText(line.label, chart.bbox.left + chart.bbox.width + 6 * ratio, tops[i] ?? 0);
  });
  ctx.restore();
}

export function labelRoom(spec: ChartSpec): number {
  if (spec.bare) return 12;
  return 12 + Math.max(0, ...spec.lines.map((line) => (line.dots ? 0 : line.label.length))) * 7;
}

function zoomTo(chart: uPlot, events: ChartEvents): void {
  const { left, width } = chart.select;
  if (width < ZOOM_AT_LEAST_PIXELS) return;
  const from = chart.posToVal(left, 'x') * 1000;
  const to = chart.posToVal(left + width, 'x') * 1000;
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  events.zoom(Math.floor(from / 1000) * 1000, Math.ceil(to / 1000) * 1000);
}
