// Rules for the word and the weight of a log.
import { describe, expect, it } from 'vitest';
import { severityOf } from './severity';

describe('the severity of a log', () => {
  it("keeps the sender's word and takes the weight from the number", () => {
    expect(severityOf('WARNING', 13)).toEqual({ word: 'warning', rank: 'warn' });
    expect(severityOf('oops', 18)).toEqual({ word: 'oops', rank: 'bad' });
  });

  it('names the number when there is no word', () => {
    expect(severityOf('', 9)).toEqual({ word: 'info', rank: 'plain' });
    expect(severityOf('', 0)).toEqual({ word: 'unknown', rank: 'plain' });
  });

  it('understands a word without a number', () => {
    expect(severityOf('ERROR', 0).rank).toBe('bad');
  });

  it('cuts what is no word', () => {
    expect(severityOf('x'.repeat(5000), 9).word).toHaveLength(9);
  });
});
