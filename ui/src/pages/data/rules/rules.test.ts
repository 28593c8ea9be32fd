// Rules keep their order and their blanks, and what is wrong is said at its row.
import { describe, expect, it } from 'vitest';
import { describeRoutes, moved, newRow, readRoutes, readSecrets, routesForm, secretsForm } from './rules';

const routes = {
  rules: [
    { pattern: '/blog/*', template: '/blog/:slug' },
    { pattern: '/docs/**', template: '/docs' },
  ],
  routes_a_day: null,
};

describe('routes', () => {
  it('go through the form unchanged', () => {
    expect(readRoutes(routesForm(routes), routes)).toEqual({ value: routes, errors: {} });
  });
  it.each([
    ['blog', 'x', 'begins with /'],
    ['/a/**/b', 'x', 'must be last'],
    ['/a*/b', 'x', 'whole segment'],
    ['/a', ' ', 'Name the route'],
  ])('say what is wrong with %s', (first, second, words) => {
    const row = newRow(first, second);
    expect(readRoutes({ rows: [row], routesADay: '' }, routes).errors[`row-${row.id}`]).toContain(words);
  });
  it('leave out empty rows', () => {
    expect(readRoutes({ rows: [newRow()], routesADay: '' }, routes)).toEqual({
      value: { rules: [], routes_a_day: null },
      errors: {},
    });
  });
  it('are told one by one', () => {
    expect(describeRoutes({ ...routes, routes_a_day: 5000 })).toEqual({
      'Rule 1': '/blog/* → /blog/:slug',
      'Rule 2': '/docs/** → /docs',
      'Routes a day': '5,000',
    });
  });
});

describe('secrets', () => {
  const saved = { rules: [{ name: 'order', pattern: 'ORD \\d+ ' }] };
  it('keep the blanks of an expression', () => {
    expect(readSecrets(secretsForm(saved), saved)).toEqual({ value: saved, errors: {} });
  });
  it('must not share a name', () => {
    const rows = [newRow('order', 'a'), newRow('order', 'b')];
    expect(Object.keys(readSecrets({ rows }, saved).errors)).toHaveLength(2);
  });
  it('have names of small letters', () => {
    const row = newRow('Order', 'a');
    expect(readSecrets({ rows: [row] }, saved).errors[`row-${row.id}`]).toContain('small letters');
  });
});

describe('moved', () => {
  it('swaps neighbours and stays at the ends', () => {
    const rows = [newRow('a'), newRow('b')];
    expect(moved(rows, rows[1]?.id ?? 0, -1).map((row) => row.first)).toEqual(['b', 'a']);
    expect(moved(rows, rows[0]?.id ?? 0, -1)).toBe(rows);
  });
});
