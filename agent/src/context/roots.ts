// The root of what happens now: a document load, a click or a route change, from its start until the page is quiet.
//
// One root is active at a time, the newest. Requests that start meanwhile are its children. Background polling neither
// belongs to a root nor prolongs it. A root is over when the requests it caused have ended and the DOM has stood still
// for QUIET_MILLIS; its end is the last of that activity plus the frame that showed it. A cap keeps a page that never
// rests from lasting forever. A click waits longer for the first thing that it causes.
import { guard } from '../browser/guard';
import type { Native } from '../browser/native';
import {
  CLICK_EFFECT_MILLIS,
  LOAD_SETTLE_MAX_MILLIS,
  POLLING_MAX_KEYS,
  POLLING_SEEN,
  QUIET_MILLIS,
  SETTLE_MAX_MILLIS,
} from '../limits';
import type { Attributes, TraceIds } from '../record';
import type { Clock } from './clock';
import { randomHex, type Traceparent } from './trace';
import type { View } from './view';

export type RootKind = 'documentLoad' | 'routeChange' | 'click';

export interface RootOpening {
  kind: RootKind;
  view: View;
  start: number;
  /** The trace to continue, for a document whose server told us its own. */
  trace?: Traceparent | undefined;
  attributes?: Attributes;
  /** Its span will be sent: others may name it. A click without consequences is an event only. */
  onSent?: () => void;
  onEnd?: (end: Settled) => void;
}

export interface Root extends TraceIds, RootOpening {
  instant: number;
  sent: boolean;
  /** Requests under way, and the load event while it is awaited. */
  pending: number;
  last: number;
  /** The first frame after the last activity. */
  frame: number | undefined;
  /** Something has happened since it began. */
  acted: boolean;
  /** A newer one has taken over: what the page does now is no longer this one's doing. */
  replaced: boolean;
  deadline: number;
}

/** `settled` is false when the page went away or a newer one took over, so the duration says nothing. */
export interface Settled {
  at: number;
  settled: boolean;
}

/** A request's place in a trace. */
export interface Membership {
  traceId: string;
  parentSpanId: string | undefined;
  end(at: number): void;
}

export interface Roots {
  active(): Root | undefined;
  trace(): TraceIds | undefined;
  open(opening: RootOpening): Root;
  /** Makes an active click the start of a route change. */
  turnIntoRoute(root: Root, view: View, onEnd: (end: Settled) => void): void;
  /** The load event has come. */
  release(root: Root, at: number): void;
  /** The page answered the user in a way that is neither a request nor a new node. */
  noteEffect(): void;
  /** A request begins; `key` is its method and path. */
  join(key: string): Membership;
  /** Ends all roots now, because the page may not come back. */
  endAll(): void;
  stop(): void;
}

export interface RootsDeps {
  clock: Pick<Clock, 'now' | 'instant'>;
  native: Native;
  sendSpan: (root: Root, end: number) => void;
}

