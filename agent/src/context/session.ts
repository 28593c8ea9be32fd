// A visit: one id over all tabs of the origin until the user rests, four hours have passed, or another user comes.
import { attempt } from '../browser/guard';
import type { Storage } from '../browser/storage';
import { SESSION_READ_MILLIS } from '../limits';
import { randomHex } from './trace';

export interface Session {
  id(): string;
  previousId(): string | undefined;
  userId(): string | undefined;
  /** Whether the session still runs, other tabs included. Only `touch` begins the next one. */
  live(): boolean;
  /** The user did something: renews the session, or begins a new one. */
  touch(): void;
  setUser(id: string | undefined): void;
}

export interface SessionDeps {
  storage: Storage;
  wall: () => number;
  idleMillis: number;
  maxMillis: number;
  onChange: (change: SessionChange) => void;
}

/** The id has changed. */
export interface SessionChange {
  /** This tab began the session; else it joined another tab's. */
  begun: boolean;
  /** The session before had run out. */
  afterRest: boolean;
}

/** What all tabs share. `user` is a mark that tells users apart, not the user's id. */
interface State {
  id: string;
  start: number;
  active: number;
  previous?: string | undefined;
  user?: string | undefined;
}

/** A session from this far in the future was written before the clock was set back. */
const FUTURE_MILLIS = 60_000;

export function createSession(deps: SessionDeps): Session & { begun: boolean } {
  const { storage, wall } = deps;
  let userId: string | undefined;
  let readAt = wall();

  const expired = (state: State, now: number): boolean =>
    now - state.active >= deps.idleMillis || now - state.start >= deps.maxMillis || state.start > now + FUTURE_MILLIS;
  const save = (): void => storage.write(JSON.stringify(state));
  const fresh = (previous: string | undefined, user: string | undefined): State => {
    const now = wall();
    return { id: randomHex(16), start: now, active: now, previous, user };
  };

  const stored = parseState(storage.read());
  const begun = !stored || expired(stored, wall());
  let state = begun ? fresh(stored?.id, undefined) : stored;
  if (begun) save();

  function replace(next: State, begunHere: boolean): void {
    const afterRest = expired(state, wall());
    state = next;
    if (begunHere) save();
    deps.onChange({ begun: begunHere, afterRest });
  }

  function followOtherTabs(now: number): void {
    readAt = now;
    const shared = parseState(storage.read());
    if (!shared || expired(shared, now)) return;
    if (shared.id === state.id) {
      state.active = Math.max(state.active, shared.active);
      state.user = shared.user;
    } else {
      if (shared.user !== userMark(userId)) userId = undefined;
      replace(shared, false);
    }
  }

  function live(): boolean {
    const now = wall();
    if (expired(state, now) || now - readAt >= SESSION_READ_MILLIS || now < readAt) followOtherTabs(now);
    return !expired(state, now);
  }

  return {
    begun,
    id: () => state.id,
    previousId: () => state.previous,
    userId: () => userId,
    live,
    touch() {
      const now = wall();
      if (!live()) replace(fresh(state.id, userMark(userId)), true);
      else if (now - state.active >= SESSION_READ_MILLIS) {
        state.active = now;
        save();
      }
    },
    setUser(id) {
      live();
      const mark = userMark(id);
      userId = id;
      if (mark === state.user) return;
      // A first name for an unnamed visit is its log-in; any other change is another person. The new session does not
      // name the old one: that would tie the two people together.
      if (state.user !== undefined) replace(fresh(undefined, mark), true);
      else {
        state.user = mark;
        save();
      }
    },
  };
}

function parseState(text: string | undefined): State | undefined {
  const raw = attempt(() => JSON.parse(text ?? '') as Partial<Record<keyof State, unknown>>);
  if (!raw || typeof raw.id !== 'string' || !/^[0-9a-f]{32}$/.test(raw.id)) return undefined;
  if (typeof raw.start !== 'number' || typeof raw.active !== 'number') return undefined;
  const text32 = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, 32) : undefined);
  return { id: raw.id, start: raw.start, active: raw.active, previous: text32(raw.previous), user: text32(raw.user) };
}

// FNV-1a of 32 bits: enough to notice another user, too little to find one.
function userMark(id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}
