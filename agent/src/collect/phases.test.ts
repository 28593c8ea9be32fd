// Phases of requests: unknown is not zero, and zero is not unknown.
import { describe, expect, it } from 'vitest';
import { networkPhases as phasesOf, span } from './phases';
import { matchEntry } from './requests';

const timing = {
  domainLookupStart: 10,
  domainLookupEnd: 15,
  connectStart: 15,
  secureConnectionStart: 25,
  connectEnd: 45,
  requestStart: 45,
  responseStart: 100,
  responseEnd: 130,
};

const networkPhases = (entry: typeof timing) => phasesOf(entry as PerformanceResourceTiming);

describe('networkPhases', () => {
  it('adds up for a new secure connection', () => {
    expect(networkPhases(timing)).toEqual({ dns: 5, tcp: 10, tls: 20, wait: 55, response: 30 });
  });

  it('is a real zero on a connection that is used again', () => {
    const reused = {
      ...timing,
      domainLookupEnd: 10,
      connectStart: 10,
      secureConnectionStart: 10,
      connectEnd: 10,
      requestStart: 11,
    };
    expect(networkPhases(reused)).toMatchObject({ dns: 0, tcp: 0, tls: 0 });
  });

  it('is unknown where the other origin hides it', () => {
    const hidden = Object.fromEntries(Object.keys(timing).map((key) => [key, 0])) as typeof timing;
    expect(networkPhases({ ...hidden, responseEnd: 130 })).toEqual({});
  });

  it('#21 has no phase that runs backwards', () => {
    for (const key of Object.keys(timing) as (keyof typeof timing)[]) {
      for (const value of [0, 1, 500, -3]) {
        for (const phase of Object.values(networkPhases({ ...timing, [key]: value }))) {
          expect(phase === undefined || phase >= 0).toBe(true);
        }
      }
    }
  });
});

describe('span', () => {
  it('is unknown without a start', () => expect(span(0, 10)).toBeUndefined());
  it('is zero when nothing passed', () => expect(span(10, 10)).toBe(0));
});

describe('matchEntry', () => {
  const entries = [
    { name: 'a', startTime: 10 },
    { name: 'a', startTime: 20 },
    { name: 'b', startTime: 5 },
  ];
  it('#19 takes equal requests in the order they were made', () => {
    expect(matchEntry(entries, { url: 'a', start: 10, end: undefined, sameOrigin: true })?.startTime).toBe(10);
    expect(matchEntry(entries, { url: 'a', start: 19.5, end: undefined, sameOrigin: true })?.startTime).toBe(20);
  });
  it('takes the request after its preflight', () => {
    expect(matchEntry(entries, { url: 'a', start: 10, end: undefined, sameOrigin: false })?.startTime).toBe(20);
  });
  it('takes no answer that began after its own had come', () => {
    const late = [{ name: 'a', startTime: 11, responseStart: 90 }];
    expect(matchEntry(late, { url: 'a', start: 10, end: 50, sameOrigin: true })).toBeUndefined();
    expect(matchEntry(late, { url: 'a', start: 10, end: 91, sameOrigin: true })).toBe(late[0]);
  });
  it('takes no entry from before', () => {
    expect(matchEntry(entries, { url: 'b', start: 10, end: undefined, sameOrigin: true })).toBeUndefined();
  });
});
