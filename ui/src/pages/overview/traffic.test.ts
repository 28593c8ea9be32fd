// Counts against the period before, and what was not counted.
import { describe, expect, it } from 'vitest';
import { countChange, leftOut } from './traffic';

describe('countChange', () => {
  it.each([
    [0, 0, null],
    [5, 0, 'none before'],
    [101, 100, 'unchanged'],
    [120, 100, '20 % more'],
    [80, 100, '20 % fewer'],
    [450, 100, '4.5 times as many'],
  ])('says of %d after %d: %s', (now, before, words) => {
    expect(countChange(now, before)?.replace('\u202f', ' ') ?? null).toBe(words);
  });
});

describe('leftOut', () => {
  it('says how many views no person looked at', () => {
    expect(leftOut({ bots: 12, tests: 3 })).toBe(' · without 15 views by bots and tests');
    expect(leftOut({ bots: 0, tests: 1 })).toBe(' · without 1 view by bots and tests');
  });

  it('says nothing when there are none', () => {
    expect(leftOut({ bots: 0, tests: 0 })).toBe('');
  });
});
