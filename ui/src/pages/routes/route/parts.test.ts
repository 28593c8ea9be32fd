// Parts are grouped by what they are parts of; hours land on their weekday.
import { describe, expect, it } from 'vitest';
import { groupsOf, weekOf } from './parts';

const part = (name: string, p75: number) => ({ part: name, n: 30, p50: p75 / 2, p75 });

describe('groupsOf', () => {
  it('groups and shares', () => {
    const groups = groupsOf([part('dns', 25), part('request', 75), part('inp_input_delay', 10)]);
    expect(groups.map((group) => [group.name, group.parts.map(({ name, share }) => [name, share])])).toEqual([
      [
        'Loading the document',
        [
          ['DNS', 0.25],
          ['Server', 0.75],
        ],
      ],
      ['INP', [['Input waits', 1]]],
    ]);
  });
  it('divides nothing by nothing', () => {
    expect(groupsOf([part('dns', 0)])[0]?.parts[0]?.share).toBe(0);
  });
});

describe('weekOf', () => {
  it('adds the hours of one weekday, Monday first', () => {
    const monday = new Date(2026, 10, 2, 9, 30);
    const next = new Date(2026, 10, 9, 9, 0);
    const hours = [monday, next].map((time) => ({ time: time.toISOString(), views: 2, with_error: 0 }));
    expect(weekOf(hours)[0]?.[9]).toBe(4);
    expect(
      weekOf(hours)
        .flat()
        .reduce((sum, views) => sum + views, 0),
    ).toBe(4);
  });
});
