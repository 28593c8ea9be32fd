// Values of metrics in the unit that their sender wrote, which is UCUM as OpenTelemetry asks for.
import { formatBytes } from './bytes';
import { formatDuration } from './number';

const SPACE = '\u202f';
/** Milliseconds of one. */
const TIMES: Record<string, number> = { s: 1000, ms: 1, us: 0.001, ns: 0.000001, min: 60_000, h: 3_600_000 };
const BYTES: Record<string, number> = {
  By: 1,
  kBy: 1000,
  MBy: 1_000_000,
  KiBy: 1024,
  MiBy: 1_048_576,
  GiBy: 1_073_741_824,
};

const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

export function formatMetric(unit: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const [of = '', per] = unit.split('/');
  const written = formatAmount(of, value);
  return per ? `${written}/${per}` : written;
}

function formatAmount(unit: string, value: number): string {
  if (TIMES[unit] !== undefined) return formatDuration(value * TIMES[unit]);
  if (BYTES[unit] !== undefined) return formatBytes(value * BYTES[unit]);
  if (unit === '%') return plain.format(value) + SPACE + '%';
  const number = Math.abs(value) >= 100_000 ? compact.format(value) : plain.format(value);
  const word = unitInWords(unit);
  return word === '' ? number : number + SPACE + word;
}

/** An annotation such as `{request}` says what is counted and is no unit, and neither is `1`. */
function unitInWords(unit: string): string {
  return unit === '1' || unit.startsWith('{') ? '' : unit.slice(0, 24);
}

/** What the figures count, for where it is said once. */
export function countedInWords(unit: string): string {
  const [of = '', per] = unit.split('/');
  const words = of.startsWith('{') ? of.replace(/[{}]/g, '').slice(0, 40) : '';
  return words && `${words}${per ? ` per ${per === 's' ? 'second' : per}` : ''}`;
}
