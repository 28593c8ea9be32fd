// The list of sessions as it grows page by page, and the words of one row.
import type { Session } from '../../api/types';

/** Pages in order; a session that moved on between two questions and came twice is kept where it was first. */
export function joinPages(pages: Session[][]): Session[] {
  const known = new Set<string>();
  return pages.flat().filter((session) => {
    if (known.has(session.id)) return false;
    known.add(session.id);
    return true;
  });
}

/** Where j and k go next; from nowhere both begin at the first row, and the ends hold. */
export function stepRow(current: number, step: 1 | -1, count: number): number {
  if (count === 0) return -1;
  if (current < 0) return 0;
  return Math.min(count - 1, Math.max(0, current + step));
}

/** Browser, system and kind of device, as far as they are known. */
export function sayDevice(session: Pick<Session, 'browser' | 'os' | 'device'>): string {
  const known = [session.browser, session.os, session.device].filter((part) => part !== '' && part !== null);
  return known.length === 0 ? 'Unknown browser' : known.join(' · ');
}

/** True when the visit ended elsewhere than it began; one route is then written once. */
export function movedOn(session: Pick<Session, 'entry_route' | 'last_route' | 'views'>): boolean {
  return session.views > 1 && session.last_route !== session.entry_route;
}
