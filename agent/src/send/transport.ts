// Carries bodies to the server: one at a time while the page is there, all at once when it leaves; tries again with
// growing pauses when the network or the server asks for it, and gives up quietly and counted.
import { attempt } from '../browser/guard';
import { after, native } from '../browser/native';
import type { Storage } from '../browser/storage';
import { wall } from '../context/clock';
import { takeSettings } from '../context/settings';
import {
  KEEPALIVE_MAX_BYTES,
  OFFLINE_MAX_LENGTH,
  QUEUE_MAX_BYTES,
  RETRY_FIRST_MILLIS,
  RETRY_MAX_ATTEMPTS,
  RETRY_MAX_MILLIS,
  SEND_TIMEOUT_MILLIS,
} from '../limits';
import { options } from '../running';
import type { Packed } from './gzip';
import type { WireAnswer } from './wire';

/** A body on its way; sent again with the same bytes, the ids inside make a second arrival harmless. */
interface Parcel {
  /** Gzip. */
  body: Packed;
  records: number;
  /** Below the endpoint. */
  path: string;
  attempts: number;
  /** On its way already; the pump passes it by. */
  gone: boolean;
  /** Failed while the page was leaving, which need not be true. */
  failed: boolean;
}

const RETRIED = [429, 502, 503, 504];

/** Records lost so far in this page load, by reason. */
export let dropped: Record<string, number> = {};
/** Bytes handed to the browser so far. */
export let sentBytes = 0;
let queue: Parcel[] = [];
let leaving = false;
let stopped = false;
let pumping = false;
let pauseUntil = 0;
let inFlight = 0;
let timer: number | undefined;
/** Where bodies wait for the next visit, if they may. */
let offline: Storage | undefined;
/** Says once what the page's developer should know. */
let warn: (text: string) => void;

export function startTransport(tell: (text: string) => void, waiting?: Storage): void {
  [warn, offline, queue, dropped] = [tell, waiting, [], {}];
  leaving = stopped = pumping = false;
  sentBytes = inFlight = pauseUntil = 0;
  const kept: unknown = offline?.read();
  offline?.write(undefined);
  if (Array.isArray(kept))
    for (const each of kept) attempt(() => push(each[0], Uint8Array.from(atob(each[1]), codeOf), each[2]));
  if (queue.length) void pump();
}

const codeOf = (character: string): number => character.charCodeAt(0);

export function stopTransport(): void {
  stopped = true;
  native.clearTimeout(timer);
}

export function drop(reason: string, records: number): void {
  dropped[reason] = (dropped[reason] ?? 0) + records;
}

export function sendBody(path: string, body: Packed, records: number, last: boolean): void {
  push(path, body, records);
  if (last) return leave();
  if (leaving) for (const each of queue) each.gone &&= !each.failed;
  leaving = false;
  void pump();
}

/**
 * Sends everything that still waits, without waiting for answers: synchronous up to the hand-over. What has no room in
 * the quota goes as a beacon, which has its own in some browsers, else as a plain request: the page may only be in the
 * background, and then it arrives.
 */
export function leave(): void {
  leaving = true;
  if (navigator.onLine === false) return keepOffline();
  for (const each of queue) {
    if (each.gone) continue;
    each.gone = true;
    if (!options.otlp && !fits(each) && attempt(() => navigator.sendBeacon(urlOf(each), each.body))) {
      sentBytes += each.body.length;
      remove(each);
    } else void post(each);
  }
}

/** The page itself has sent so many, or has its answer. */
export function occupy(bytes: number): void {
  inFlight += bytes;
}

/** Whether it would outlive the page, by a quota that is the whole page's. */
const fits = ({ body }: Parcel): boolean => body.length <= KEEPALIVE_MAX_BYTES - inFlight;

// No header and no content type that would need a preflight: key, time and encoding travel in the query.
const urlOf = ({ path }: Parcel): string =>
  options.endpoint +
  path +
  (options.otlp ? '' : `?key=${encodeURIComponent(options.key)}&sent=${Math.round(wall())}&enc=gzip`);

