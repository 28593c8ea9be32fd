// Sends maps to a server, each with its debug id and, where a release is told, its path.
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { debugId, readText, type Script } from './scripts.js';

const packed = promisify(gzip);

export interface Target {
  /** Without a slash at its end. */
  server: string;
  headers: Record<string, string>;
  app: string | undefined;
  release: string | undefined;
  prefix: string;
}

/** How long a server that is away is asked again. */
export interface Patience {
  /** Milliseconds before each further try. */
  again: readonly number[];
  answerWithin: number;
}

export const PATIENCE: Patience = { again: [500, 2_000, 8_000], answerWithin: 60_000 };

export interface Uploaded {
  uploaded: number;
  wasThere: number;
  /** Why a map was not taken. */
  wrong: string[];
}

type Answer =
  { kind: 'uploaded' } | { kind: 'wasThere' } | { kind: 'refused'; told: string } | { kind: 'away'; told: string };

/** The first map for which nobody answers ends it: the others would wait as long for nothing. */
export async function upload(scripts: Script[], target: Target, patience: Patience): Promise<Uploaded> {
  const done: Uploaded = { uploaded: 0, wasThere: 0, wrong: [] };
  for (const [index, script] of scripts.entries()) {
    const answer = await send(script, target, patience);
    if (answer.kind === 'uploaded' || answer.kind === 'wasThere') {
      done[answer.kind] += 1;
    } else if (answer.kind === 'refused') {
      done.wrong.push(`the map of ${script.name} was not uploaded: ${answer.told}`);
    } else {
      done.wrong.push(`${scripts.length - index} of ${scripts.length} maps were not uploaded: ${answer.told}`);
      return done;
    }
  }
  return done;
}

async function send(script: Script, target: Target, patience: Patience): Promise<Answer> {
  const url = `${target.server}/api/v1/sourcemaps?${parameters(script, target, debugId(await readText(script.path)))}`;
  const body = await packed(await readFile(script.map));
  let answer = await ask(url, body, target, patience.answerWithin);
  for (const pause of patience.again) {
    if (answer.kind !== 'away') break;
    await wait(pause);
    answer = await ask(url, body, target, patience.answerWithin);
  }
  return answer;
}

function parameters(script: Script, target: Target, id: string | undefined): URLSearchParams {
  const told = new URLSearchParams();
  if (target.app !== undefined) told.set('app', target.app);
  if (id !== undefined) told.set('debug_id', id);
  if (target.release !== undefined) {
    told.set('release', target.release);
    told.set('url', `${target.prefix.replace(/\/+$/, '')}/${script.name}`);
  }
  return told;
}

async function ask(url: string, body: Buffer, target: Target, within: number): Promise<Answer> {
  const headers = { ...target.headers, 'content-type': 'application/json', 'content-encoding': 'gzip' };
  try {
    const signal = AbortSignal.timeout(within);
    const response = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(body), signal });
    const text = await response.text();
    if (response.ok) return { kind: response.status === 201 ? 'uploaded' : 'wasThere' };
    const told = refusal(text) ?? `${target.server} answered ${response.status} ${response.statusText}`;
    return response.status >= 500 ? { kind: 'away', told } : { kind: 'refused', told };
  } catch (error) {
    const told =
      `no server answers at ${target.server}: ${reason(error)}; ` +
      'start `limen serve`, or say where it is with the option `server` or LIMEN_SOURCEMAPS_SERVER';
    return { kind: 'away', told };
  }
}

/** What the API says in a refusal, and what to do. */
function refusal(text: string): string | undefined {
  try {
    const { message, hint } = (JSON.parse(text) as { error: { message: unknown; hint: unknown } }).error;
    return typeof message === 'string' && typeof hint === 'string' ? `${message}; ${hint}` : undefined;
  } catch {
    return undefined;
  }
}

/** `fetch` hides what happened to the connection in the cause of its error. */
function reason(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Error & { code?: string } };
  return cause?.code ?? cause?.message ?? message;
}
