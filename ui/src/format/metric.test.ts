// Values of metrics with their units.
import { describe, expect, it } from 'vitest';
import { countedInWords, formatMetric } from './metric';

describe('formatMetric', () => {
  it('reads times and bytes as people do, whatever unit the sender chose', () => {
    expect(formatMetric('s', 0.25)).toBe('250\u202fms');
    expect(formatMetric('ms', 1840)).toBe('1.84\u202fs');
    expect(formatMetric('MiBy', 2)).toBe('2.10\u202fMB');
    expect(formatMetric('By/s', 1500)).toBe('1.50\u202fkB/s');
  });
  it('says once what is counted, and has no unit for a share', () => {
    expect(formatMetric('{request}/s', 12.34)).toBe('12.3/s');
    expect(countedInWords('{request}/s')).toBe('request per second');
    expect(countedInWords('s')).toBe('');
    expect(formatMetric('1', 0.5)).toBe('0.5');
    expect(formatMetric('{item}', 2_500_000)).toBe('2.5M');
  });
  it('has a dash for what is not there, and cuts what a sender wrote too long', () => {
    expect(formatMetric('s', null)).toBe('–');
    expect(formatMetric('x'.repeat(500), 1).length).toBeLessThan(40);
  });
});