export function createRoots({ clock, native, sendSpan }: RootsDeps): Roots {
  const open = new Set<Root>();
  const isPoll = createPollWatch();
  let active: Root | undefined;
  let timer: number | undefined;
  let frameAsked = false;
  const observer =
    native.MutationObserver &&
    new native.MutationObserver(
      guard((changes: MutationRecord[]) => {
        // Attributes change all the time, by animations: they show that a click had an effect, not that a page still works.
        const grew = changes.some(({ type }) => type !== 'attributes');
        for (const root of open) if (!root.replaced) grew ? act(root, clock.now()) : noteEffect(root);
      }),
    );

  function noteEffect(root: Root | undefined): void {
    if (!root || root.acted) return;
    root.acted = true;
    reschedule();
  }

  function act(root: Root, at: number): void {
    stir(root, at);
    noteEffect(root);
  }

  function stir(root: Root, at: number): void {
    root.last = Math.max(root.last, at);
    root.frame = undefined;
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
    native.clearTimeout(timer);
    if (open.size === 0) return;
    const next = Math.min(...[...open].map(dueAt));
    timer = native.setTimeout(guard(look), Math.max(0, Math.ceil(next - clock.now())));
  }

  function look(): void {
    const now = clock.now();
    for (const root of [...open]) if (dueAt(root) <= now) close(root, true, restsAt(root) > now);
    reschedule();
  }

  function close(root: Root, known: boolean, late = false): void {
    open.delete(root);
    if (open.size === 0) observer?.disconnect();
    if (active === root) active = undefined;
    const at = late && !root.replaced ? root.deadline : endOf(root);
    if (root.sent) sendSpan(root, at);
    root.onEnd?.({ at, settled: known && !root.replaced });
  }

  function markSent(root: Root): void {
    if (root.sent) return;
    root.sent = true;
    root.onSent?.();
  }

  /** One thing less to wait for, or one more. */
  function wait(root: Root, more: number, at: number): void {
    root.pending += more;
    act(root, at);
    reschedule();
  }

  return {
    active: () => active,
    trace: () => (active?.sent ? active : undefined),
    open(opening) {
      // Nothing was under way and it has been painted: for the user it was over, or there would be no next step.
      if (active && active.pending === 0 && active.frame !== undefined) close(active, true);
      else if (active) active.replaced = true;
      if (open.size === 0)
        observer?.observe(document, { childList: true, characterData: true, attributes: true, subtree: true });
      const root = (active = newRoot(opening, clock));
      open.add(root);
      stir(root, root.last);
      reschedule();
      return root;
    },
    turnIntoRoute(root, view, onEnd) {
      root.kind = 'routeChange';
      root.view = view;
      root.onEnd = onEnd;
      markSent(root);
      wait(root, 0, clock.now());
    },
    release: (root, at) => wait(root, -1, at),
    noteEffect: () => noteEffect(active),
    join(key) {
      const root = isPoll(key, !!active) ? undefined : active;
      if (!root) return { traceId: randomHex(16), parentSpanId: undefined, end: () => undefined };
      markSent(root);
      wait(root, 1, clock.now());
      let ended = false;
      return {
        traceId: root.traceId,
        parentSpanId: root.spanId,
        end(at) {
          if (!ended) wait(root, -1, at);
          ended = true;
        },
      };
    },
    endAll() {
      for (const root of [...open]) close(root, false);
      reschedule();
    },
    stop() {
      open.clear();
      observer?.disconnect();
      reschedule();
    },
  };
}

const dueAt = (root: Root): number => Math.min(root.deadline, restsAt(root));

function restsAt({ pending, replaced, last, acted, kind, start }: Root): number {
  if (pending > 0) return Infinity;
  if (replaced) return last;
  return kind === 'click' && !acted ? start + CLICK_EFFECT_MILLIS : last + QUIET_MILLIS;
}

/** The last activity, plus the frame that showed it if one came soon: a hidden page draws none. */
function endOf({ replaced, last, frame }: Root): number {
  return !replaced && frame !== undefined && frame < last + QUIET_MILLIS ? Math.max(frame, last) : last;
}

function newRoot(opening: RootOpening, clock: RootsDeps['clock']): Root {
  const { kind, view, start, trace } = opening;
  const isLoad = kind === 'documentLoad';
  return {
    ...opening,
    traceId: trace?.traceId ?? randomHex(16),
    spanId: randomHex(8),
    instant: view.start === start ? view.startInstant : clock.instant(start),
    sent: kind !== 'click',
    deadline: start + (isLoad ? LOAD_SETTLE_MAX_MILLIS : SETTLE_MAX_MILLIS),
    pending: isLoad ? 1 : 0,
    last: isLoad ? start : clock.now(),
    frame: undefined,
    acted: false,
    replaced: false,
  };
}

/** Remembers which requests come on their own, with no load, click or route change to cause them. */
function createPollWatch(): (key: string, caused: boolean) => boolean {
  const alone = new Map<string, number>();
  return (key, caused) => {
    const seen = alone.get(key) ?? 0;
    if (caused) return seen >= POLLING_SEEN;
    alone.delete(key);
    alone.set(key, seen + 1);
    if (alone.size > POLLING_MAX_KEYS) alone.delete(alone.keys().next().value!);
    return true;
  };
}
