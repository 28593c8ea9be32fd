// Phases lie where the marks say, nothing hidden becomes a zero, and each hidden one says what would show it.
import { describe, expect, it } from 'vitest';
import type { StoryEvent, StoryRequest, StoryView } from '../../../api/types';
import { factsOf, loadsOf, sayLoad } from './resources';
import type { Chapter, Moment } from './story';

function resource(at: number, url: string, values: Record<string, string | number>): Moment {
  const timing = Object.entries(values).map(([name, value]) => [`browser.resource_timing.${name}`, String(value)]);
  const event = { name: 'browser.resource_timing', attributes: { 'url.full': url, ...Object.fromEntries(timing) } };
  return { key: url, what: 'event', event: event as unknown as StoryEvent, at, end: at };
}
const chapter = (moments: Moment[], view: Partial<StoryView> | null = null): Chapter => ({
  view: view as StoryView | null,
  id: 'v',
  offset: 0,
  moments,
});

const full = resource(100, 'https://shop.example/app.js', {
  duration: 200,
  fetch_start: 5100,
  domain_lookup_start: 5110,
  domain_lookup_end: 5120,
  connect_start: 5120,
  secure_connection_start: 5140,
  connect_end: 5170,
  request_start: 5171,
  response_start: 5260,
  response_end: 5300,
  transfer_size: 40_000,
  decoded_body_size: 120_000,
  render_blocking_status: 'blocking',
  next_hop_protocol: 'h2',
  initiator_type: 'script',
});
const opaque = resource(300, 'https://tags.example/tag.js', {
  duration: 350,
  fetch_start: 5300,
  response_end: 5650,
  initiator_type: 'script',
});
const cached = resource(50, 'https://shop.example/a.css', {
  duration: 3,
  fetch_start: 5050,
  response_end: 5053,
  transfer_size: 0,
  decoded_body_size: 900,
});

describe('the loads of a view', () => {
  it('have their phases on the clock of the view, whatever the clock of the document says', () => {
    const [load] = loadsOf(chapter([full]));
    expect(load?.phases).toEqual([
      { phase: 'queue', from: 100, to: 110 },
      { phase: 'dns', from: 110, to: 120 },
      { phase: 'tcp', from: 120, to: 140 },
      { phase: 'tls', from: 140, to: 170 },
      { phase: 'wait', from: 171, to: 260 },
      { phase: 'download', from: 260, to: 300 },
    ]);
    expect(load?.blocking).toBe(true);
    expect(load && factsOf(load).replaceAll('\u202f', ' ')).toBe('script, HTTP/2, 40 kB (120 kB unpacked)');
  });

  it('say of hidden phases that they are hidden, and what would show them', () => {
    const [load] = loadsOf(chapter([opaque]));
    expect([load?.phases, load?.transferred, load?.content, load?.cache]).toEqual([null, null, null, 'unknown']);
    expect([load?.from, load?.to]).toEqual([300, 650]);
    expect(load?.hidden).toContain('tags.example answers with "Timing-Allow-Origin: *"');
    expect(load && sayLoad(load)).not.toMatch(/\b0\s?ms/);
  });

  it('know what came from a cache', () => {
    const [load] = loadsOf(chapter([cached]));
    expect(load?.cache).toBe('local');
    expect(load?.hidden).toBeNull();
    const [asked] = loadsOf(
      chapter([
        resource(0, 'https://a.example/b', {
          duration: 9,
          response_end: 9,
          transfer_size: 300,
          decoded_body_size: 90_000,
          response_status: 304,
        }),
      ]),
    );
    expect(asked?.cache).toBe('revalidated');
  });

  it('stand in the order in which they began, with the requests of scripts between them', () => {
    const request = {
      url: 'https://shop.example/api/cart',
      method: 'GET',
      template: '',
      duration: 40,
      status: 200,
      aborted: false,
      error_type: null,
      trace_id: 't',
    } as StoryRequest;
    const loads = loadsOf(chapter([opaque, { key: 'r', what: 'request', request, at: 120, end: 160 }, cached]));
    expect(loads.map(({ from }) => from)).toEqual([50, 120, 300]);
    expect(loads[1]?.traceId).toBe('t');
  });

  it('begin with the document where its phases are known, and with no made-up one where they are not', () => {
    const unknown = {
      redirect: null,
      worker: null,
      dns: null,
      tcp: null,
      tls: null,
      request: null,
      response: null,
      dom_processing: null,
      load: null,
    };
    const view = {
      url: 'https://shop.example/',
      trace_id: null,
      ttfb: 300,
      phases: { ...unknown, dns: 20, tcp: 30, request: 200, response: 50 },
    };
    const [document] = loadsOf(chapter([full], view));
    expect(document?.phases).toEqual([
      { phase: 'dns', from: 50, to: 70 },
      { phase: 'tcp', from: 70, to: 100 },
      { phase: 'wait', from: 100, to: 300 },
      { phase: 'download', from: 300, to: 350 },
    ]);
    expect(loadsOf(chapter([full], { ...view, phases: unknown })).map(({ kind }) => kind)).toEqual(['script']);
  });

  it('are none where nothing was loaded, and bear numbers that are none', () => {
    expect(loadsOf(chapter([]))).toEqual([]);
    const [odd] = loadsOf(chapter([resource(10, 'no address', { duration: 'soon', transfer_size: 'NaN' })]));
    expect([odd?.to, odd?.phases]).toEqual([10, null]);
    expect(odd?.hidden).toContain('its host');
  });
});
