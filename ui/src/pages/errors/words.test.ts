// Words of errors: badges, remedies, stretches of frames.
import { describe, expect, it } from 'vitest';
import type { SourceFrame } from '../../api/errors';
import { badgeOf, markdownOf, placeOf, remedyOf, stretchesOf } from './words';

const open = {
  status: 'open',
  assignee: '',
  changed: 0,
  until: null,
  resolved_in: null,
  next_release: false,
  regressed_in: null,
} as const;
const seen = { first_seen: '2026-01-02T00:00:00Z' };
const frame = (party: string, file = 'src/a.ts'): SourceFrame => ({
  function: 'pay',
  file,
  line: 7,
  column: 3,
  party,
  unresolved: null,
  raw: null,
  context_first: 0,
  context: [],
});

describe('badgeOf', () => {
  it('says what is not simply open', () => {
    const from = Date.parse('2026-01-01T00:00:00Z');
    expect(badgeOf({ ...seen, state: open }, from)).toBe('new');
    expect(badgeOf({ ...seen, state: open }, from + 2 * 86_400_000)).toBeNull();
    expect(badgeOf({ ...seen, state: { ...open, status: 'regressed', regressed_in: '3' } }, from)).toBe(
      'regressed in 3',
    );
    expect(badgeOf({ ...seen, state: { ...open, status: 'resolved', next_release: true } }, from)).toBe(
      'resolved in the next release',
    );
    expect(
      badgeOf(
        { ...seen, state: { ...open, status: 'ignored', until: { errors: 5, time: null, sessions: null } } },
        from,
      ),
    ).toBe('ignored until 5 more errors');
  });
});

describe('stretchesOf', () => {
  it('folds what is not the application’s, unless there is nothing else', () => {
    const frames = [frame('runtime'), frame('app'), frame('app'), frame('library')];
    expect(stretchesOf({ frames }).map(({ own, frames }) => [own, frames.length])).toEqual([
      [false, 1],
      [true, 2],
      [false, 1],
    ]);
    expect(stretchesOf({ frames: [frame('library')] }).map(({ own }) => own)).toEqual([true]);
  });
});

describe('words', () => {
  it('names a place and tells what to do without a map', () => {
    expect(placeOf(frame('app'))).toBe('src/a.ts:7:3');
    expect(placeOf(frame('runtime', ''))).toBe('');
    expect(remedyOf('nothing_for_release', '1.2').do).toContain('--release 1.2');
    expect(markdownOf('Error: x', [{ head: '', frames: [frame('app')] }], 'http://l')).toContain(
      '    at pay (src/a.ts:7:3)',
    );
  });
});
