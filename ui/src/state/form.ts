// What forms have in common without a screen: reading typed numbers, telling what changed, finding the field a refusal is about.

export interface Typed<T> {
  value: T;
  errors: Record<string, string>;
}

export interface Change {
  label: string;
  from: string;
  to: string;
}

export function changesOf(before: Record<string, string>, after: Record<string, string>): Change[] {
  const labels = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return labels
    .map((label) => ({ label, from: before[label] ?? 'none', to: after[label] ?? 'none' }))
    .filter(({ from, to }) => from !== to);
}

/** The field a refusal names, by the longest name in it; null when it names none. */
export function fieldOf(message: string, fields: Record<string, string>): string | null {
  const named = Object.keys(fields).filter((name) => new RegExp(`(^|[^a-z_])${name}($|[^a-z_])`).test(message));
  const longest = named.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? null : (fields[longest] ?? null);
}

export interface Bounds {
  min: number;
  max: number;
  /** What an empty field means; null where it must not be empty. */
  empty: string | null;
  whole?: boolean;
  unit?: 'bytes';
}

const UNITS: Record<string, number> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };
const NUMBER = /^(\d{1,3}(?:[ ,'_\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*([kmgt]?)b?$/i;

/** Reads "1,500", "2.5 M" or "20 GB"; answers what is wrong with it in words, or the number, or null for an empty field. */
export function readNumber(text: string, bounds: Bounds): { value: number | null } | { error: string } {
  const bare = text.trim();
  if (bare === '') return bounds.empty === null ? { error: 'A number is needed here.' } : { value: null };
  const found = bare.match(NUMBER);
  if (!found) return { error: `Not a number: write it as ${bounds.unit === 'bytes' ? '20 GB' : '1500 or 1.5 k'}.` };
  const value = Number((found[1] ?? '').replace(/[ ,'_\u202f]/g, '')) * (UNITS[(found[2] ?? '').toLowerCase()] ?? 1);
  const rounded = Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : value;
  if ((bounds.whole ?? true) && !Number.isInteger(rounded)) return { error: 'A whole number is needed here.' };
  if (rounded < bounds.min || rounded > bounds.max) return { error: outside(bounds) };
  return { value: rounded };
}

function outside({ min, max, empty }: Bounds): string {
  const or = empty === null ? '' : `, or nothing for ${empty}`;
  if (max >= Number.MAX_SAFE_INTEGER) return `From ${plain(min)} on${or}.`;
  return `From ${plain(min)} to ${plain(max)}${or}.`;
}

const plain = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 6 });

/** A number as it stands in a field: exactly, so that looking at a form and saving it changes nothing. */
export function writeNumber(value: number | null | undefined, unit?: 'bytes'): string {
  if (value == null) return '';
  if (unit !== 'bytes') return String(value);
  const [name, size] = (
    [
      ['TB', 1e12],
      ['GB', 1e9],
      ['MB', 1e6],
      ['kB', 1e3],
    ] as const
  ).find(([, size]) => value >= size && Number.isInteger((value / size) * 1000)) ?? ['', 1];
  return name === '' ? String(value) : `${value / size} ${name}`;
}

/** The lines of a text area, trimmed, without empty ones and repeats. */
export function readLines(text: string): string[] {
  return [
    ...new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    ),
  ];
}
