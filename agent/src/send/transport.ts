// Carries parcels to the server: one at a time while the page is there, all at once when it leaves; tries again with
// growing pauses when the network or the server asks for it, and gives up quietly and counted.
import type { Native } from '../browser/native';
import { guard } from '../browser/guard';
import {
  KEEPALIVE_MAX_BYTES,
  QUEUE_MAX_BYTES,
  RETRY_FIRST_MILLIS,
  RETRY_MAX_ATTEMPTS,
  RETRY_MAX_MILLIS,
  SEND_TIMEOUT_MILLIS,
} from '../limits';
import type { Compress } from './compress';
import type { Parcel } from './parcels';

export interface Transport {
  send(parcels: Parcel[], leaving: boolean): void;
  /** Sends everything that still waits, without waiting for answers. */
  leave(): void;
  drop(records: number): void;
  /** Records lost so far in this page load. */
  dropped(): number;
  stop(): void;
}

export interface TransportDeps {
  native: Pick<Native, 'fetch' | 'setTimeout' | 'clearTimeout'>;
  beacon: (url: string, body: string) => boolean;
  compress: Compress;
  wall: () => number;
  random: () => number;
  /** Says once what the page's developer should know. */
  warn: (text: string) => void;
}

interface Waiting {
  parcel: Parcel;
  attempts: number;
  /** On its way already; the pump passes it by. */
  gone: boolean;
  /** Failed while the page was leaving, which need not be true. */
  failed: boolean;
}

type Answer = { kind: 'taken' } | { kind: 'refused'; status: number } | { kind: 'later'; afterMillis: number };

const RETRIED = [429, 502, 503, 504];

export function createTransport(deps: TransportDeps): Transport {
  let queue: Waiting[] = [];
  let inFlightBytes = 0;
  let dropped = 0;
  let pumping = false;
  let leaving = false;
  let pauseUntil = 0;
  let timer: number | undefined;
  let stopped = false;

  async function post(parcel: Parcel, packed: Uint8Array<ArrayBuffer> | undefined): Promise<Answer> {
    const size = packed?.length ?? parcel.bytes;
    const keepalive = inFlightBytes + size <= KEEPALIVE_MAX_BYTES;
    const abort = new AbortController();
    const timeout = deps.native.setTimeout(() => abort.abort(), SEND_TIMEOUT_MILLIS);
    if (keepalive) inFlightBytes += size;
    try {
      const response = await deps.native.fetch?.(parcel.url(deps.wall(), packed !== undefined), {
        method: 'POST',
        body: packed ?? parcel.body,
        headers: parcel.headers(packed !== undefined),
        credentials: 'omit',
        keepalive,
        signal: abort.signal,
      });
      return response ? judge(response, deps.wall()) : { kind: 'later', afterMillis: 0 };
    } catch {
      // Chromium fails requests a moment before it says that the page goes: let it say so first.
      await new Promise<void>((resolve) => deps.native.setTimeout(resolve, 0));
      return { kind: 'later', afterMillis: 0 };
    } finally {
      deps.native.clearTimeout(timeout);
      if (keepalive) inFlightBytes -= size;
    }
  }

  function settle(waiting: Waiting, answer: Answer): void {
    waiting.attempts++;
    const again = answer.kind === 'later' && waiting.attempts < RETRY_MAX_ATTEMPTS;
    if (again) {
      // Chromium fails what is under way when the page goes, and delivers it all the same: only a page that turns out
      // to live on (the next `send`) tries that again.
      waiting.gone = waiting.failed = leaving;
      pauseUntil = deps.wall() + Math.max(answer.afterMillis, backOff(waiting.attempts, deps.random()));
      return;
    }
    queue = queue.filter((each) => each !== waiting);
    if (answer.kind === 'taken') return;
    drop(waiting.parcel.records);
    if (answer.kind === 'refused') deps.warn(adviceFor(answer.status));
  }

  async function pump(): Promise<void> {
    if (pumping || stopped) return;
    pumping = true;
    for (;;) {
      const next = queue.find((each) => !each.gone);
      if (!next || stopped || pauseUntil > deps.wall()) break;
      const packed = await deps.compress(next.parcel.body);
      if (next.gone) continue;
      next.gone = true;
      next.failed = false;
      settle(next, await post(next.parcel, packed));
    }
    pumping = false;
    if (queue.some((each) => !each.gone)) pumpLater();
  }

  function pumpLater(): void {
    if (stopped) return;
    if (timer !== undefined) deps.native.clearTimeout(timer);
    const wait = Math.max(0, pauseUntil - deps.wall());
    timer = deps.native.setTimeout(
      guard(() => void pump()),
      wait,
    );
  }

  // Synchronous up to the hand-over. What has no room in the quota goes as a beacon, which has its own in some browsers,
  // else as a plain request: the page may only be in the background, and then it arrives.
  function leave(): void {
    leaving = true;
    for (const each of queue) {
      if (each.gone) continue;
      each.gone = true;
      const { parcel } = each;
      const fits = inFlightBytes + parcel.bytes <= KEEPALIVE_MAX_BYTES;
      if (!fits && parcel.beacon && deps.beacon(parcel.url(deps.wall(), false), parcel.body)) {
        queue = queue.filter((other) => other !== each);
      } else {
        void post(parcel, undefined).then((answer) => settle(each, answer));
      }
    }
  }

  function drop(records: number): void {
    dropped += records;
  }

  function bound(): void {
    let bytes = queue.reduce((sum, { parcel }) => sum + parcel.bytes, 0);
    while (bytes > QUEUE_MAX_BYTES) {
      const oldest = queue.find((each) => !each.gone);
      if (!oldest) return;
      queue = queue.filter((each) => each !== oldest);
      // The pump may be compressing it: it must not send what has been counted as lost.
      oldest.gone = true;
      bytes -= oldest.parcel.bytes;
      drop(oldest.parcel.records);
    }
  }

  return {
    drop,
    dropped: () => dropped,
    leave,
    send(parcels, last) {
      queue.push(...parcels.map((parcel) => ({ parcel, attempts: 0, gone: false, failed: false })));
      bound();
      if (last) return leave();
      if (leaving) for (const each of queue) each.gone = each.gone && !each.failed;
      leaving = false;
      void pump();
    },
    stop() {
      stopped = true;
      if (timer !== undefined) deps.native.clearTimeout(timer);
    },
  };
}

function judge(response: Response, now: number): Answer {
  if (response.ok) return { kind: 'taken' };
  if (!RETRIED.includes(response.status)) return { kind: 'refused', status: response.status };
  return { kind: 'later', afterMillis: retryAfterMillis(response.headers.get('retry-after'), now) };
}

/** Reads `Retry-After`: seconds or a date, never longer than our own longest pause. */
export function retryAfterMillis(header: string | null, now: number): number {
  if (!header) return 0;
  const millis = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(millis) ? Math.min(RETRY_MAX_MILLIS, Math.max(0, millis)) : 0;
}

/** Doubles from one second to one minute, and spreads by a fifth so that pages do not return in step. */
export function backOff(attempts: number, random: number): number {
  const pause = Math.min(RETRY_MAX_MILLIS, RETRY_FIRST_MILLIS * 2 ** (attempts - 1));
  return pause * (0.8 + 0.4 * random);
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403)
    return `the server refused the key (${status}): check data-key and the application`;
  if (status === 404) return 'nothing listens there (404): check data-endpoint';
  return `the server refused what was sent (${status}): its log and the page "Outcomes" say why`;
}
