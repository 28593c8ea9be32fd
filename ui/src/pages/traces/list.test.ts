// Rules of the list of traces.
import { describe, expect, it } from 'vitest';
import { barShare, joinTraces, type TraceSummary } from './list';

const trace = (id: string, minute: number, spans = 1) =>
  ({ trace_id: id, start: `2026-01-01T10:0${minute}:00Z`, spans }) as TraceSummary;

describe('the list of traces', () => {
  it('holds a trace once and believes the newer answer', () => {
    const joined = joinTraces([trace('b', 2, 9)], [trace('b', 2, 4), trace('a', 1)]);
    expect(joined.map((one) => [one.trace_id, one.spans])).toEqual([
      ['b', 9],
      ['a', 1],
    ]);
  });

  it('keeps what was read beyond the first page when newer ones join at the front', () => {
    expect(
      joinTraces([trace('d', 4), trace('c', 3)], [trace('c', 3), trace('b', 2)]).map((one) => one.trace_id),
    ).toEqual(['d', 'c', 'b']);
  });

  it('draws a bar for every duration, and none longer than the slowest', () => {
    expect(barShare(500, 1000)).toBe(0.5);
    expect(barShare(0, 1000)).toBeGreaterThan(0);
    expect(barShare(0, 0)).toBeGreaterThan(0);
  });
});
