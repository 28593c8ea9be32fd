// The explanation in words.
import { describe, expect, it } from 'vitest';
import { owner } from '../../format/owners.fixture';
import type { Explain } from '../../api/types';
import { byDimension, inWords } from './words';

describe('byDimension', () => {
  it('puts the values of one dimension together', () => {
    const values = [
      { dimension: 'country', value: 'SG' },
      { dimension: 'route', value: '/a' },
      { dimension: 'country', value: 'MY' },
    ] as const;
    expect(byDimension(values)).toEqual([
      { dimension: 'country', values: ['SG', 'MY'] },
      { dimension: 'route', values: ['/a'] },
    ]);
  });
});

describe('inWords', () => {
  it('cannot be made markup of by a value', () => {
    const answer = {
      metric: 'lcp',
      range: { from: '', to: '' },
      periods: 7,
      period_days: 1,
      verdict: 'LCP got slower for <b>',
      cohorts: [
        {
          values: [{ dimension: 'route', value: '/a\n# [x](http://evil)' }],
          p75: 3000,
          p75_before: 2000,
          shift: 0.2,
          z: 5,
          views: 10,
          sessions: 5,
          users: 0,
          onset: '2026-03-01T12:00:00Z',
          releases: [{ service: 'cart', release: '2', first_seen: '2026-03-01T12:00:00Z' }],
          flags: [{ key: 'quick<pay', variant: 'on', share: 0.6, share_before: null, first_seen: null }],
          owners: [owner('gateway', '', 930, 800, 1000)],
          representatives: [],
          symptoms: [],
        },
      ],
      unchanged: [],
      tested: 3,
    } as Explain;
    const text = inWords(answer);
    expect(text).toContain('\\<b\\>');
    expect(text).toContain('/a \\# \\[x\\]\\(http://evil\\)');
    expect(text).toMatch(/p75 2.*→ 3/);
    expect(text).toContain('Gateway: +930');
    expect(text).toMatch(/feature flag quick\\<pay on for 60.% of the sessions, unknown before/u);
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([]);
  });
});
