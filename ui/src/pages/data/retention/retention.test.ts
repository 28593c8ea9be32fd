// Days go through the form unchanged, and a shorter time is noticed before it is saved.
import { describe, expect, it } from 'vitest';
import { describeRetention, keepsLess, newLonger, readRetention, retentionForm } from './retention';

const saved = {
  views_days: 30,
  events_days: 30,
  spans_days: 7,
  logs_days: 1,
  metrics_days: 90,
  high_value_days: null,
  longer: [
    { route: '/checkout', event: null, days: 400 },
    { route: null, event: 'purchase', days: 60 },
  ],
};

describe('the form of retention', () => {
  it('gives back what it was given', () => {
    expect(readRetention(retentionForm(saved), saved)).toEqual({ value: saved, errors: {} });
  });
  it('says what is wrong where it is', () => {
    const form = retentionForm(saved);
    form.days.views_days = '0';
    const [nameless, dayless, empty] = [newLonger('event', '', '5'), newLonger('route', '/a', ''), newLonger()];
    form.longer = [nameless, dayless, empty];
    expect(Object.keys(readRetention(form, saved).errors).sort()).toEqual(
      ['views_days', `longer-${nameless.id}`, `longer-${dayless.id}`].sort(),
    );
  });
  it('is told by kind and by flow', () => {
    expect(describeRetention(saved)).toMatchObject({
      Logs: '1 day',
      'Route /checkout': '400 days',
      'Event purchase': '60 days',
    });
  });
});

describe('keepsLess', () => {
  it('is false for the same and for more', () => {
    expect(keepsLess(saved, { ...saved, spans_days: 8 })).toBe(false);
  });
  it('knows that high-value flows may lose days of their own', () => {
    expect(keepsLess({ ...saved, high_value_days: 90 }, saved)).toBe(true);
    expect(keepsLess(saved, { ...saved, high_value_days: 90 })).toBe(false);
  });
  it('is true for fewer days, fewer flows and shorter ones', () => {
    expect(keepsLess(saved, { ...saved, spans_days: 6 })).toBe(true);
    expect(keepsLess(saved, { ...saved, longer: saved.longer.slice(1) })).toBe(true);
    expect(
      keepsLess(saved, {
        ...saved,
        longer: [{ route: '/checkout', event: null, days: 399 }, ...saved.longer.slice(1)],
      }),
    ).toBe(true);
  });
});
