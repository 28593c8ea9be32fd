// Two significant steps, and no false zeros.
import { describe, expect, it } from 'vitest';
import { formatCount, formatDuration, formatShare } from './number';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('formatDuration', () => {
  it.each([
    [0.42, '0.4 ms'],
    [4, '4 ms'],
    [220.4, '220 ms'],
    [999.7, '1.00 s'],
    [1840, '1.84 s'],
    [12_340, '12.3 s'],
    [59_990, '1 min'],
    [125_000, '2:05 min'],
    [3_900_000, '1:05 h'],
  ])('writes %d ms as %s', (millis, text) => {
    expect(plain(formatDuration(millis))).toBe(text);
  });

  it('shows what is unknown as a dash, never as zero', () => {
    expect(formatDuration(null)).toBe('–');
  });
});

describe('formatShare', () => {
  it.each([
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.184, '18 %'],
    [0.0325, '3.3 %'],
    [0.998, '>99 %'],
    [1, '100 %'],
  ])('writes %d as %s', (share, text) => {
    expect(plain(formatShare(share))).toBe(text);
  });
});

describe('formatCount', () => {
  it('groups thousands and shortens the very large', () => {
    expect(formatCount(12_345)).toBe('12,345');
    expect(formatCount(1_234_567)).toBe('1.23M');
  });
});
