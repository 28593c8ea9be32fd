// Apdex in words.

/** Two digits, as scores are told; nothing is known without views. */
export const formatScore = (score: number | null | undefined): string => (score == null ? '–' : score.toFixed(2));

export const formatTarget = (millis: number): string =>
  millis < 1000 ? `${Math.round(millis)}\u202fms` : `${Number((millis / 1000).toFixed(2))}\u202fs`;

/** How a score moved since the period before; null where one of the two is unknown. */
export function apdexChange(
  now: number | null | undefined,
  before: number | null | undefined,
): { words: string; direction: 'better' | 'worse' | 'none' } | null {
  if (now == null || before == null) return null;
  const moved = Math.round(now * 100) - Math.round(before * 100);
  if (moved === 0) return { words: 'unchanged', direction: 'none' };
  const words = `${(Math.abs(moved) / 100).toFixed(2)} ${moved > 0 ? 'higher' : 'lower'} than before`;
  return { words, direction: moved > 0 ? 'better' : 'worse' };
}
