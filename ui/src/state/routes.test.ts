// Addresses and the pages they show.
import { describe, expect, it } from 'vitest';
import { idIn, pageOf } from './routes';

const ID = '0123456789abcdef0123456789abcdef';

describe('pageOf', () => {
  it.each([
    ['/', { name: 'overview' }],
    ['/sessions', { name: 'sessions' }],
    ['/sessions/', { name: 'sessions' }],
    [`/sessions/${ID}`, { name: 'session', id: ID }],
    [`/traces/${ID.toUpperCase()}`, { name: 'trace', id: ID }],
    ['/traces/%3Cscript%3E', { name: 'nowhere' }],
    ['/explain', { name: 'explain' }],
    ['/services', { name: 'services' }],
    ['/services/metrics', { name: 'metrics' }],
    ['/metrics', { name: 'nowhere' }],
    ['/dashboards', { name: 'dashboards' }],
    ['/dashboards/00000000000000ab', { name: 'dashboard', id: '00000000000000ab' }],
    ['/dashboards/x', { name: 'nowhere' }],
    ['/pages', { name: 'pages' }],
    ['/page', { name: 'page' }],
    ['/explore', { name: 'explore' }],
    ['/pages/x', { name: 'nowhere' }],
    ['/journeys', { name: 'journeys' }],
    ['/journeys/x', { name: 'nowhere' }],
    ['/logs', { name: 'logs' }],
    ['/logs/x', { name: 'nowhere' }],
    ['/data/usage', { name: 'usage' }],
    ['/data/people/', { name: 'people' }],
    ['/data/source-maps', { name: 'source-maps' }],
    ['/data', { name: 'nowhere' }],
    ['/data/else', { name: 'nowhere' }],
    ['/else', { name: 'nowhere' }],
    [`/traces/${ID}/more`, { name: 'nowhere' }],
  ])('shows the page of %s', (path, page) => {
    expect(pageOf(path)).toEqual(page);
  });
});

describe('idIn', () => {
  it('finds the trace id in a traceparent', () => {
    expect(idIn(` 00-${ID}-0123456789abcdef-01 `)).toBe(ID);
  });

  it('accepts an id written as a uuid', () => {
    expect(idIn('01234567-89ab-cdef-0123-456789abcdef')).toBe(ID);
  });

  it('finds nothing in a word', () => {
    expect(idIn('checkout')).toBeNull();
  });
});
