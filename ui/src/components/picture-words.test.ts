// What is written around a picture is whole, and hostile text does not spoil it.
import { describe, expect, it } from 'vitest';
import { cleanText, fileNameOf, footnoteOf, pictureSize } from './picture-words';

describe('the picture of a panel', () => {
  it('says whose data it is, of how many, and under which filters', () => {
    const about = { app: 'Shop', sample: 'n 4,637', filters: ['country:ID'], at: '2026-11-23 17:40 UTC' };
    expect(footnoteOf(about)).toBe('Limen · Shop · n 4,637 · country:ID · 2026-11-23 17:40 UTC');
    expect(footnoteOf({ ...about, app: '', sample: undefined, filters: [] })).toBe('Limen · 2026-11-23 17:40 UTC');
  });

  it('holds no character that XML cannot', () => {
    expect(cleanText('a\u0000b\u001fc\ud800d\uffff')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd');
    expect(cleanText('tab\tline\nשלום 👍')).toBe('tab\tline\nשלום 👍');
  });

  it('is refused where it would be too large, with what to do instead', () => {
    expect(() => pictureSize(800, 9000)).toThrow('copy it as CSV');
    expect(pictureSize(800.4, 300.6)).toEqual({ width: 800, height: 301 });
  });

  it('is saved under a plain name', () => {
    expect(fileNameOf('p75 of LCP, by country')).toBe('limen-p75-of-lcp-by-country.png');
    expect(fileNameOf('../../שלום')).toBe('limen-panel.png');
  });
});
