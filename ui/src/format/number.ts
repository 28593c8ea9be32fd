// Numbers as people read them: two significant steps, units, no false precision.

const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** The n under which a figure is shown in grey as "too few". */
export const ENOUGH = 20;

/** Narrow no-break space: a unit never wraps away from its number. */
const SPACE = '\u202f';

export function formatCount(value: number): string {
  return value >= 100_000 ? compact.format(value) : count.format(value);
}

export interface Figure {
  value: string;
  unit: string;
}

/** A duration in milliseconds, split so that the unit can be set smaller: 1.84 s, 220 ms, 4.2 ms. */
export function durationFigure(millis: number): Figure {
  const size = Math.abs(millis);
  if (size < 9.95) return { value: trimZero(millis.toFixed(1)), unit: 'ms' };
  if (size < 999.5) return { value: millis.toFixed(0), unit: 'ms' };
  if (size < 9995) return { value: (millis / 1000).toFixed(2), unit: 's' };
  if (size < 59_950) return { value: (millis / 1000).toFixed(1), unit: 's' };
  const minutes = Math.floor(Math.round(size / 1000) / 60);
  const seconds = Math.round(size / 1000) % 60;
  if (minutes < 60)
    return { value: seconds === 0 ? String(minutes) : `${minutes}:${String(seconds).padStart(2, '0')}`, unit: 'min' };
  return { value: `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`, unit: 'h' };
}

export function formatDuration(millis: number | null | undefined): string {
  if (millis === null || millis === undefined) return '–';
  const { value, unit } = durationFigure(millis);
  return value + SPACE + unit;
}

/** A share between 0 and 1: 18 %, 0.4 %, and never 0 % or 100 % unless it is exactly so; a dash where nothing was measured. */
export function formatShare(share: number | null): string {
  if (share === null) return '–';
  const percent = share * 100;
  if (percent === 0 || percent === 100) return percent + SPACE + '%';
  if (percent < 0.1) return `<0.1${SPACE}%`;
  if (percent < 9.95) return trimZero(percent.toFixed(1)) + SPACE + '%';
  if (percent > 99.5) return `>99${SPACE}%`;
  return percent.toFixed(0) + SPACE + '%';
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}
