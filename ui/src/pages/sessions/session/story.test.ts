// Chapters, their moments and their flags.
import { describe, expect, it } from 'vitest';
import type { Story, StoryEvent, StoryRequest, StoryView } from '../../../api/types';
import { beginningOf, chaptersOf, fateOf, flagsOf, instantOf, kindWord, momentsOf } from './story';

const START = '2026-11-22T10:00:00Z';
const at = (millis: number) => new Date(Date.parse(START) + millis).toISOString();

function event(view_id: string, millis: number, label: string) {
  return { view_id, time: at(millis), label, kind: 'action' } as StoryEvent;
}

function request(view_id: string, millis: number, fields: Partial<StoryRequest> = {}) {
  return {
    view_id,
    time: at(millis),
    duration: 50,
    status: 200,
    error_type: null,
    aborted: false,
    ...fields,
  } as StoryRequest;
}

function view(id: string, millis: number, fields: Partial<StoryView> = {}) {
  const none = { ttfb: null, fcp: null, lcp: null, load_time: null, transition_time: null };
  return { id, start: at(millis), kind: 'load', ...none, ...fields } as StoryView;
}

function story(views: StoryView[], events: StoryEvent[], requests: StoryRequest[]): Story {
  return { session: { start: START } as Story['session'], views, events, requests, partial: false };
}

describe('instantOf', () => {
  it('keeps parts of a millisecond', () => {
    expect(instantOf('2026-11-22T10:00:00.123456789Z') - Date.parse(START)).toBeCloseTo(123.4568, 3);
  });
});

describe('momentsOf', () => {
  it('merges events and requests in the order of time', () => {
    const merged = momentsOf(
      story([], [event('a', 30, 'late'), event('a', 10, 'early')], [request('a', 20)]),
      Date.parse(START),
    );
    expect(merged.map((moment) => moment.at)).toEqual([10, 20, 30]);
  });

  it('tells a click before the request of the same instant', () => {
    const merged = momentsOf(story([], [event('a', 20, 'Buy')], [request('a', 20)]), Date.parse(START));
    expect(merged.map((moment) => moment.what)).toEqual(['event', 'request']);
  });
});

describe('chaptersOf', () => {
  it('counts the moments of a chapter from its own start', () => {
    const [first, second] = chaptersOf(
      story([view('a', 0), view('b', 5000)], [event('b', 5100, 'Buy')], [request('a', 40)]),
    );
    expect(first?.moments.map(({ at, end }) => [at, end])).toEqual([[40, 90]]);
    expect(second?.offset).toBe(5000);
    expect(second?.moments[0]?.at).toBe(100);
  });

  it('keeps what belongs to no listed view in a last chapter', () => {
    const chapters = chaptersOf(story([view('a', 0)], [event('elsewhere', 70, 'Buy')], []));
    expect(chapters).toHaveLength(2);
    expect(chapters[1]?.view).toBeNull();
    expect(chapters[1]?.moments[0]?.at).toBe(70);
  });
});

describe('flagsOf', () => {
  it('leaves out what was not measured', () => {
    expect(flagsOf(view('a', 0, { ttfb: 200, lcp: 1800 })).map((flag) => flag.label)).toEqual(['TTFB', 'LCP']);
  });

  it('marks where a route settled', () => {
    expect(flagsOf(view('a', 0, { kind: 'route', transition_time: 340 }))).toMatchObject([
      { label: 'settled', at: 340 },
    ]);
  });
});

describe('beginningOf', () => {
  it('ends a little after the last paint, and is unknown without one', () => {
    const [known, unknown] = chaptersOf(story([view('a', 0, { lcp: 2000 }), view('b', 9000)], [], []));
    expect(known && beginningOf(known)).toBe(2500);
    expect(unknown && beginningOf(unknown)).toBeNull();
  });
});

describe('fateOf', () => {
  it('tells failed from aborted from fine', () => {
    expect(fateOf(request('a', 0))).toBe('fine');
    expect(fateOf(request('a', 0, { status: 503 }))).toBe('failed');
    expect(fateOf(request('a', 0, { status: null, error_type: 'TypeError' }))).toBe('failed');
    expect(fateOf(request('a', 0, { status: null, aborted: true, error_type: 'AbortError' }))).toBe('aborted');
  });
});

describe('kindWord', () => {
  it('names the kinds and passes on what it does not know', () => {
    expect(kindWord('restore')).toBe('Restored page');
    expect(kindWord('portal')).toBe('portal');
  });
});
