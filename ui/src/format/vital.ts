// The vitals: their names, how their values and changes are written, and how they are rated.
import type { ExplainedMetric, Metric } from '../api/types';
import { durationFigure, ENOUGH, type Figure, formatDuration } from './number';

export const METRICS: readonly Metric[] = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'];

export const VITAL_NAMES: Record<Metric, string> = {
  lcp: 'Largest Contentful Paint',
  inp: 'Interaction to Next Paint',
  cls: 'Cumulative Layout Shift',
  fcp: 'First Contentful Paint',
  ttfb: 'Time to First Byte',
};

/** Google's thresholds, for single values that come without them. */
export const THRESHOLDS: Record<Metric, { good: number; poor: number }> = {
  lcp: { good: 2500, poor: 4000 },
  inp: { good: 200, poor: 500 },
  cls: { good: 0.1, poor: 0.25 },
  fcp: { good: 1800, poor: 3000 },
  ttfb: { good: 800, poor: 1800 },
};

export type Rating = 'good' | 'needs-improvement' | 'poor';
export const RATING_WORDS: Record<Rating, string> = { good: 'Good', 'needs-improvement': 'Needs work', poor: 'Poor' };

export function isMetric(text: string | undefined): text is Metric {
  return METRICS.includes(text as Metric);
}

export function rate(metric: Metric, value: number | null | undefined): Rating | null {
  if (value === null || value === undefined) return null;
  const { good, poor } = THRESHOLDS[metric];
  return value <= good ? 'good' : value <= poor ? 'needs-improvement' : 'poor';
}

export function vitalFigure(metric: Metric, value: number | null | undefined): Figure {
  if (value === null || value === undefined) return { value: '–', unit: '' };
  if (metric !== 'cls') return durationFigure(value);
  return { value: value > 0 && value < 0.005 ? '<0.01' : value.toFixed(2), unit: '' };
}

export function formatVital(metric: Metric, value: number | null | undefined): string {
  return metric === 'cls' ? vitalFigure(metric, value).value : formatDuration(value);
}

/** What an explanation can be asked about: the vitals, and changes of route. */
export const EXPLAINED: readonly ExplainedMetric[] = [...METRICS, 'transition'];
export const EXPLAINED_NAMES: Record<ExplainedMetric, string> = { ...VITAL_NAMES, transition: 'Route transition time' };

export function isExplained(text: string | undefined): text is ExplainedMetric {
  return EXPLAINED.includes(text as ExplainedMetric);
}

export function formatExplained(metric: ExplainedMetric, value: number | null | undefined): string {
  return metric === 'transition' ? formatDuration(value) : formatVital(metric, value);
}

/** The change against the period before, its sign in words; null when there is nothing to say. */
export function changeInWords(
  metric: Metric,
  now: { n: number; p75?: number | null },
  before: { n: number; p75?: number | null },
): string | null {
  if (now.p75 == null || now.n < ENOUGH) return null;
  if (before.p75 == null || before.n < ENOUGH) return 'too few to compare';
  const difference = now.p75 - before.p75;
  if (Math.abs(difference) < before.p75 * 0.02 || Math.abs(difference) < (metric === 'cls' ? 0.005 : 1))
    return 'unchanged';
  const size = formatVital(metric, Math.abs(difference));
  if (metric === 'cls') return difference > 0 ? `${size} more` : `${size} less`;
  return difference > 0 ? `${size} slower` : `${size} faster`;
}

/** Whether a change is for the worse, for its colour and arrow. */
export function changeDirection(words: string | null): 'worse' | 'better' | 'none' {
  if (words === null) return 'none';
  if (words.endsWith('slower') || words.endsWith('more')) return 'worse';
  return words.endsWith('faster') || words.endsWith('less') ? 'better' : 'none';
}

/** Shares for ranking and choosing words; where nothing was measured nothing was poor. Figures show a dash instead. */
export function sharesOf(vital: { needs_improvement: number | null; poor: number | null }): {
  needs: number;
  poor: number;
} {
  return { needs: vital.needs_improvement ?? 0, poor: vital.poor ?? 0 };
}
