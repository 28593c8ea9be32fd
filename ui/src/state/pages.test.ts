// The list of pages.
import { describe, expect, it } from 'vitest';
import { PAGES } from './pages';
import { pageOf } from './routes';

describe('PAGES', () => {
  it('has keys and an address of its own for each, which leads to it', () => {
    const once = (values: string[]) => expect([...new Set(values)]).toEqual(values);
    once(PAGES.map(({ keys }) => keys));
    once(PAGES.map(({ href }) => href));
    for (const { href, shows } of PAGES) expect(shows).toContain(pageOf(href).name);
  });
});
