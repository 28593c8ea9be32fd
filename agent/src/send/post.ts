// One attempt to hand a parcel to the server, within the quota that browsers give to requests which outlive the page.
import type { Native } from '../browser/native';
import { KEEPALIVE_MAX_BYTES, RETRY_MAX_MILLIS, SEND_TIMEOUT_MILLIS } from '../limits';
import type { Parcel } from './parcels';

export type Answer = { kind: 'taken' } | { kind: 'refused'; status: number } | { kind: 'later'; afterMillis: number };

export interface Post {
  /** Whether so many bytes would still outlive the page. */
  fits(bytes: number): boolean;
  send(parcel: Parcel, packed: Uint8Array<ArrayBuffer> | undefined): Promise<Answer>;
}

export interface PostDeps {
  native: Pick<Native, 'fetch' | 'setTimeout' | 'clearTimeout'>;
  wall: () => number;
}

const RETRIED = [429, 502, 503, 504];

export function createPost({ native, wall }: PostDeps): Post {
  let inFlightBytes = 0;
  const fits = (bytes: number): boolean => inFlightBytes + bytes <= KEEPALIVE_MAX_BYTES;

  async function send(parcel: Parcel, packed: Uint8Array<ArrayBuffer> | undefined): Promise<Answer> {
    const bytes = packed?.length ?? parcel.bytes;
    const keepalive = fits(bytes);
    const abort = new AbortController();
    const timeout = native.setTimeout(() => abort.abort(), SEND_TIMEOUT_MILLIS);
    if (keepalive) inFlightBytes += bytes;
    try {
      const response = await native.fetch?.(parcel.url(wall(), packed !== undefined), {
        method: 'POST',
        body: packed ?? parcel.body,
        headers: parcel.headers(packed !== undefined),
        credentials: 'omit',
        keepalive,
        signal: abort.signal,
      });
      return response ? judge(response, wall()) : { kind: 'later', afterMillis: 0 };
    } catch {
      // Chromium fails requests a moment before it says that the page goes: let it say so first.
      await new Promise<void>((resolve) => native.setTimeout(resolve, 0));
      return { kind: 'later', afterMillis: 0 };
    } finally {
      native.clearTimeout(timeout);
      if (keepalive) inFlightBytes -= bytes;
    }
  }

  return { fits, send };
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
