// What the events and requests of a session are called, in one line each.
import type { StoryEvent, StoryRequest } from '../../../api/types';
import { formatDuration } from '../../../format/number';
import { formatVital, isMetric, rate, type Rating } from '../../../format/vital';
import { fateOf, type Moment } from './story';

export type Sign = 'overview' | 'error' | 'click' | 'window' | 'play' | 'table' | 'server' | 'warning';

const WORDS: Record<StoryEvent['kind'], { word: string; sign: Sign }> = {
  vital: { word: 'Vital', sign: 'overview' },
  error: { word: 'Error', sign: 'error' },
  action: { word: 'Action', sign: 'click' },
  navigation: { word: 'Navigation', sign: 'window' },
  session: { word: 'Session', sign: 'play' },
  custom: { word: 'Event', sign: 'table' },
};

export function kindOf(moment: Moment): { word: string; sign: Sign } {
  if (moment.what === 'event') return WORDS[moment.event.kind] ?? WORDS.custom;
  return { word: 'Request', sign: fateOf(moment.request) === 'failed' ? 'warning' : 'server' };
}

/** The one line of an event: "Pay now", "LCP 1.84 s", "TypeError: …". */
export function titleOf(event: StoryEvent): string {
  if (event.kind === 'error')
    return [event.error_type ?? event.label ?? 'Error', event.message].filter(Boolean).join(': ');
  if (event.kind === 'vital') return `${vitalName(event)} ${vitalText(event)}`;
  if (event.kind === 'session') return event.label ?? (event.name === 'session.start' ? 'Session started' : event.name);
  return event.label ?? event.message ?? urlIn(event) ?? event.target ?? event.name;
}

export function vitalName(event: StoryEvent): string {
  return (event.label ?? 'vital').toUpperCase();
}

export function vitalText(event: StoryEvent): string {
  const metric = event.label?.toLowerCase();
  if (event.value === null) return 'not measured';
  return isMetric(metric) ? formatVital(metric, event.value) : String(event.value);
}

export function vitalRating(event: StoryEvent): Rating | null {
  const metric = event.label?.toLowerCase();
  return event.kind === 'vital' && isMetric(metric) ? rate(metric, event.value) : null;
}

/** Where a request went: its template when there is one, else its address without the part that every call shares. */
export function pathOf(request: StoryRequest): string {
  if (request.template !== '') return request.template;
  return request.url === '' ? 'unknown address' : request.url;
}

/** "200", "503", "aborted", "no answer". */
export function outcomeOf(request: StoryRequest): string {
  if (request.status !== null) return request.aborted ? `${request.status}, aborted` : String(request.status);
  if (request.aborted) return 'aborted';
  return request.error_type ?? 'no answer';
}

/** All of a moment in words, for what the pointer or the focus is on. */
export function sayMoment(moment: Moment): string {
  const when = formatOffset(moment.at);
  if (moment.what === 'event') return `${kindOf(moment).word} at ${when}: ${titleOf(moment.event)}`;
  const { request } = moment;
  const fate = fateOf(request) === 'failed' ? 'Failed request' : 'Request';
  return `${fate} at ${when}: ${request.method} ${pathOf(request)}, ${outcomeOf(request)}, ${formatDuration(request.duration)}`;
}

/** Time from the start of something: "+1.84 s", and "−40 ms" for what came before it. */
export function formatOffset(millis: number): string {
  if (millis < -0.5) return `−${formatDuration(-millis)}`;
  return `+${formatDuration(Math.max(0, millis))}`;
}

function urlIn(event: StoryEvent): string | null {
  return event.attributes['url.full'] ?? event.attributes['browser.document.url.full'] ?? null;
}
