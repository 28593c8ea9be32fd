// What a view loaded, in the order in which it began, with the phases that the browser tells. What it hides is unknown, never zero.
import type { StoryEvent, StoryRequest, StoryView } from '../../../api/types';
import { formatBytes } from '../../../format/bytes';
import { formatDuration } from '../../../format/number';
import { type Chapter, fateOf } from './story';
import { pathOf } from './words';

export type Phase = 'redirect' | 'worker' | 'queue' | 'dns' | 'tcp' | 'tls' | 'wait' | 'download';

export const PHASE_NAMES: Record<Phase, string> = {
  redirect: 'Redirect',
  worker: 'Worker',
  queue: 'Queued',
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  wait: 'Waiting',
  download: 'Download',
};

/** A stretch of a load, in milliseconds from the start of the view. */
export interface Stretch {
  phase: Phase;
  from: number;
  to: number;
}

export interface Load {
  key: string;
  url: string;
  from: number;
  to: number;
  /** In order; null where the browser hides them. */
  phases: Stretch[] | null;
  /** Why the phases are not known, and what makes them known. */
  hidden: string | null;
  kind: string;
  blocking: boolean;
  failed: boolean;
  cache: 'none' | 'local' | 'revalidated' | 'unknown';
  protocol: string | null;
  /** Bytes over the network, and of the content; null where they are hidden. */
  transferred: number | null;
  content: number | null;
  traceId: string | null;
}

const RESOURCE = 'browser.resource_timing';
const NOT_MODIFIED = 304;

/** The document, its resources and the requests of its scripts. */
export function loadsOf(chapter: Chapter): Load[] {
  const loads = chapter.moments.flatMap((moment): Load[] => {
    if (moment.what === 'request') return [requestLoad(moment.key, moment.at, moment.request)];
    return moment.event.name === RESOURCE ? [resourceLoad(moment.key, moment.at, moment.event)] : [];
  });
  const document = chapter.view && loads.length > 0 ? documentLoad(chapter.view) : null;
  return [...(document ? [document] : []), ...loads.sort((a, b) => a.from - b.from)];
}

function resourceLoad(key: string, at: number, event: StoryEvent): Load {
  const text = (name: string) => event.attributes[`${RESOURCE}.${name}`] ?? '';
  const number = (name: string) =>
    text(name) !== '' && Number.isFinite(Number(text(name))) ? Number(text(name)) : null;
  const url = event.attributes['url.full'] ?? '';
  const [duration, transferred, content] = [number('duration'), number('transfer_size'), number('decoded_body_size')];
  // The browser hides sizes and marks together.
  const hidden = transferred === null && number('request_start') === null;
  const status = number('response_status');
  return {
    key,
    url,
    from: at,
    to: at + (duration ?? 0),
    phases: hidden ? null : phasesOf(number, at, duration ?? 0),
    hidden: hidden ? remedyFor(url) : null,
    kind: text('initiator_type'),
    blocking: text('render_blocking_status') === 'blocking',
    failed: status !== null && status >= 400,
    cache: hidden ? 'unknown' : cacheOf(transferred, content, status, text('delivery_type')),
    protocol: protocolName(text('next_hop_protocol')),
    transferred,
    content,
    traceId: null,
  };
}

function cacheOf(
  transferred: number | null,
  content: number | null,
  status: number | null,
  delivery: string,
): Load['cache'] {
  if (status === NOT_MODIFIED) return 'revalidated';
  if (delivery === 'cache' || (transferred === 0 && (content ?? 0) > 0)) return 'local';
  return transferred !== null && content !== null && transferred > 0 && transferred < content / 50
    ? 'revalidated'
    : 'none';
}

/**
 * The marks count from the start of the document, the load from that of the view: the end, which is never hidden, joins them. A
 * mark that was left out is no later than the start of the fetch.
 */
