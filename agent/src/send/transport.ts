// Carries bodies to the server: one at a time while the page is there, all at once when it leaves; tries again with
// growing pauses when the network or the server asks for it, and gives up quietly and counted.
import { attempt, guard } from '../browser/guard';
import type { Native } from '../browser/native';
import type { Storage } from '../browser/storage';
import {
  GZIP_MIN_LENGTH,
  KEEPALIVE_MAX_BYTES,
  OFFLINE_MAX_LENGTH,
  QUEUE_MAX_BYTES,
  RETRY_FIRST_MILLIS,
  RETRY_MAX_ATTEMPTS,
  RETRY_MAX_MILLIS,
  SEND_TIMEOUT_MILLIS,
} from '../limits';
import { byteLength } from './encode';

/** A body on its way; sent again with the same bytes, the ids inside make a second arrival harmless. */
export interface Parcel {
  body: string;
  records: number;
  /** Below the endpoint. */
  path: string;
  bytes: number;
  attempts: number;
  /** On its way already; the pump passes it by. */
  gone: boolean;
  /** Failed while the page was leaving, which need not be true. */
  failed: boolean;
}

export interface Transport {
  send(path: string, body: string, records: number, leaving: boolean): void;
  /** Sends everything that still waits, without waiting for answers. */
  leave(): void;
  drop(reason: string, records: number): void;
  /** Records lost so far in this page load, by reason. */
  readonly dropped: Record<string, number>;
  /** Bytes handed to the browser so far. */
  sentBytes(): number;
  stop(forget: boolean): void;
}

export interface TransportDeps {
  native: Pick<Native, 'fetch' | 'setTimeout' | 'clearTimeout'>;
  endpoint: string;
  key: string;
  /** Standard OTLP: the key goes as a header, and JSON is called so, at the price of a preflight. */
  otlp: boolean;
  wall: () => number;
  /** Where bodies wait for the next visit, if they may. */
  offline: Storage | undefined;
  onAnswer: (answer: unknown) => void;
  /** Says once what the page's developer should know. */
  warn: (text: string) => void;
}

const RETRIED = [429, 502, 503, 504];

