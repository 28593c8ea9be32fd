// A session as chapters: each view with its events and requests in the order of time, and the flags its track carries.
import type { Story, StoryEvent, StoryRequest, StoryView } from '../../../api/types';

export type Moment = { key: string; at: number; end: number } & (
  { what: 'event'; event: StoryEvent } | { what: 'request'; request: StoryRequest }
);

export interface Chapter {
  /** Null for what came without a known view. */
  view: StoryView | null;
  id: string;
  /** Milliseconds from the start of the session. */
  offset: number;
  moments: Moment[];
}

export interface PaintFlag {
  key: string;
  at: number;
  label: string;
  name: string;
  metric: 'ttfb' | 'fcp' | 'lcp' | null;
  value: number;
}

const LOST = 'lost';

/** Milliseconds since the epoch, with the parts of a millisecond that `Date.parse` would drop. */
export function instantOf(time: string): number {
  const whole = Date.parse(time);
  const fraction = /\.(\d+)/.exec(time)?.[1];
  if (fraction === undefined || Number.isNaN(whole)) return whole;
  return Math.floor(whole / 1000) * 1000 + Number(`0.${fraction}`) * 1000;
}

/** A failed request got no answer or one that says failure; what the page aborted itself is told apart. */
export function fateOf(request: StoryRequest): 'fine' | 'failed' | 'aborted' {
  if (request.aborted) return 'aborted';
  return request.error_type !== null || (request.status !== null && request.status >= 400) ? 'failed' : 'fine';
}

/** Views in order, each with its moments; what belongs to no view that is listed comes last, in a chapter of its own. */
export function chaptersOf(story: Story): Chapter[] {
  const start = instantOf(story.session.start);
  const chapters: Chapter[] = story.views.map((view) => ({
    view,
    id: view.id,
    offset: instantOf(view.start) - start,
    moments: [],
  }));
  const byView = new Map(chapters.map((chapter) => [chapter.id, chapter]));
  const lost: Chapter = { view: null, id: LOST, offset: 0, moments: [] };
  for (const moment of momentsOf(story, start)) {
    const viewId = moment.what === 'event' ? moment.event.view_id : moment.request.view_id;
    const chapter = byView.get(viewId) ?? lost;
    chapter.moments.push({ ...moment, at: moment.at - chapter.offset, end: moment.end - chapter.offset });
  }
  return lost.moments.length > 0 ? [...chapters, lost] : chapters;
}

/** Events and requests merged in the order of time, from the start of the session. */
export function momentsOf(story: Pick<Story, 'events' | 'requests'>, start: number): Moment[] {
  const events = story.events.map((event, i): Moment => {
    const at = instantOf(event.time) - start;
    return { key: `e${i}`, what: 'event', event, at, end: at };
  });
  const requests = story.requests.map((request, i): Moment => {
    const at = instantOf(request.time) - start;
    return { key: `r${i}`, what: 'request', request, at, end: at + request.duration };
  });
  // Sorting is stable: of what happened in the same instant, the event is told before the request it may have caused.
  return [...events, ...requests].sort((a, b) => a.at - b.at);
}

/** Paints and the end of loading, placed by their values: they are counted from the start of the view. */
export function flagsOf(view: StoryView): PaintFlag[] {
  const flags: PaintFlag[] = [];
  const add = (name: string, value: number | null, metric: PaintFlag['metric'] = null) => {
    if (value !== null) flags.push({ key: name, at: value, label: name, name, metric, value });
  };
  add('TTFB', view.ttfb, 'ttfb');
  add('FCP', view.fcp, 'fcp');
  add('LCP', view.lcp, 'lcp');
  add('load', view.load_time);
  add('settled', view.transition_time);
  return flags;
}

/** What the track draws of the moments: vitals are drawn as flags, where they happened, not where they were reported. */
export function drawnOf(chapter: Chapter): Moment[] {
  return chapter.moments.filter(
    (moment) => moment.what === 'request' || !['vital', 'session'].includes(moment.event.kind),
  );
}

/** Everything of a chapter that takes room on its track, as instants from its start. */
export function extentOf(chapter: Chapter): number[] {
  const flags = chapter.view ? flagsOf(chapter.view).map((flag) => flag.at) : [];
  return [...drawnOf(chapter).flatMap((moment) => [moment.at, moment.end]), ...flags];
}

/** How far into the view its beginning goes: until the last paint, load or settling, and a little on. Null when nothing tells. */
export function beginningOf(chapter: Chapter): number | null {
  const last = chapter.view ? Math.max(0, ...flagsOf(chapter.view).map((flag) => flag.at)) : 0;
  return last > 0 ? last * 1.25 : null;
}

const KINDS: Record<string, string> = { load: 'Page load', route: 'Route change', restore: 'Restored page' };

export function kindWord(kind: string): string {
  return KINDS[kind] ?? (kind === '' ? 'View' : kind);
}

/** Where a chapter lies in the session: until it was last known to be open, else until the next one begins. */
export function spanOf(chapters: Chapter[], index: number, sessionMillis: number): { from: number; to: number } {
  const chapter = chapters[index];
  if (!chapter?.view) return { from: 0, to: sessionMillis };
  const next =
    chapters.slice(index + 1).find((other) => other.view !== null)?.offset ?? Math.max(sessionMillis, chapter.offset);
  const to = chapter.view.duration === null ? next : chapter.offset + chapter.view.duration;
  return { from: chapter.offset, to: Math.max(chapter.offset, to) };
}
