// Owners of time and changes of it, by name and with a sign.
import type { OwnerChange } from '../api/types';
import { formatDuration } from './number';

const OWNERS_AT_MOST = 8;

const KIND_NAMES: Record<OwnerChange['owner']['kind'], string> = {
  browser: 'Browser',
  network: 'Network',
  cdn: 'CDN',
  gateway: 'Gateway',
  service: 'Service',
  database: 'Database',
  third_party: 'Third party',
  render_delay: 'Render delay',
  unknown: 'Not measured',
};

export function nameOf(owner: OwnerChange['owner']): string {
  return owner.name ? `${KIND_NAMES[owner.kind]} ${owner.name}` : KIND_NAMES[owner.kind];
}

/** Those whose change is clear first, each by its size. */
export function ownersOf(owners: readonly OwnerChange[]): OwnerChange[] {
  const clear = (change: OwnerChange) => Number(change.change_low > 0 || change.change_high < 0);
  return [...owners]
    .sort((a, b) => clear(b) - clear(a) || Math.abs(b.change) - Math.abs(a.change))
    .slice(0, OWNERS_AT_MOST);
}

export function signed(millis: number): string {
  return `${millis < 0 ? '−' : '+'}${formatDuration(Math.abs(millis))}`;
}
