// The map says of each country what the table says, calls no small sample good or poor, and leaves nobody out.
import { describe, expect, it } from 'vitest';
import { countriesOf, markRadius, neighbour } from './countries';
import type { OddValue } from './oddness';

const centres = { SG: [100, 100], MY: [95, 90], ID: [110, 120], DE: [50, 20] } as const;
const value = (code: string, n: number, p75: number | null, bad = 0.1, odd = false): OddValue => ({
  value: code,
  n,
  bad,
  rest: 0.05,
  p75,
  excess: 0,
  z: null,
  odd,
});

describe('the countries of the map', () => {
  it('are rated by the p75 of the vital', () => {
    const rows = [value('DE', 300, 1200), value('SG', 200, 3000), value('ID', 100, 4800)];
    expect(countriesOf(rows, 'lcp', centres).map(({ looks }) => looks)).toEqual(['good', 'needs-improvement', 'poor']);
  });

  it('are neither good nor poor where too few stand behind them', () => {
    const [few] = countriesOf([value('MY', 19, 9000)], 'lcp', centres);
    expect(few?.looks).toBe('few');
    expect(few?.words).toContain('19 views, too few to judge');
  });

  it('say name, p75, interval and views', () => {
    const [one] = countriesOf([value('SG', 400, 4500, 0.3)], 'lcp', centres);
    expect(one?.words.replaceAll('\u202f', ' ')).toBe(
      'Singapore: LCP p75 4.50 s, poor; poor in 30 % (95 % interval 26 % to 35 %), 400 views.',
    );
  });

  it('are all there, whether the map has a place for them or not', () => {
    const rows = [
      value('DE', 30, 900),
      value('AQ', 25, 900),
      value('', 40, 900),
      value('T1', 22, 900),
      value('toString', 21, 900),
    ];
    const found = countriesOf(rows, 'lcp', centres);
    expect(found.map(({ code, at }) => [code, at !== null])).toEqual([
      ['', false],
      ['DE', true],
      ['AQ', false],
      ['T1', false],
      ['toString', false],
    ]);
    expect(found[0]?.name).toBe('Unknown country');
  });

  it('stand out by errors only where there are more of them than in the rest', () => {
    const found = countriesOf([value('DE', 500, null, 0.04), value('ID', 400, null, 0.4, true)], 'errors', centres);
    expect(found.map(({ looks }) => looks)).toEqual(['usual', 'poor']);
  });
});

describe('the marks', () => {
  it('grow with the views in area, and stay visible', () => {
    expect(markRadius(100, 100) / markRadius(25, 100)).toBeCloseTo(2);
    expect(markRadius(1, 1_000_000)).toBeGreaterThanOrEqual(4);
    expect(markRadius(0, 0)).toBeGreaterThanOrEqual(4);
  });
});

describe('the arrow keys', () => {
  const countries = countriesOf(
    [value('SG', 50, 1), value('MY', 40, 1), value('ID', 30, 1), value('DE', 20, 1), value('', 10, 1)],
    'lcp',
    centres,
  );
  const [singapore] = countries;
  const reached = (key: string) => singapore && neighbour(countries, singapore, key)?.code;

  it('reach the nearest country in their direction', () => {
    expect(reached('ArrowDown')).toBe('ID');
    expect(reached('ArrowUp')).toBe('MY');
    expect(reached('ArrowRight')).toBe('ID');
  });

  it('stay where there is none', () => {
    const [east] = countriesOf([value('ID', 30, 1)], 'lcp', centres);
    expect(east && neighbour(countries, east, 'ArrowRight')).toBeNull();
    expect(east && neighbour(countries, east, 'x')).toBeNull();
  });
});
