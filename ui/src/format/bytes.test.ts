// Bytes keep three digits and their unit; money never becomes nothing.
import { describe, expect, it } from 'vitest';
import { formatBytes, formatMoney } from './bytes';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1536, '1.54 kB'],
    [999_600, '1 MB'],
    [12_340_000, '12.3 MB'],
    [123_400_000, '123 MB'],
    [7e15, '7 PB'],
    [-2000, '−2 kB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(plain(formatBytes(bytes))).toBe(text);
  });
});

describe('formatMoney', () => {
  it.each([
    [0, 'EUR', '0.00 EUR'],
    [0.001, 'EUR', '<0.01 EUR'],
    [12.5, 'USD', '12.50 USD'],
    [12345.6, 'EUR', '12,346 EUR'],
    [3, '', '3.00'],
  ])('writes %d %s as %s', (amount, currency, text) => {
    expect(plain(formatMoney(amount, currency))).toBe(text);
  });
});
