// Hostile text stays text.
import { describe, expect, it } from 'vitest';
import { formatCountry, safeHref, shorten } from './text';

describe('safeHref', () => {
  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//shop.example',
    'https://shop.example@evil.example/',
    'not a url',
  ])('makes no link of %s', (text) => {
    expect(safeHref(text)).toBeNull();
  });

  it('links https', () => {
    expect(safeHref('https://shop.example/a b')).toBe('https://shop.example/a%20b');
  });
});

describe('shorten', () => {
  it('keeps the end of a path when cut in the middle', () => {
    expect(shorten('/assets/images/very/long/path/hero.jpg', 17, 'middle')).toBe('/assets/…hero.jpg');
  });

  it('never cuts a character in two', () => {
    expect(shorten('🦀🦀🦀🦀', 3)).toBe('🦀🦀…');
  });
});

describe('formatCountry', () => {
  it('names known codes and leaves other text alone', () => {
    expect(formatCountry('ID')).toBe('Indonesia');
    expect(formatCountry('<b>')).toBe('<b>');
    expect(formatCountry('')).toBe('Unknown country');
  });
});
