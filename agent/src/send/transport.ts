// Carries parcels to the server: one at a time while the page is there, all at once when it leaves; tries again with
// growing pauses when the network or the server asks for it, and gives up quietly and counted.
import type { Native } from '../browser/native';
import { guard } from '../browser/guard';
import { QUEUE_MAX_BYTES, RETRY_FIRST_MILLIS, RETRY_MAX_ATTEMPTS, RETRY_MAX_MILLIS } from '../limits';
import type { Compress } from './compress';
import type { Parcel } from './parcels';
import { createPost, type Answer } from './post';

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

/** What waits, and what is known about the way. */
interface State {
  queue: Waiting[];
  dropped: number;
  leaving: boolean;
  pauseUntil: number;
  stopped: boolean;
}

export function createTransport(deps: TransportDeps): Transport {
  const state: State = { queue: [], dropped: 0, leaving: false, pauseUntil: 0, stopped: false };
  const post = createPost(deps);
  let pumping = false;
  let timer: number | undefined;

  async function pump(): Promise<void> {
    if (pumping || state.stopped) return;
    pumping = true;
    for (;;) {
      const next = state.queue.find((each) => !each.gone);
      if (!next || state.stopped || state.pauseUntil > deps.wall()) break;
      const packed = await deps.compress(next.parcel.body);
      if (next.gone) continue;
      next.gone = true;
      next.failed = false;
      settle(state, deps, next, await post.send(next.parcel, packed));
    }
    pumping = false;
    if (state.queue.some((each) => !each.gone)) pumpLater();
  }

  function pumpLater(): void {
    if (state.stopped) return;
    if (timer !== undefined) deps.native.clearTimeout(timer);
    timer = deps.native.setTimeout(
      guard(() => void pump()),
      Math.max(0, state.pauseUntil - deps.wall()),
    );
  }

  // Synchronous up to the hand-over. What has no room in the quota goes as a beacon, which has its own in some browsers,
  // else as a plain request: the page may only be in the background, and then it arrives.
  function leave(): void {
    state.leaving = true;
    for (const each of state.queue) {
      if (each.gone) continue;
      each.gone = true;
      const { parcel } = each;
      const asBeacon = parcel.beacon && !post.fits(parcel.bytes);
      if (asBeacon && deps.beacon(parcel.url(deps.wall(), false), parcel.body)) remove(state, each);
      else void post.send(parcel, undefined).then((answer) => settle(state, deps, each, answer));
    }
  }

  return {
    drop: (records) => void (state.dropped += records),
    dropped: () => state.dropped,
    leave,
    send(parcels, last) {
      state.queue.push(...parcels.map((parcel) => ({ parcel, attempts: 0, gone: false, failed: false })));
      bound(state);
      if (last) return leave();
      if (state.leaving) for (const each of state.queue) each.gone = each.gone && !each.failed;
      state.leaving = false;
      void pump();
    },
    stop() {
      state.stopped = true;
      if (timer !== undefined) deps.native.clearTimeout(timer);
    },
  };
}

function settle(state: State, deps: TransportDeps, waiting: Waiting, answer: Answer): void {
  waiting.attempts++;
  if (answer.kind === 'later' && waiting.attempts < RETRY_MAX_ATTEMPTS) {
    // Chromium fails what is under way when the page goes, and delivers it all the same: only a page that turns out
    // to live on (the next `send`) tries that again.
    waiting.gone = waiting.failed = state.leaving;
    const pause = Math.max(answer.afterMillis, backOff(waiting.attempts, deps.random()));
    state.pauseUntil = deps.wall() + pause;
    return;
  }
  remove(state, waiting);
  if (answer.kind === 'taken') return;
  state.dropped += waiting.parcel.records;
  if (answer.kind === 'refused') deps.warn(adviceFor(answer.status));
}

function remove(state: State, waiting: Waiting): void {
  state.queue = state.queue.filter((each) => each !== waiting);
}

function bound(state: State): void {
  let bytes = state.queue.reduce((sum, { parcel }) => sum + parcel.bytes, 0);
  while (bytes > QUEUE_MAX_BYTES) {
    const oldest = state.queue.find((each) => !each.gone);
    if (!oldest) return;
    remove(state, oldest);
    // The pump may be compressing it: it must not send what has been counted as lost.
    oldest.gone = true;
    bytes -= oldest.parcel.bytes;
    state.dropped += oldest.parcel.records;
  }
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
