// Where services stand on their map.
import { describe, expect, it } from 'vitest';
import { formatRate, healthOf, layOut, type Call, type Service } from './map';

const load = { requests: 1, rate: 1, failed: 0, p50: 1, p95: 1 };
const service = (kind: Service['kind'], name: string): Service => ({ kind, name, load });
const call = (from: string, to: string, more: Partial<Call> = {}): Call => ({
  from,
  from_kind: from.startsWith('web') ? 'browser' : 'service',
  to,
  to_kind: to.startsWith('pg') ? 'database' : 'service',
  load,
  ...more,
});
const answer = (services: Service[], calls: Call[]) => ({
  range: { from: '2026-03-01T12:00:00Z', to: '2026-03-01T13:00:00Z' },
  one_of: 1,
  services,
  calls,
});

describe('layOut', () => {
  it('goes from the page to the database, one column a call', () => {
    const map = layOut(
      answer(
        [service('browser', 'web'), service('service', 'a')],
        [call('web', 'a'), call('a', 'pg'), call('a', 'b'), call('b', 'pg')],
      ),
    );
    const columns = Object.fromEntries(map.nodes.map((node) => [node.service.name, node.column]));
    expect(columns).toEqual({ web: 0, a: 1, b: 2, pg: 3 });
    expect(map.edges).toHaveLength(4);
    expect(map.edges[0]?.width).toBe(5);
  });

  it('ends with services that call each other, and leaves out calls to oneself', () => {
    const map = layOut(answer([], [call('a', 'b'), call('b', 'a'), call('a', 'a')]));
    expect(map.nodes).toHaveLength(2);
    expect(map.edges).toHaveLength(2);
  });

  it('holds many services in a ring and in a crowd without standing still', () => {
    const ring = Array.from({ length: 300 }, (_, i) => call(`s${i}`, `s${(i + 1) % 300}`));
    const all = Array.from({ length: 30 }, (_, from) =>
      Array.from({ length: 29 - from }, (_, i) => call(`n${from}`, `n${from + 1 + i}`)),
    );
    expect(layOut(answer([], all.flat())).nodes.map((node) => node.column)).toContain(29);
    const crowd = Array.from({ length: 400 }, (_, i) => call(`c${i % 20}`, `c${(i * 7 + 1) % 20}`));
    expect(layOut(answer([], ring)).nodes).toHaveLength(300);
    expect(layOut(answer([], crowd)).nodes).toHaveLength(20);
  });

  it('gives every box a place of its own', () => {
    const map = layOut(answer([], [call('web', 'a'), call('web', 'b'), call('web', 'c'), call('a', 'pg')]));
    expect(new Set(map.nodes.map((node) => `${node.x} ${node.y}`)).size).toBe(map.nodes.length);
    for (const node of map.nodes) expect(node.y).toBeGreaterThanOrEqual(0);
  });

  it('is empty without services', () => {
    expect(layOut(answer([], []))).toMatchObject({ nodes: [], edges: [] });
  });
});

describe('figures', () => {
  it('names a rate by the unit that fits', () => {
    expect([1234, 2.34, 0.5, 0.001, 0].map(formatRate)).toEqual(['1,234/s', '2.3/s', '30/min', '3.6/h', '0.0/h']);
  });

  it('knows bad from worse', () => {
    expect([0, 0.02, 0.2].map(healthOf)).toEqual(['good', 'needs', 'poor']);
  });
});
