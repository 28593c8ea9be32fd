// The receipt tells all that was done, and names nobody.
import { describe, expect, it } from 'vitest';
import type { Erasure } from '../../../api/types';
import { isRunning, receiptText, rowsInWords, STATES, subjectOf } from './people';

const erasure: Erasure = {
  id: '7',
  app: 'shop',
  kind: 'user',
  subject_hash: 'ab12',
  state: 'done',
  asked: '2026-11-01T08:00:00Z',
  finished: '2026-11-01T08:01:00Z',
  include_traces: false,
  reason: 'asked by letter 17',
  error: null,
  receipt: {
    rows: { views: 4, events: 1200, spans: 0 },
    sessions: 2,
    traces: 3,
    exemplars: 1,
    hours: 2,
    rows_left: 0,
    proof: 'SELECT count()\n  FROM views',
    erased: '2026-11-01T08:00:30Z',
    summed: '2026-11-01T08:00:40Z',
    removed: '2026-11-01T08:01:00Z',
    spool_aside: false,
  },
};

describe('receiptText', () => {
  it('holds what was done, on one line each', () => {
    const text = receiptText(erasure, (table) => table);
    expect(text).toContain('Rows taken away: 1,200 events, 4 views');
    expect(text).toContain('Rows left: 0, by this query: SELECT count() FROM views');
    expect(text).not.toContain('spool');
  });
  it('says when it is not finished, and what was not searched', () => {
    expect(receiptText({ ...erasure, finished: null, receipt: null }, String)).toContain('Finished: not yet');
    const aside = { ...erasure, receipt: { ...erasure.receipt!, spool_aside: true } };
    expect(receiptText(aside, String)).toContain('it was not searched');
  });
});

describe('words', () => {
  it('say nothing when there is nothing', () => {
    expect(rowsInWords([['views', 0]], String)).toBe('nothing');
  });
  it('know every state, and which of them go on', () => {
    expect(Object.keys(STATES).filter((state) => isRunning(state as Erasure['state']))).toEqual([
      'asked',
      'found',
      'erased',
      'summed',
    ]);
  });
  it('send the id under its own name alone', () => {
    expect(subjectOf('device', 'x')).toEqual({ user_id: null, session_id: null, device_id: 'x' });
  });
});
