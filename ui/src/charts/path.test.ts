// Pieces of the critical path on the time line of a trace.
import { describe, expect, it } from 'vitest';
import type { Blame, Span } from '../api/types';
import { stretchesOf } from './path';

const piece = (span_id: string | null, trace_id: string | null, offset: number, name = '') => ({
  offset,
  duration: 10,
  owner: { kind: 'service' as const, name },
  what: '',
  span_id,
  trace_id,
});

describe('stretchesOf', () => {
  const blame = {
    start: '2026-03-01T12:00:00.500Z',
    clock_error: 3,
    clocks: [{ service: 'late', shift: 100, error: 7 }],
    pieces: [
      piece('a', 't', 0),
      piece('a', 't', 40),
      piece('b', 't', 20, 'late'),
      piece('c', 'other', 5),
      piece(null, null, 9),
    ],
  } as unknown as Blame;

  const span = (id: string, parent_id: string | null, side: Span['side']) => ({ id, parent_id, side });
  const spans = [span('page', null, 'browser'), span('a', 'page', 'service'), span('b', 'page', 'service')];

  it('counts from the start of the trace, where the clock of the service put the span', () => {
    const found = stretchesOf(blame, { trace_id: 't', start: '2026-03-01T12:00:00Z', spans });
    expect(found.get('a')).toEqual([
      { offset: 500, duration: 10, error: 3 },
      { offset: 540, duration: 10, error: 3 },
    ]);
    expect(found.get('b')).toEqual([{ offset: 420, duration: 10, error: 7 }]);
    expect([...found.keys()]).toEqual(['a', 'b']);
  });
});