export function createTransport(deps: TransportDeps): Transport {
  const { native, wall } = deps;
  const dropped: Record<string, number> = {};
  let queue: Parcel[] = [];
  let leaving = false;
  let pauseUntil = 0;
  let pumping = false;
  let stopped = false;
  let inFlight = 0;
  let sent = 0;
  let timer: number | undefined;

  const drop = (reason: string, records: number): void => void (dropped[reason] = (dropped[reason] ?? 0) + records);
  const fits = (bytes: number): boolean => inFlight + bytes <= KEEPALIVE_MAX_BYTES;

  // No header and no content type that would need a preflight: key, time and encoding travel in the query.
  const urlOf = ({ path }: Parcel, packed: boolean): string =>
    deps.endpoint +
    path +
    (deps.otlp ? '' : `?key=${encodeURIComponent(deps.key)}&sent=${Math.round(wall())}${packed ? '&enc=gzip' : ''}`);

  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    for (;;) {
      const next = queue.find((each) => !each.gone);
      if (!next || stopped || pauseUntil > wall()) break;
      const packed = await compress(next.body);
      if (next.gone || stopped) continue;
      next.gone = true;
      next.failed = false;
      await post(next, packed);
    }
    pumping = false;
    if (!stopped && queue.some((each) => !each.gone)) {
      native.clearTimeout(timer);
      timer = native.setTimeout(guard(pump), Math.max(0, pauseUntil - wall()));
    }
  }

  async function post(parcel: Parcel, packed?: Uint8Array<ArrayBuffer>): Promise<void> {
    const bytes = packed?.length ?? parcel.bytes;
    const keepalive = fits(bytes);
    const abort = new AbortController();
    const timeout = native.setTimeout(() => abort.abort(), SEND_TIMEOUT_MILLIS);
    if (keepalive) inFlight += bytes;
    sent += bytes;
    let response: Response | undefined;
    try {
      response = await native.fetch!(urlOf(parcel, !!packed), {
        method: 'POST',
        body: packed ?? parcel.body,
        headers: deps.otlp
          ? {
              'content-type': 'application/json',
              ...(deps.key && { 'limen-key': deps.key }),
              ...(packed && { 'content-encoding': 'gzip' }),
            }
          : {},
        credentials: 'omit',
        keepalive,
        signal: abort.signal,
      });
      if (response.ok && !deps.otlp && !leaving) deps.onAnswer(await response.json());
    } catch {
      // Chromium fails requests a moment before it says that the page goes: let it say so first.
      await new Promise<void>((resolve) => native.setTimeout(resolve));
    }
    native.clearTimeout(timeout);
    if (keepalive) inFlight -= bytes;
    judge(parcel, response);
  }

  function judge(parcel: Parcel, response: Response | undefined): void {
    const status = response?.status ?? 503;
    if (RETRIED.includes(status) && ++parcel.attempts < RETRY_MAX_ATTEMPTS) {
      // Chromium fails what is under way when the page goes, and delivers it all the same: only a page that turns out
      // to live on (the next `send`) tries that again.
      parcel.gone = parcel.failed = leaving;
      pauseUntil =
        wall() +
        Math.max(
          retryAfterMillis(response?.headers.get('retry-after'), wall()),
          backOff(parcel.attempts, Math.random()),
        );
      if (!response) keepOffline();
      return;
    }
    remove(parcel);
    if (response?.ok) return;
    drop(response ? 'refused' : 'unreachable', parcel.records);
    deps.warn(`the server answers ${status}: see data-key, data-endpoint and the outcomes of the application`);
  }

  function remove(parcel: Parcel): void {
    parcel.gone = true;
    queue = queue.filter((each) => each !== parcel);
  }

  function push(path: string, body: string, records: number): void {
    queue.push({ path, body, records, bytes: byteLength(body), attempts: 0, gone: false, failed: false });
    let bytes = 0;
    for (const each of [...queue].reverse()) {
      bytes += each.bytes;
      if (bytes <= QUEUE_MAX_BYTES || each.gone) continue;
      remove(each);
      drop('queue_full', each.records);
    }
  }

  function keepOffline(): void {
    let room = OFFLINE_MAX_LENGTH;
    deps.offline?.write(
      queue.filter(({ body }) => (room -= body.length) > 0).map(({ path, body, records }) => [path, body, records]),
    );
  }

  // Synchronous up to the hand-over. What has no room in the quota goes as a beacon, which has its own in some browsers,
  // else as a plain request: the page may only be in the background, and then it arrives.
  function leave(): void {
    leaving = true;
    if (navigator.onLine === false) return keepOffline();
    for (const each of queue) {
      if (each.gone) continue;
      each.gone = true;
      if (!deps.otlp && !fits(each.bytes) && attempt(() => navigator.sendBeacon(urlOf(each, false), each.body))) {
        sent += each.bytes;
        remove(each);
      } else void post(each);
    }
  }

  const waiting: unknown = deps.offline?.read();
  deps.offline?.write(undefined);
  if (Array.isArray(waiting)) for (const each of waiting) attempt(() => push(...(each as [string, string, number])));
  if (queue.length) void pump();

  return {
    dropped,
    drop,
    leave,
    sentBytes: () => sent,
    send(path, body, records, last) {
      push(path, body, records);
      if (last) return leave();
      if (leaving) for (const each of queue) each.gone &&= !each.failed;
      leaving = false;
      void pump();
    },
    stop(forget) {
      stopped = true;
      native.clearTimeout(timer);
      if (forget) deps.offline?.write(undefined);
    },
  };
}

/** Reads `Retry-After`: seconds or a date, never longer than our own longest pause. */
export function retryAfterMillis(header: string | null | undefined, now: number): number {
  const millis = /^\s*\d+\s*$/.test(header ?? '') ? Number(header) * 1000 : Date.parse(header ?? '') - now;
  return Math.min(RETRY_MAX_MILLIS, Math.max(0, millis || 0));
}

/** Doubles from one second to one minute, and spreads by a fifth so that pages do not return in step. */
export const backOff = (attempts: number, random: number): number =>
  Math.min(RETRY_MAX_MILLIS, RETRY_FIRST_MILLIS * 2 ** (attempts - 1)) * (0.8 + 0.4 * random);

/** Gzip where the browser has it; undefined when it is not worth it, or not to be had. */
async function compress(text: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (text.length < GZIP_MIN_LENGTH) return undefined;
  try {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return undefined;
  }
}
