// Finds out when what was begun is over: its requests have ended, the DOM stands still, and a frame has shown it.
//
// It is quiet when the requests it caused have ended and the DOM has stood still for QUIET_MILLIS; its end is the last
// of that activity plus the frame that showed it. A cap keeps a page that never rests from lasting forever.
import { attempt, guard } from '../browser/guard';
import type { Native } from '../browser/native';
import { QUIET_MILLIS } from '../limits';
import type { Clock } from './clock';

/** What is not over yet. */
export interface Unsettled {
  /** Requests under way, and the load event while it is awaited. */
  pending: number;
  lastActivity: number;
  /** The first frame after the last activity. */
  frame: number | undefined;
  /** A newer one has taken over: what the page does now is no longer this one's doing. */
  replaced: boolean;
  readonly deadline: number;
}

/** `settled` is false when the page went away or a newer one took over, so the duration says nothing. */
export interface Settled {
  at: number;
  settled: boolean;
}

export interface Settling<U extends Unsettled> {
  add(one: U): void;
  act(one: U, at: number): void;
  /** A request has ended or begun: the time to look again may be another one. */
  reschedule(): void;
  /** Ends one now: `over` when it has come to rest, `gone` when nobody will know. */
  end(one: U, why: 'over' | 'gone'): void;
  endAll(): void;
  stop(): void;
}

export interface SettlingDeps<U> {
  clock: Clock;
  native: Native;
  onEnd: (one: U, end: Settled) => void;
}

export function createSettling<U extends Unsettled>({ clock, native, onEnd }: SettlingDeps<U>): Settling<U> {
  const open = new Set<U>();
  let timer: number | undefined;
  let frameAsked = false;
  const observer =
    native.MutationObserver &&
    new native.MutationObserver(
      guard(() => {
        for (const one of open) if (!one.replaced) act(one, clock.now());
      }),
    );

  function act(one: U, at: number): void {
    one.lastActivity = Math.max(one.lastActivity, at);
    one.frame = undefined;
    if (frameAsked) return;
    frameAsked = true;
    native.requestAnimationFrame(
      guard(() => {
        frameAsked = false;
        for (const each of open) each.frame ??= clock.now();
      }),
    );
  }

  function reschedule(): void {
    if (timer !== undefined) native.clearTimeout(timer);
    timer = undefined;
    if (open.size === 0) return;
    const next = Math.min(...[...open].map(dueAt));
    timer = native.setTimeout(guard(look), Math.max(0, Math.ceil(next - clock.now())));
  }

  function look(): void {
    const now = clock.now();
    for (const one of [...open]) if (dueAt(one) <= now) close(one, restsAt(one) <= now ? 'over' : 'late');
    reschedule();
  }

  function close(one: U, why: 'over' | 'late' | 'gone'): void {
    open.delete(one);
    if (open.size === 0) observer?.disconnect();
    const at = why === 'late' && !one.replaced ? one.deadline : endOf(one);
    onEnd(one, { at, settled: why !== 'gone' && !one.replaced });
  }

  return {
    act,
    reschedule,
    end: close,
    add(one) {
      if (open.size === 0) watchDom(observer);
      open.add(one);
      act(one, one.lastActivity);
      reschedule();
    },
    endAll() {
      for (const one of [...open]) close(one, 'gone');
      reschedule();
    },
    stop() {
      open.clear();
      observer?.disconnect();
      reschedule();
    },
  };
}

const dueAt = (one: Unsettled): number => Math.min(one.deadline, restsAt(one));

function restsAt({ pending, replaced, lastActivity }: Unsettled): number {
  if (pending > 0) return Infinity;
  return replaced ? lastActivity : lastActivity + QUIET_MILLIS;
}

/** The last activity, plus the frame that showed it if one came soon: a hidden page draws none. */
function endOf({ replaced, lastActivity, frame }: Unsettled): number {
  const shown = !replaced && frame !== undefined && frame < lastActivity + QUIET_MILLIS;
  return shown ? Math.max(frame, lastActivity) : lastActivity;
}

// Attributes are not watched: animations change them all the time, and a new route shows as new nodes or new text.
function watchDom(observer: MutationObserver | undefined): void {
  attempt(() => observer?.observe(document, { childList: true, characterData: true, subtree: true }));
}
