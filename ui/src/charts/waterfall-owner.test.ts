// Rules of colour in the waterfall: every service keeps its own, browser and database have theirs.
import { describe, expect, it } from 'vitest';
import { coloursOf, markLabel, ownerOf } from './waterfall-owner';

const db = { system: 'postgresql', statement: 'SELECT 1' };
const span = (service: string, side: 'browser' | 'service' = 'service', call: typeof db | null = null) => ({
  service,
  side,
  db: call,
});

describe('the owner of a span', () => {
  it('is the database for a call of one, whichever service made it', () => {
    expect(ownerOf(span('cart', 'service', db))).toBe('database');
    expect(ownerOf(span('shop', 'browser'))).toBe('browser');
    expect(ownerOf(span('cart'))).toBe('service');
  });

  it('gives each service a colour of its own in the order of appearance', () => {
    const colours = coloursOf([
      span('shop', 'browser'),
      span('gateway'),
      span('cart'),
      span('cart', 'service', db),
      span('gateway'),
    ]);
    expect(colours.ofService('shop')).toBe('--own-browser');
    expect(colours.ofService('gateway')).toBe('--own-0');
    expect(colours.ofService('cart')).toBe('--own-1');
    expect(colours.ofSpan(span('cart', 'service', db))).toBe('--own-database');
  });

  it('begins again when there are more services than colours', () => {
    const many = Array.from({ length: 9 }, (_, i) => span(`s${i}`));
    expect(coloursOf(many).ofService('s8')).toBe('--own-1');
  });

  it('sees a service with nothing but database calls as the database', () => {
    expect(coloursOf([span('postgresql', 'service', db)]).ofService('postgresql')).toBe('--own-database');
  });
});

describe('a flag', () => {
  it('says the vital itself, or else when it came', () => {
    expect(markLabel({ name: 'LCP', offset: 1900, value: 1840, view_id: 'v' })).toBe('LCP 1.84\u202fs');
  });
});
