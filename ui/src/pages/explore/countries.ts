// What the map of the world says of each country, how large its mark is, and which one the arrow keys reach.
import { ENOUGH, formatCount, formatShare } from '../../format/number';
import { intervalOfShare } from '../../format/interval';
import { formatCountry, plural } from '../../format/text';
import { formatVital, rate, type Rating, RATING_WORDS } from '../../format/vital';
import type { Judged, OddValue } from './oddness';

export interface Country {
  /** As the server names it; empty where the place of a visitor is not known. */
  code: string;
  name: string;
  n: number;
  /** How it is drawn: a rating, or why it has none. */
  looks: Rating | 'few' | 'usual';
  /** The figure beside its name. */
  figure: string;
  /** All that is known of it, as a sentence. */
  words: string;
  /** The middle of its mark in units of the map; null where the map has no such place. */
  at: readonly [number, number] | null;
}

export type Centres = Readonly<Record<string, readonly [number, number]>>;

/** The countries with views, those with most first. */
export function countriesOf(values: readonly OddValue[], judged: Judged, centres: Centres): Country[] {
  return [...values]
    .sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))
    .map((value) => countryOf(value, judged, centres));
}

function countryOf(value: OddValue, judged: Judged, centres: Centres): Country {
  const name = formatCountry(value.value);
  const looks = looksOf(value, judged);
  const figure = judged === 'errors' ? formatShare(value.bad) : formatVital(judged, value.p75);
  const at = Object.hasOwn(centres, value.value) ? (centres[value.value] ?? null) : null;
  return { code: value.value, name, n: value.n, looks, figure, words: sentence(name, value, judged, looks), at };
}

/** Errors have no thresholds: what is told there is who has more of them than the rest. */
function looksOf(value: OddValue, judged: Judged): Country['looks'] {
  if (value.n < ENOUGH) return 'few';
  if (judged === 'errors') return value.odd ? 'poor' : 'usual';
  return rate(judged, value.p75) ?? 'few';
}

function sentence(name: string, value: OddValue, judged: Judged, looks: Country['looks']): string {
  const interval = intervalOfShare(value.bad, value.n);
  const range = interval ? ` (95 % interval ${formatShare(interval.from)} to ${formatShare(interval.to)})` : '';
  const sample = `${formatCount(value.n)} ${plural(Math.round(value.n), 'view')}`;
  const few = looks === 'few' ? ', too few to judge' : '';
  if (judged === 'errors') {
    const odd = looks === 'poor' ? ', more than in the rest' : '';
    return `${name}: an error in ${formatShare(value.bad)} of views${range}${odd}, ${sample}${few}.`;
  }
  const rating = looks === 'few' || looks === 'usual' ? '' : `, ${RATING_WORDS[looks].toLowerCase()}`;
  return `${name}: ${judged.toUpperCase()} p75 ${formatVital(judged, value.p75)}${rating}; poor in ${formatShare(value.bad)}${range}, ${sample}${few}.`;
}

const MARK_PIXELS = { least: 4, most: 13 };

/** Radius of a mark in pixels: its area grows with the views, and it is never too small to be seen. */
export function markRadius(n: number, most: number): number {
  const { least, most: largest } = MARK_PIXELS;
  return Math.max(least, largest * Math.sqrt(most > 0 ? n / most : 0));
}

const DIRECTIONS: Record<string, readonly [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The nearest country in the direction of an arrow key; what lies aside counts as farther away than what lies ahead. */
export function neighbour(countries: readonly Country[], from: Country, key: string): Country | null {
  const direction = DIRECTIONS[key];
  if (!direction || !from.at) return null;
  let best: { country: Country; cost: number } | null = null;
  for (const country of countries) {
    if (!country.at || country === from) continue;
    const [dx, dy] = [country.at[0] - from.at[0], country.at[1] - from.at[1]];
    const ahead = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    if (ahead <= 0) continue;
    const cost = ahead + 2 * aside;
    if (!best || cost < best.cost) best = { country, cost };
  }
  return best?.country ?? null;
}