function phasesOf(mark: (name: string) => number | null, at: number, duration: number): Stretch[] {
  const end = mark('response_end');
  if (end === null) return [];
  const placed = (name: string) => {
    const value = mark(name);
    return value === null ? null : Math.min(at + duration, Math.max(at, at + duration - (end - value)));
  };
  const fetchStart = placed('fetch_start') ?? at;
  const request = placed('request_start') ?? fetchStart;
  const response = placed('response_start') ?? request;
  const secure = placed('secure_connection_start');
  const connected = placed('connect_end');
  const begun = placed('domain_lookup_start') ?? placed('connect_start') ?? request;
  const all: [Phase, number | null, number | null][] = [
    ['redirect', placed('redirect_start'), placed('redirect_end')],
    ['worker', placed('worker_start'), mark('worker_start') === null ? null : fetchStart],
    ['queue', fetchStart, begun],
    ['dns', placed('domain_lookup_start'), placed('domain_lookup_end')],
    ['tcp', placed('connect_start'), secure ?? connected],
    ['tls', secure, connected],
    ['wait', request, response],
    ['download', response, at + duration],
  ];
  return all.flatMap(([phase, from, to]) => (from !== null && to !== null && to > from ? [{ phase, from, to }] : []));
}

function remedyFor(url: string): string {
  const host = URL.canParse(url) ? new URL(url).host : '';
  return `phases, size and cache are hidden by the browser; they are told when ${host || 'its host'} answers with "Timing-Allow-Origin: *"`;
}

function protocolName(text: string): string | null {
  return text === '' ? null : ({ h2: 'HTTP/2', h3: 'HTTP/3', 'http/1.1': 'HTTP/1.1' }[text] ?? text);
}

function requestLoad(key: string, at: number, request: StoryRequest): Load {
  const nothing = { blocking: false, cache: 'unknown' as const, protocol: null, transferred: null, content: null };
  const hidden = request.trace_id
    ? 'its phases are in its trace'
    : 'the phases of requests by script are not part of the session';
  return {
    ...nothing,
    key,
    url: request.url || pathOf(request),
    from: at,
    to: at + request.duration,
    phases: null,
    hidden,
    kind: request.method,
    failed: fateOf(request) === 'failed',
    traceId: request.trace_id,
  };
}

/** The phases of a document are known as lengths: they are laid before and after its first byte. */
function documentLoad(view: StoryView): Load | null {
  const { phases } = view;
  if (view.ttfb === null || phases.response === null) return null;
  const stretches: Stretch[] = [{ phase: 'download', from: view.ttfb, to: view.ttfb + phases.response }];
  let reached = view.ttfb;
  const before = [
    ['wait', phases.request],
    ['tls', phases.tls],
    ['tcp', phases.tcp],
    ['dns', phases.dns],
    ['worker', phases.worker],
    ['redirect', phases.redirect],
  ] as const;
  for (const [phase, millis] of before) {
    const from = Math.max(0, reached - (millis ?? 0));
    if (from < reached) stretches.unshift({ phase, from, to: reached });
    reached = from;
  }
  return {
    key: 'document',
    url: view.url,
    from: 0,
    to: view.ttfb + phases.response,
    phases: stretches,
    hidden: null,
    kind: 'document',
    blocking: false,
    failed: false,
    cache: 'unknown',
    protocol: null,
    transferred: null,
    content: null,
    traceId: view.trace_id,
  };
}

const CACHES = { local: 'from the cache', revalidated: 'revalidated', none: '', unknown: '' } as const;

/** What is known of a load beside its times, in few words. */
export function factsOf(load: Load): string {
  const size =
    load.transferred === null
      ? ''
      : load.transferred === 0
        ? load.content === null
          ? ''
          : formatBytes(load.content)
        : formatBytes(load.transferred) +
          (load.content !== null && load.content > load.transferred * 1.2
            ? ` (${formatBytes(load.content)} unpacked)`
            : '');
  return [load.kind, load.protocol ?? '', size, CACHES[load.cache], load.failed ? 'failed' : '']
    .filter(Boolean)
    .join(', ');
}

/** Everything of a load in words, for those who do not see its bar. */
export function sayLoad(load: Load): string {
  const phases = (load.phases ?? []).map(
    ({ phase, from, to }) => `${PHASE_NAMES[phase].toLowerCase()} ${formatDuration(to - from)}`,
  );
  const known = load.hidden ?? (phases.length > 0 ? phases.join(', ') : 'no time on the network');
  return `${formatDuration(load.to - load.from)} from ${formatDuration(load.from)}: ${known}`;
}
