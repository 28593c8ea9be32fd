// Apdex in words: the score, its target, and how it moved.
import { expect, it } from 'vitest';
import { apdexChange, formatScore, formatTarget } from './apdex';

it('tells a score with two digits, and nothing where nothing is known', () => {
  expect([0.8349, 1, null, undefined].map(formatScore)).toEqual(['0.83', '1.00', '–', '–']);
});

it('tells the target in the unit that suits it', () => {
  expect([500, 2500, 1000].map(formatTarget)).toEqual(['500\u202fms', '2.5\u202fs', '1\u202fs']);
});

it('calls a change what can be seen of it', () => {
  expect(apdexChange(0.834, 0.831)).toEqual({ words: 'unchanged', direction: 'none' });
  expect(apdexChange(0.9, 0.85)).toEqual({ words: '0.05 higher than before', direction: 'better' });
  expect(apdexChange(0.8, 0.85)?.direction).toBe('worse');
  expect(apdexChange(null, 0.85)).toBe(null);
});
