// Words of requests: statuses and parts.
import { describe, expect, it } from 'vitest';
import { phasesOf, sayStatuses } from './words';

describe('requests in words', () => {
  it('says statuses, the most frequent first', () => {
    expect(sayStatuses({ statuses: { '5xx': 4, '2xx': 96 }, requests: 100 })).toBe('2xx 96 %, 5xx 4 %');
    expect(sayStatuses({ statuses: {}, requests: 0 })).toBe('');
  });

  it('leaves out parts that are hidden or took no time', () => {
    const phases = { dns: 0, tcp: null, tls: 12, wait: 70, response: null };
    expect(phasesOf({ phases }).map(({ name }) => name)).toEqual(['TLS', 'Server']);
  });
});
