// The rules of W3C Trace Context, and who may get our headers.
import { describe, expect, it } from 'vitest';
import { documentTraceparent, mayPropagate, parseTraceparent, randomHex } from './trace';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('parseTraceparent', () => {
  it.each([
    `00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-00`,
    `00-${TRACE}-${SPAN}-03`,
    ` 00-${TRACE}-${SPAN}-01 `,
    `cc-${TRACE}-${SPAN}-01-what-comes-later`,
  ])('reads %s', (text) => expect(parseTraceparent(text)).toEqual({ traceId: TRACE, parentSpanId: SPAN }));

  it.each([
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
    'cc-not',
    '',
    null,
    undefined,
  ])('refuses %s', (text) => expect(parseTraceparent(text)).toBeUndefined());

  it('reads the ids we make', () => {
    for (let i = 0; i < 100; i++) {
      const one = { traceId: randomHex(16), parentSpanId: randomHex(8) };
      expect(parseTraceparent(`00-${one.traceId}-${one.parentSpanId}-01`)).toEqual(one);
    }
  });
});

describe('mayPropagate', () => {
  const own = 'https://shop.example';
  const listed = ['https://api.shop.example'];
  it.each([
    ['https://shop.example/x', true],
    ['https://api.shop.example/x', true],
    ['https://api.shop.example:8443/x', false],
    ['http://shop.example/x', false],
    ['https://shop.example.evil.example/x', false],
    ['https://evil.example/?https://api.shop.example', false],
    ['https://shop.example@evil.example/x', false],
    ['blob:null/x', false],
  ])('%s: %s', (url, allowed) => expect(mayPropagate(new URL(url), own, listed)).toBe(allowed));
});

describe('documentTraceparent', () => {
  const timing = (name: string, description: string) => ({ name, description });
  const other = `00-${'a'.repeat(32)}-${SPAN}-01`;

  it('prefers traceparent to trace to the meta tag', () => {
    const both = [timing('trace', other), timing('Traceparent', `"00-${TRACE}-${SPAN}-00"`)];
    expect(documentTraceparent(both, null)?.traceId).toBe(TRACE);
    expect(documentTraceparent([timing('trace', other)], `00-${TRACE}-${SPAN}-01`)?.traceId).toBe('a'.repeat(32));
    expect(documentTraceparent([timing('db', '')], ` 00-${TRACE}-${SPAN}-01 `)?.traceId).toBe(TRACE);
  });

  it('goes on after one that is broken', () => {
    expect(documentTraceparent([timing('traceparent', 'x'), timing('trace', other)], null)?.parentSpanId).toBe(SPAN);
    expect(documentTraceparent([], undefined)).toBeUndefined();
  });
});
