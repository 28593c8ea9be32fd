// Refusals are told with what to do, and none of the advice is about a name that the server no longer knows.
import { describe, expect, it } from 'vitest';
import source from '../../../../../crates/model/src/outcome.rs?raw';
import { ADVICE, lost, outcomeWords } from './advice';

const NAMES = [...source.matchAll(/^ {4}\w+ = "(\w+)",$/gm)].map((found) => found[1] ?? '');

describe('ADVICE', () => {
  it('names only outcomes that the server counts', () => {
    expect(NAMES).toContain('accepted');
    expect(Object.keys(ADVICE).filter((name) => !NAMES.includes(name))).toEqual([]);
  });
});

describe('lost', () => {
  const count = (outcome: string, count: number, signal: string | null = 'logs', app: string | null = 'shop') => ({
    outcome,
    count,
    signal,
    app,
    meaning: 'Said.',
  });
  it('leaves out what was kept and sums up the signals', () => {
    const rows = lost(
      [count('accepted', 900), count('sampled', 4), count('sampled', 5, 'traces'), count('spooled', 2)],
      'shop',
    );
    expect(rows).toEqual([
      {
        outcome: 'sampled',
        meaning: 'Said.',
        advice: ADVICE['sampled'],
        signals: 'logs, traces',
        count: 9,
        requests: false,
        meant: true,
      },
    ]);
  });
  it('keeps requests apart from records, and applications from nobody', () => {
    const rows = lost(
      [count('overloaded', 1), count('overloaded', 7, null), count('key_missing', 3, null, null)],
      'shop',
    );
    expect(rows.map(({ count, requests }) => [count, requests])).toEqual([
      [7, true],
      [1, false],
    ]);
    expect(lost([count('key_missing', 3, null, null)], null)).toHaveLength(1);
  });
  it('has no advice, but still a row, for a name it does not know', () => {
    expect(lost([count('new_thing', 1)], 'shop')[0]?.advice).toBe('');
    expect(outcomeWords('new_thing')).toBe('New thing');
  });
});
