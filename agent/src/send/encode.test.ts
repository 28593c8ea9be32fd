// Times, numbers and text as OTLP/JSON wants them.
import { describe, expect, it } from 'vitest';
import { byteLength, encodeAttributes, nanos } from './encode';
import { int } from '../record';

describe('nanos', () => {
  it.each([
    [1_700_000_000_000, '1700000000000000000'],
    [1_700_000_000_000.5, '1700000000000500000'],
    [1_700_000_000_123.25, '1700000000123250000'],
    [0, '0'],
    [-5, '0'],
    [NaN, '0'],
    [Infinity, '0'],
  ])('writes %d as %s', (millis, text) => expect(nanos(millis)).toBe(text));

  it('never differs from the clock by a microsecond or more, nor goes backwards', () => {
    let last = 0n;
    for (let i = 0; i < 5_000; i++) {
      const millis = 1_795_000_000_000 + i * 0.737;
      const value = BigInt(nanos(millis));
      expect(Math.abs(Number(value / 1000n) / 1000 - millis)).toBeLessThan(0.0011);
      expect(value >= last).toBe(true);
      last = value;
    }
  });
});

describe('byteLength', () => {
  it('#23 counts bytes of UTF-8, not characters', () => {
    expect(byteLength('é€😀')).toBe(2 + 3 + 4);
  });
});

describe('encodeAttributes', () => {
  it('keeps doubles doubles and whole numbers whole', () => {
    expect(encodeAttributes({ vital: 200, status: int(200), yes: true, list: ['a'] })).toEqual([
      { key: 'vital', value: { doubleValue: 200 } },
      { key: 'status', value: { intValue: '200' } },
      { key: 'yes', value: { boolValue: true } },
      { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }] } } },
    ]);
  });

  it('leaves out what is unknown, and keeps zero', () => {
    expect(encodeAttributes({ a: undefined, b: NaN, c: Infinity, d: int(NaN), e: 0 })).toEqual([
      { key: 'e', value: { doubleValue: 0 } },
    ]);
  });

  it('replaces half characters, also where a text was cut', () => {
    const [cut] = encodeAttributes({ text: `${'x'.repeat(4_095)}😀` });
    expect(cut?.value.stringValue).toHaveLength(4_096);
    expect(cut?.value.stringValue?.endsWith('\ufffd')).toBe(true);
    expect(JSON.stringify(encodeAttributes({ text: 'a\ud800b' }))).not.toContain('\\ud800');
  });
});
