// The list of log records and its chart, without a browser.
import { describe, expect, it } from 'vitest';
import { barsOf, joinLogs, keyOf, lineOf, prependTail, quoted, toggleTerm, type LogItem } from './list';

const log = (time: string, id: string, more: Partial<LogItem> = {}): LogItem => ({
  id,
  time,
  level: 'info',
  severity_text: '',
  event_name: '',
  body: '',
  service: 'cart',
  release: '',
  environment: '',
  scope_name: '',
  trace_id: null,
  span_id: null,
  session_id: null,
  attributes: {},
  resource: {},
  ...more,
});

describe('the list', () => {
  it('has each record once', () => {
    const joined = joinLogs([log('2', 'a'), log('1', 'a')], [log('1', 'a'), log('0', 'b')]);
    expect(joined.map(keyOf)).toEqual(['2 a', '1 a', '0 b']);
  });

  it('puts a late record of a tail where its time is', () => {
    const list = prependTail([log('5', 'a'), log('3', 'a')], [log('6', 'a'), log('4', 'a'), log('5', 'a')]);
    expect(list.map((item) => item.time)).toEqual(['6', '5', '4', '3']);
    const [half, whole] = ['2026-03-01T12:00:00.5Z', '2026-03-01T12:00:00Z'];
    expect(prependTail([log(whole, 'a')], [log(half, 'a')]).map((item) => item.time)).toEqual([half, whole]);
  });

  it('names an event that has no text', () => {
    expect(lineOf(log('1', 'a', { event_name: 'session.start' }))).toBe('session.start');
    expect(lineOf(log('1', 'a', { body: 'done' }))).toBe('done');
  });
});

describe('a search', () => {
  it('gets a term and loses it again', () => {
    const once = toggleTerm('timeout', 'service', 'cart');
    expect(once).toBe('timeout service:cart');
    expect(toggleTerm(once, 'service', 'cart')).toBe('timeout');
    expect(toggleTerm('', 'http.route', '/a b', true)).toBe('-http.route:"/a b"');
  });

  it('puts what could be read otherwise in quotation marks', () => {
    expect(quoted('a*')).toBe('"a*"');
    expect(quoted('say "no"\\')).toBe('"say \\"no\\"\\\\"');
    expect(quoted('/cart/items')).toBe('/cart/items');
    expect(quoted('')).toBe('""');
  });
});

describe('the chart', () => {
  it('stacks the severe at the bottom and measures against the highest bar', () => {
    const none = { fatal: 0, error: 0, warn: 0, info: 0, debug: 0, trace: 0, unset: 0 };
    const [first, second] = barsOf([
      { ...none, time: '2026-03-01T12:00:00Z', info: 3, error: 1 },
      { ...none, time: '2026-03-01T12:01:00Z' },
    ]);
    expect(first?.parts).toEqual([
      { level: 'error', count: 1, from: 0, share: 0.25 },
      { level: 'info', count: 3, from: 0.25, share: 0.75 },
    ]);
    expect(second).toMatchObject({ total: 0, parts: [] });
  });
});
