// Phases and sub-parts.
import { describe, expect, it } from 'vitest';
import type { StoryView } from '../../../api/types';
import { hasLcpDetail, lcpPartsOf, phasesOf } from './parts';

const PHASES = {
  redirect: null,
  worker: null,
  dns: 12,
  tcp: 0,
  tls: null,
  request: 200,
  response: null,
  dom_processing: null,
  load: null,
};
const LCP = {
  target: null,
  url: null,
  ttfb: null,
  resource_load_delay: null,
  resource_load_duration: null,
  element_render_delay: null,
};

describe('phasesOf', () => {
  it('leaves out unknown phases and keeps a known zero', () => {
    expect(phasesOf({ phases: PHASES } as StoryView).map(({ name, value }) => [name, value])).toEqual([
      ['DNS', 12],
      ['TCP', 0],
      ['Waiting', 200],
    ]);
  });
});

describe('hasLcpDetail', () => {
  it('is false when nothing in it is known', () => {
    expect(hasLcpDetail(LCP)).toBe(false);
    expect(hasLcpDetail(null)).toBe(false);
    expect(hasLcpDetail({ ...LCP, target: 'img.hero' })).toBe(true);
  });
});

describe('lcpPartsOf', () => {
  it('has the known parts in order', () => {
    expect(lcpPartsOf({ ...LCP, ttfb: 100, element_render_delay: 40 }).map(({ value }) => value)).toEqual([100, 40]);
  });
});
