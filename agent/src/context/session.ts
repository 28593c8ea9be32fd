// A visit: one id over all tabs of the origin until the user rests, four hours have passed, or another user comes.
import { attempt } from '../browser/guard';
import type { Storage } from '../browser/storage';
import { SESSION_FUTURE_MILLIS, SESSION_READ_MILLIS } from '../limits';
import { isChosen } from './sampling';
import { randomHex } from './trace';

export interface Session {
  id(): string;
  previousId(): string | undefined;
  userId(): string | undefined;
  /** The share of sessions that was recorded when this one began. */
  probability(): number;
  /** Whether this session was chosen; it may still be kept for what happened in it. */
  chosen(): boolean;
  /** Events that bring a session back, and routes that do, as they were named when this one began. */
  promoteOn(): readonly string[];
  /** Whether what happens is sent. */
  kept(): boolean;
  /** Something happened that makes a session worth keeping, chosen or not. */
  keep(): void;
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
  /** Both for the next session that begins. */
  sampleRate: () => number;
  promoteOn: () => readonly string[];
  /** The last moment of a session: what is told now is still its own. */
  onEnd: (change: SessionChange) => void;
  onChange: (change: SessionChange) => void;
}

/** The id has changed. */
export interface SessionChange {
  /** This tab began the session; else it joined another tab's. */
  begun: boolean;
  /** The session before had run out. */
  afterRest: boolean;
}

/**
 * What all tabs share: id, start, last activity, previous id, a mark that tells users apart without their id, the
 * sampling probability, whether it is kept all the same, and what would make it so. A list, because names of ours change with every build.
 */
type State = [
  id: string,
  start: number,
  active: number,
  previous: string,
  user: string,
  probability: number,
  kept: number,
  promoteOn: readonly string[],
];
const ID = 0;
const START = 1;
const ACTIVE = 2;
const PREVIOUS = 3;
const USER = 4;
const PROBABILITY = 5;
const KEPT = 6;
const PROMOTE_ON = 7;

export function createSession(deps: SessionDeps): Session & { begun: boolean } {
  const { storage, wall } = deps;
  let userId: string | undefined;
  let readAt = wall();
  let ending = false;

  const expired = (state: State, now: number): boolean =>
    now - state[ACTIVE] >= deps.idleMillis ||
    now - state[START] >= deps.maxMillis ||
    state[START] > now + SESSION_FUTURE_MILLIS;
  const save = (): void => storage.write(state);
  const fresh = (previous: string, user: string): State => {
    const now = wall();
    return [randomHex(16), now, now, previous, user, deps.sampleRate(), 0, deps.promoteOn()];
  };

  const stored = checkState(storage.read());
  const begun = !stored || expired(stored, wall());
  let state = begun ? fresh(stored?.[ID] ?? '', '') : stored;
  if (begun) save();

  function replace(next: State, begunHere: boolean): void {
    const change = { begun: begunHere, afterRest: expired(state, wall()) };
    ending = true;
    deps.onEnd(change);
    ending = false;
    state = next;
    if (begunHere) save();
    deps.onChange(change);
  }

  function followOtherTabs(now: number): void {
    readAt = now;
    const shared = checkState(storage.read());
    if (!shared || expired(shared, now)) return;
    if (shared[ID] === state[ID]) {
      shared[ACTIVE] = Math.max(state[ACTIVE], shared[ACTIVE]);
      state = shared;
    } else {
      if (shared[USER] !== userMark(userId)) userId = undefined;
      replace(shared, false);
    }
  }

  function live(): boolean {
    const now = wall();
    if (ending) return true;
    if (expired(state, now) || now - readAt >= SESSION_READ_MILLIS || now < readAt) followOtherTabs(now);
    return !expired(state, now);
  }

  const chosen = (): boolean => isChosen(state[ID], state[PROBABILITY]);
  return {
    begun,
    id: () => state[ID],
    previousId: () => state[PREVIOUS] || undefined,
    userId: () => userId,
    probability: () => state[PROBABILITY],
    chosen,
    promoteOn: () => state[PROMOTE_ON],
    kept: () => chosen() || !!state[KEPT],
    keep() {
      state[KEPT] = 1;
      save();
    },
    live,
    touch() {
      const now = wall();
      if (!live()) replace(fresh(state[ID], userMark(userId)), true);
      else if (now - state[ACTIVE] >= SESSION_READ_MILLIS) {
        state[ACTIVE] = now;
        save();
      }
    },
    setUser(id) {
      live();
      const mark = userMark(id);
      userId = id;
      if (mark === state[USER]) return;
      // A first name for an unnamed visit is its log-in; any other change is another person. The new session does not
      // name the old one: that would tie the two people together.
      if (state[USER]) replace(fresh('', mark), true);
      else {
        state[USER] = mark;
        save();
      }
    },
  };
}

function checkState(raw: any): State | undefined {
  const valid =
    Array.isArray(raw) &&
    Array.isArray(raw[PROMOTE_ON]) &&
    attempt(() => /^[0-9a-f]{32}$/.test(raw[ID])) &&
    [START, ACTIVE, PROBABILITY].every((field) => Number.isFinite(raw[field])) &&
    [PREVIOUS, USER].every((field) => /^[0-9a-f]{0,32}$/.test(raw[field]));
  return valid ? (raw as unknown as State) : undefined;
}

// FNV-1a of 32 bits: enough to notice another user, too little to find one.
function userMark(id: string | undefined): string {
  if (id === undefined) return '';
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}