function push(path: string, body: Packed, records: number): void {
  queue.push({ path, body, records, attempts: 0, gone: false, failed: false });
  let bytes = 0;
  for (const each of [...queue].reverse()) {
    bytes += each.body.length;
    if (bytes <= QUEUE_MAX_BYTES || each.gone) continue;
    remove(each);
    drop('queue_full', each.records);
  }
}

async function pump(): Promise<void> {
  if (pumping) return;
  pumping = true;
  for (;;) {
    const next = queue.find(({ gone }) => !gone);
    if (!next || stopped || pauseUntil > wall()) break;
    next.gone = true;
    next.failed = false;
    await post(next);
  }
  pumping = false;
  if (stopped || !queue.some(({ gone }) => !gone)) return;
  native.clearTimeout(timer);
  timer = after(pump, Math.max(0, pauseUntil - wall()));
}

async function post(parcel: Parcel): Promise<void> {
  const { body } = parcel;
  const keepalive = fits(parcel);
  const abort = new AbortController();
  const timeout = after(() => abort.abort(), SEND_TIMEOUT_MILLIS);
  const { otlp, key } = options;
  if (keepalive) inFlight += body.length;
  sentBytes += body.length;
  let response: Response | undefined;
  try {
    response = await native.fetch!(urlOf(parcel), {
      method: 'POST',
      body,
      headers: otlp
        ? { 'content-type': 'application/json', 'content-encoding': 'gzip', ...(key && { 'limen-key': key }) }
        : {},
      credentials: 'omit',
      // The address of the page is told by what it sends, without what may be private in it.
      referrerPolicy: 'strict-origin',
      keepalive,
      signal: abort.signal,
    });
    if (response.ok && !otlp && !leaving) takeSettings(((await response.json()) as WireAnswer).settings);
  } catch {
    // Chromium fails requests a moment before it says that the page goes: let it say so first.
    await new Promise<void>((resolve) => after(resolve));
  }
  native.clearTimeout(timeout);
  if (keepalive) inFlight -= body.length;
  judge(parcel, response);
}

function judge(parcel: Parcel, response: Response | undefined): void {
  const status = response?.status ?? 503;
  if (RETRIED.includes(status) && ++parcel.attempts < RETRY_MAX_ATTEMPTS) {
    // Chromium fails what is under way when the page goes, and delivers it all the same: only a page that turns out
    // to live on (the next batch) tries that again.
    parcel.gone = parcel.failed = leaving;
    const asked = retryAfterMillis(response?.headers.get('retry-after'), wall());
    pauseUntil = wall() + Math.max(asked, backOff(parcel.attempts, Math.random()));
    if (!response) keepOffline();
    return;
  }
  remove(parcel);
  if (response?.ok) return;
  drop(response ? 'refused' : 'unreachable', parcel.records);
  warn(`the server answers ${status}: check data-key and data-endpoint`);
}

function remove(parcel: Parcel): void {
  parcel.gone = true;
  queue = queue.filter((each) => each !== parcel);
}

function keepOffline(): void {
  let room = OFFLINE_MAX_LENGTH;
  const fitting = queue.filter(({ body }) => (room -= body.length) > 0);
  offline?.write(fitting.map(({ path, body, records }) => [path, btoa(String.fromCharCode(...body)), records]));
}

/** Reads `Retry-After`: seconds or a date, never longer than our own longest pause. */
export function retryAfterMillis(header: string | null | undefined, now: number): number {
  const millis = Number(header) * 1000 || Date.parse(header ?? '') - now || 0;
  return Math.min(RETRY_MAX_MILLIS, Math.max(0, millis));
}

/** Doubles from one second to one minute, and spreads by a fifth so that pages do not return in step. */
export const backOff = (attempts: number, random: number): number =>
  Math.min(RETRY_MAX_MILLIS, RETRY_FIRST_MILLIS * 2 ** (attempts - 1)) * (0.8 + 0.4 * random);
