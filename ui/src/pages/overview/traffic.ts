// How a count changed against the period before, in words.
import { formatShare } from '../../format/number';

const SMALL = 0.02;

export function countChange(now: number, before: number): string | null {
  if (before === 0) return now === 0 ? null : 'none before';
  const share = (now - before) / before;
  if (Math.abs(share) < SMALL) return 'unchanged';
  if (share >= 2) return `${(now / before).toFixed(share >= 9 ? 0 : 1)} times as many`;
  return `${formatShare(Math.abs(share))} ${share > 0 ? 'more' : 'fewer'}`;
}
