// Counts against the period before.
import { describe, expect, it } from 'vitest';
import { countChange } from './traffic';

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
