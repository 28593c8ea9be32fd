// The first sentence of the overview: is it bad, for whom, and since when, said only as far as the data carries it.
import type { Breakdown, BreakdownRow, Vital } from '../api/types';
import type { Filter } from '../state/report';
import { ENOUGH, formatCount, formatShare } from './number';
import { changeDirection, changeInWords, formatVital, sharesOf, VITAL_NAMES } from './vital';
import { formatDimensionValue } from './text';

/** A piece of the sentence; a piece with a filter becomes a link that narrows the page to it. */
export interface Piece {
  text: string;
  filter?: Filter;
  /** Set on the word that judges. */
  tone?: 'good' | 'needs-improvement' | 'poor';
}

export interface Verdict {
  tone: 'good' | 'needs-improvement' | 'poor' | 'none';
  pieces: Piece[];
  /** The smaller second sentence: sizes and comparison. */
  basis: string;
}

interface Facts {
  vitals: Vital[];
  routes?: Breakdown | undefined;
  countries?: Breakdown | undefined;
  /** "the hour before", or null when nothing is compared. */
  before: string | null;
}

type Core = 'lcp' | 'inp' | 'cls';
const CORE: readonly string[] = ['lcp', 'inp', 'cls'];
/** Below this share of poor visits a vital is not called out. */
const POOR_WORTH_SAYING = 0.05;
/** A group is named when its share of poor visits is this much above the whole. */
const WORSE_BY = 1.25;

export function composeVerdict(facts: Facts): Verdict {
  const core = facts.vitals.filter((vital) => CORE.includes(vital.metric));
  const known = core.filter((vital) => vital.n >= ENOUGH);
  if (known.length === 0) return tooFew(core);
  const worst = known.reduce((a, b) => (badness(b) > badness(a) ? b : a));
  if (sharesOf(worst).poor < POOR_WORTH_SAYING && known.every((vital) => vital.rating === 'good'))
    return allGood(known, facts.before);
  return someBad(worst, facts);
}

function tooFew(core: Vital[]): Verdict {
  const most = Math.max(0, ...core.map((vital) => vital.n));
  const text = most === 0 ? 'No vitals were measured in this time.' : 'Too few visits in this time to judge.';
  return {
    tone: 'none',
    pieces: [{ text }],
    basis:
      most === 0
        ? 'Choose a longer time or fewer filters.'
        : `At most ${most} measured; ${ENOUGH} are needed for a verdict.`,
  };
}

function allGood(known: Vital[], before: string | null): Verdict {
  const values = known
    .map((vital) => `${vital.metric.toUpperCase()} ${formatVital(vital.metric, vital.p75)}`)
    .join(', ');
  const subject =
    known.length === 3
      ? 'All three Core Web Vitals are'
      : `${listWords(known.map((vital) => vital.metric.toUpperCase()))} ${known.length === 1 ? 'is' : 'are'}`;
  const lead = known.reduce((a, b) => (b.n > a.n ? b : a));
  return {
    tone: 'good',
    pieces: [{ text: `${subject} ` }, { text: 'good', tone: 'good' }, { text: ' for at least three in four visits.' }],
    basis: [`p75: ${values}`, sizeOf(lead), changeOf(lead, before)].filter(Boolean).join(' · '),
  };
}

function someBad(worst: Vital, facts: Facts): Verdict {
  const metric = worst.metric as Core;
  const { needs, poor } = sharesOf(worst);
  const usePoor = poor >= POOR_WORTH_SAYING;
  const share = usePoor ? poor : needs + poor;
  const pieces: Piece[] = [
    { text: `${metric.toUpperCase()} is ` },
    usePoor
      ? { text: 'poor', tone: 'poor' }
      : { text: metric === 'cls' ? 'less stable than good' : 'slower than good', tone: 'needs-improvement' },
    { text: ` for ${formatShare(share)} of visits` },
  ];
  const route = mostAffected(facts.routes, metric, share, usePoor);
  const country = mostAffected(facts.countries, metric, share, usePoor);
  if (route) {
    pieces.push(
      { text: route.most ? ', mostly on ' : ', worst on ' },
      { text: formatDimensionValue('route', route.row.value), filter: { dimension: 'route', value: route.row.value } },
      { text: ` (${formatShare(route.share)})` },
    );
  }
  if (country) {
    const link = route ? ' and ' : ', ';
    pieces.push(
      { text: `${link}${country.most ? 'mostly' : 'worst'} in ` },
      {
        text: formatDimensionValue('country', country.row.value),
        filter: { dimension: 'country', value: country.row.value },
      },
      { text: ` (${formatShare(country.share)})` },
    );
  }
  pieces.push({ text: '.' });
  const rating = worst.rating === 'poor' || (usePoor && share >= 0.25) ? 'poor' : 'needs-improvement';
  return {
    tone: rating,
    pieces,
    basis: [
      `${VITAL_NAMES[metric]}, p75 ${formatVital(metric, worst.p75)}`,
      sizeOf(worst),
      changeOf(worst, facts.before),
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

/** The group that holds most of the affected visits among those clearly worse than the whole; null when no group stands out. */
function mostAffected(
  breakdown: Breakdown | undefined,
  metric: Core,
  overall: number,
  usePoor: boolean,
): { row: BreakdownRow; share: number; most: boolean } | null {
  const rows = (breakdown?.rows ?? []).map((row) => {
    const vital = row.vitals[metric];
    const { needs, poor } = sharesOf(vital);
    const share = usePoor ? poor : poor + needs;
    return { row, share, affected: share * vital.n, n: vital.n };
  });
  if (rows.length < 2) return null;
  const total = rows.reduce((sum, { affected }) => sum + affected, 0);
  const standing = rows.filter(({ n, share }) => n >= ENOUGH && share >= overall * WORSE_BY);
  if (standing.length === 0 || total === 0) return null;
  const first = standing.reduce((a, b) => (b.affected > a.affected ? b : a));
  return { row: first.row, share: first.share, most: first.affected / total >= 0.5 };
}

function badness(vital: Vital): number {
  const { needs, poor } = sharesOf(vital);
  return poor + needs / 2;
}

function sizeOf(vital: Vital): string {
  return `n ${formatCount(vital.n)}`;
}

function changeOf(vital: Vital, before: string | null): string {
  if (before === null) return '';
  const words = changeInWords(vital.metric, vital, vital.previous);
  if (words === null || words === 'too few to compare') return '';
  return changeDirection(words) === 'none' ? `${words} against ${before}` : `${words} than ${before}`;
}

function listWords(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
