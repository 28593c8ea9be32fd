// How a count changed against the period before, and what was not counted, in words.
import type { Traffic } from '../../api/types';
import { formatCount, formatShare } from '../../format/number';
import { plural } from '../../format/text';

const SMALL = 0.02;

export function countChange(now: number, before: number): string | null {
  if (before === 0) return now === 0 ? null : 'none before';
  const share = (now - before) / before;
  if (Math.abs(share) < SMALL) return 'unchanged';
  if (share >= 2) return `${(now / before).toFixed(share >= 9 ? 0 : 1)} times as many`;
  return `${formatShare(Math.abs(share))} ${share > 0 ? 'more' : 'fewer'}`;
}

/** To stand behind other counts; empty when every view was a person's. */
export function leftOut({ bots, tests }: Traffic['left_out']): string {
  const views = bots + tests;
  return views > 0 ? ` · without ${formatCount(views)} ${plural(views, 'view')} by bots and tests` : '';
}
