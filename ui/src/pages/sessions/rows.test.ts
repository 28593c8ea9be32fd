// Pages, steps and words of the list of sessions.
import { describe, expect, it } from 'vitest';
import type { Session } from '../../api/types';
import { joinPages, movedOn, sayDevice, stepRow } from './rows';

const session = (id: string) => ({ id }) as Session;

describe('joinPages', () => {
  it('lists a session once though two pages hold it', () => {
    const joined = joinPages([
      [session('a'), session('b')],
      [session('b'), session('c')],
    ]);
    expect(joined.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('stepRow', () => {
  it('begins at the first row', () => {
    expect(stepRow(-1, 1, 5)).toBe(0);
    expect(stepRow(-1, -1, 5)).toBe(0);
  });

  it('holds at both ends', () => {
    expect(stepRow(4, 1, 5)).toBe(4);
    expect(stepRow(0, -1, 5)).toBe(0);
  });

  it('goes nowhere in an empty list', () => {
    expect(stepRow(-1, 1, 0)).toBe(-1);
  });
});

describe('sayDevice', () => {
  it('leaves out what is unknown', () => {
    expect(sayDevice({ browser: 'Firefox', os: '', device: 'desktop' })).toBe('Firefox · desktop');
    expect(sayDevice({ browser: '', os: '', device: '' })).toBe('Unknown browser');
  });
});

describe('movedOn', () => {
  it('is false for a visit that ended where it began', () => {
    expect(movedOn({ entry_route: '/', last_route: '/', views: 3 })).toBe(false);
    expect(movedOn({ entry_route: '/', last_route: '/cart', views: 2 })).toBe(true);
  });
});
