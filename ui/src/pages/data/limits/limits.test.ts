// Settings go through their forms unchanged, and what is wrong is said at its field.
import { describe, expect, it } from 'vitest';
import type { Admission, Sampling } from '../../../api/types';
import {
  admissionForm,
  describeAdmission,
  describeSampling,
  formatPace,
  isOrigin,
  paceBetween,
  readAdmission,
  readSampling,
  samplingForm,
} from './limits';

const admission: Admission = {
  origins: ['https://shop.example', 'https://*.shop.example:8443'],
  key_requests_per_second: 1000,
  address_requests_per_second: null,
  session_events_per_second: 100,
  max_events_per_second: null,
  daily_events_max: 5_000_000,
  daily_bytes_max: 20_000_000_000,
};
const sampling = {
  sample_rate: 0.07,
  promote_on: ['purchase'],
  off: ['scroll', 'of_a_newer_server'],
} as Partial<Sampling> as Sampling;

describe('the admission form', () => {
  it('gives back what it was given', () => {
    expect(readAdmission(admissionForm(admission), admission)).toEqual({ value: admission, errors: {} });
  });
  it('says at each field what is wrong with it', () => {
    const form = {
      ...admissionForm(admission),
      origins: 'shop.example',
      daily_events_max: '0',
      max_events_per_second: 'x',
    };
    expect(Object.keys(readAdmission(form, admission).errors).sort()).toEqual([
      'daily_events_max',
      'max_events_per_second',
      'origins',
    ]);
  });
  it('describes an empty limit in words', () => {
    expect(describeAdmission(admission)).toMatchObject({
      'Events a second': 'no limit',
      'Requests a second with one key': '1,000',
      'Bytes a day': '20\u202fGB',
    });
  });
});

describe('isOrigin', () => {
  it.each(['https://shop.example', 'http://localhost:3000', 'https://*.shop.example', 'http://[::1]:80'])(
    'takes %s',
    (text) => {
      expect(isOrigin(text)).toBe(true);
    },
  );
  it.each([
    'shop.example',
    'https://shop.example/',
    'https://a b',
    'javascript:alert(1)',
    'https://u@shop.example',
    'https://a.*.example',
  ])('refuses %s', (text) => {
    expect(isOrigin(text)).toBe(false);
  });
});

describe('the sampling form', () => {
  it('gives back what it was given, with features it does not know', () => {
    expect(readSampling(samplingForm(sampling), sampling)).toEqual({ value: sampling, errors: {} });
    expect(samplingForm(sampling).share).toBe('7');
  });
  it('reads a share in percent', () => {
    expect(readSampling({ ...samplingForm(sampling), share: '12.5 %' }, sampling).value.sample_rate).toBe(0.125);
    expect(readSampling({ ...samplingForm(sampling), share: '' }, sampling).value.sample_rate).toBeNull();
    expect(readSampling({ ...samplingForm(sampling), share: '101' }, sampling).errors).toHaveProperty('share');
  });
  it('keeps parts of the setting that are not in the form', () => {
    const newer = { ...sampling, of_a_newer_server: [1] } as Sampling;
    expect(readSampling(samplingForm(newer), newer).value).toHaveProperty('of_a_newer_server', [1]);
  });
  it('says what nothing means', () => {
    expect(describeSampling({ ...sampling, sample_rate: null, promote_on: [], off: [] })).toEqual({
      'Share of sessions': 'as the page says',
      'Events that bring a session back': 'errors alone',
      'Left off': 'nothing',
    });
  });
});

describe('paceBetween', () => {
  it('divides by the time between two looks', () => {
    expect(paceBetween({ at: 0, events: 100 }, { at: 5000, events: 150 })).toBe(10);
  });
  it('is unknown when the day has begun anew', () => {
    expect(paceBetween({ at: 0, events: 100 }, { at: 5000, events: 3 })).toBeNull();
  });
  it('is written with as much precision as it has', () => {
    expect([formatPace(0.4), formatPace(9), formatPace(1234.5)]).toEqual(['0.4', '9', '1,235']);
  });
});
