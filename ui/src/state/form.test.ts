// Typed numbers, what changed, and which field the server complains about.
import { describe, expect, it } from 'vitest';
import { changesOf, fieldOf, readLines, readNumber, writeNumber } from './form';

const RATE = { min: 1, max: 1_000_000, empty: 'no limit' };

describe('readNumber', () => {
  it.each([
    ['', null],
    ['500', 500],
    [' 1,500 ', 1500],
    ['2.5 k', 2500],
    ["10'000", 10_000],
  ])('reads %j', (text, value) => {
    expect(readNumber(text, RATE)).toEqual({ value });
  });
  it('reads bytes with their unit', () => {
    expect(readNumber('20 GB', { min: 1, max: Number.MAX_SAFE_INTEGER, empty: 'no quota', unit: 'bytes' })).toEqual({
      value: 20_000_000_000,
    });
  });
  it.each(['many', '1,50', '-3', '1e9', '0x10', 'NaN'])('refuses %j', (text) => {
    expect(readNumber(text, RATE)).toHaveProperty('error');
  });
  it('says the bounds in words', () => {
    expect(readNumber('0', RATE)).toEqual({ error: 'From 1 to 1,000,000, or nothing for no limit.' });
    expect(readNumber('0', { min: 1, max: Number.MAX_SAFE_INTEGER, empty: null })).toEqual({ error: 'From 1 on.' });
  });
  it('wants a number where empty means nothing', () => {
    expect(readNumber(' ', { min: 1, max: 9, empty: null })).toEqual({ error: 'A number is needed here.' });
  });
  it('wants whole numbers unless told', () => {
    expect(readNumber('1.5', RATE)).toHaveProperty('error');
    expect(readNumber('1.5', { ...RATE, whole: false })).toEqual({ value: 1.5 });
  });
  it.each([1, 999, 1_000_000, 1_234_567_891, 20_000_000_000, 2_500_000])('reads what it wrote: %d bytes', (value) => {
    const bounds = { min: 1, max: Number.MAX_SAFE_INTEGER, empty: null, unit: 'bytes' } as const;
    expect(readNumber(writeNumber(value, 'bytes'), bounds)).toEqual({ value });
  });
});

describe('changesOf', () => {
  it('tells only what differs, with parts that came and went', () => {
    expect(changesOf({ pace: '5', name: 'a', gone: 'x' }, { pace: '7', name: 'a', come: 'y' })).toEqual([
      { label: 'pace', from: '5', to: '7' },
      { label: 'gone', from: 'x', to: 'none' },
      { label: 'come', from: 'none', to: 'y' },
    ]);
  });
});

describe('fieldOf', () => {
  const fields = { origins: 'origins', key_requests_per_second: 'key', rules: 'rules' };
  it('finds the field that a refusal names', () => {
    expect(fieldOf('key_requests_per_second is 0; it is from 1 on', fields)).toBe('key');
  });
  it('does not take a part of a word for a name', () => {
    expect(fieldOf('these rulesets are wrong', fields)).toBeNull();
  });
});

describe('readLines', () => {
  it('drops empty lines and repeats', () => {
    expect(readLines(' a \n\nb\na')).toEqual(['a', 'b']);
  });
});
