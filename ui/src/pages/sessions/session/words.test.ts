// The words for events and requests.
import { describe, expect, it } from 'vitest';
import type { StoryEvent, StoryRequest } from '../../../api/types';
import { formatOffset, outcomeOf, pathOf, titleOf, vitalRating } from './words';

function event(fields: Partial<StoryEvent>): StoryEvent {
  const none = { label: null, message: null, value: null, target: null, error_type: null, attributes: {} };
  return { ...none, name: 'exception', kind: 'error', ...fields } as StoryEvent;
}

function request(fields: Partial<StoryRequest>): StoryRequest {
  return {
    method: 'GET',
    url: '',
    template: '',
    status: 200,
    error_type: null,
    aborted: false,
    ...fields,
  } as StoryRequest;
}

describe('titleOf', () => {
  it('names an error by its class and message', () => {
    expect(titleOf(event({ error_type: 'TypeError', message: 'x is undefined' }))).toBe('TypeError: x is undefined');
    expect(titleOf(event({}))).toBe('Error');
  });

  it('writes a vital with its unit', () => {
    expect(titleOf(event({ kind: 'vital', label: 'lcp', value: 1840 }))).toBe('LCP 1.84\u202fs');
    expect(titleOf(event({ kind: 'vital', label: 'cls', value: 0.08 }))).toBe('CLS 0.08');
  });

  it('never writes an unknown vital as zero', () => {
    expect(titleOf(event({ kind: 'vital', label: 'lcp' }))).toBe('LCP not measured');
  });

  it('falls back on the element of an action without a name', () => {
    expect(titleOf(event({ kind: 'action', name: 'browser.user_action.click', target: 'button.primary' }))).toBe(
      'button.primary',
    );
  });

  it('names a navigation by its address', () => {
    const attributes = { 'url.full': 'https://shop.example/cart' };
    expect(titleOf(event({ kind: 'navigation', attributes }))).toBe('https://shop.example/cart');
  });
});

describe('vitalRating', () => {
  it('rates vitals and nothing else', () => {
    expect(vitalRating(event({ kind: 'vital', label: 'LCP', value: 5000 }))).toBe('poor');
    expect(vitalRating(event({ kind: 'custom', label: 'LCP', value: 5000 }))).toBeNull();
  });
});

describe('outcomeOf', () => {
  it('says the status, or why there is none', () => {
    expect(outcomeOf(request({ status: 503 }))).toBe('503');
    expect(outcomeOf(request({ status: null, aborted: true }))).toBe('aborted');
    expect(outcomeOf(request({ status: null, error_type: 'TypeError' }))).toBe('TypeError');
    expect(outcomeOf(request({ status: null }))).toBe('no answer');
  });
});

describe('pathOf', () => {
  it('prefers the template', () => {
    expect(pathOf(request({ template: '/api/cart/:id', url: 'https://a.example/api/cart/4' }))).toBe('/api/cart/:id');
    expect(pathOf(request({}))).toBe('unknown address');
  });
});

describe('formatOffset', () => {
  it('has a sign', () => {
    expect(formatOffset(1840)).toBe('+1.84\u202fs');
    expect(formatOffset(-40)).toBe('−40\u202fms');
  });
});
