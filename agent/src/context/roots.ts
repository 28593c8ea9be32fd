// The root of what happens now: a document load, a click or a route change, from its start until the page is quiet.
//
// One root is active at a time, the newest. Requests that start meanwhile are its children. It is quiet, and ends, when
// those requests have ended and the DOM has stood still for QUIET_MILLIS; its end is the last of that activity plus the
// frame that showed it. Background polling neither belongs to a root nor prolongs it.
import type { Native } from '../browser/native';
import { attempt, guard } from '../browser/guard';
import { LOAD_SETTLE_MAX_MILLIS, POLLING_MAX_KEYS, POLLING_SEEN, QUIET_MILLIS, SETTLE_MAX_MILLIS } from '../limits';
import { KIND_INTERNAL, type Attributes, type TraceIds } from '../record';
import type { Clock } from './clock';
import type { Emit } from './stamp';
import { NEW_TRACE_FLAGS, newSpanId, newTraceId, type Traceparent } from './trace';
import type { View } from './view';

export type RootKind = 'documentLoad' | 'routeChange' | 'click';

export interface Root extends TraceIds {
  kind: RootKind;
  readonly flags: number;
  view: View;
  readonly start: number;
  readonly instant: number;
  attributes: Attributes;
  /** Whether its span will be sent, so that others may name it. A click without consequences is an event only. */
  sent: boolean;
  onSent: (() => void) | undefined;
  onEnd: ((end: RootEnd) => void) | undefined;
  readonly deadline: number;
  /** Requests under way, and the load event while it is awaited. */
  pending: number;
  lastActivity: number;
  frame: number | undefined;
  replaced: boolean;
}

/** `settled` is false when the page went away or another root took over, so the duration says nothing. */
export interface RootEnd {
  at: number;
  settled: boolean;
}

export interface RootOpening {
  kind: RootKind;
  view: View;
  start: number;
  /** The trace to continue, for a document whose server told us its own. */
  trace?: Traceparent | undefined;
  attributes?: Attributes;
  onSent?: () => void;
  onEnd?: (end: RootEnd) => void;
}

/** A request's place in a trace. */
export interface Membership {
  traceId: string;
  parentSpanId: string | undefined;
  flags: number;
  end(at: number): void;
}

export interface Roots {
  active(): Root | undefined;
  trace(): TraceIds | undefined;
  open(opening: RootOpening): Root;
  /** Makes an active click the start of a route change. */
  turnIntoRoute(root: Root, view: View, onEnd: (end: RootEnd) => void): void;
  /** The load event has come. */
  release(root: Root, at: number): void;
  /** A request begins; `key` is its method and path. */
  join(key: string): Membership;
  /** Ends all roots now, because the page may not come back. */
  endAll(): void;
  stop(): void;
}

export interface RootsDeps {
  clock: Clock;
  native: Native;
  emit: () => Emit;
}

export function createRoots({ clock, native, emit }: RootsDeps): Roots {
  const open = new Set<Root>();
  let active: Root | undefined;
  let timer: number | undefined;
  let frameAsked = false;
  const polls = createPollWatch();
  const observer = native.MutationObserver && new native.MutationObserver(guard(() => mutated()));

  function mutated(): void {
    if (active) act(active, clock.now());
  }

  function act(root: Root, at: number): void {
    root.lastActivity = Math.max(root.lastActivity, at);
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

  function markSent(root: Root): void {
    if (root.sent) return;
    root.sent = true;
    root.onSent?.();
  }

  const dueAt = (root: Root): number =>
    root.pending > 0 ? root.deadline : Math.min(root.deadline, root.replaced ? 0 : root.lastActivity + QUIET_MILLIS);

  function schedule(): void {
    if (timer !== undefined) native.clearTimeout(timer);
    timer = undefined;
    if (open.size === 0) return;
    const next = Math.min(...[...open].map(dueAt));
    timer = native.setTimeout(guard(check), Math.max(0, Math.ceil(next - clock.now())));
  }

  function check(): void {
    const now = clock.now();
    for (const root of [...open]) {
      if (dueAt(root) > now) continue;
      const quiet = root.pending === 0 && (root.replaced || root.lastActivity + QUIET_MILLIS <= now);
      finish(root, quiet ? 'quiet' : 'late');
    }
    schedule();
  }

  function finish(root: Root, why: 'quiet' | 'late' | 'gone'): void {
    open.delete(root);
    if (active === root) active = undefined;
    if (open.size === 0) observer?.disconnect();
    const at = why === 'late' && !root.replaced ? root.deadline : endOf(root);
    if (root.sent) {
      emit().span({
        traceId: root.traceId,
        spanId: root.spanId,
        name: root.kind,
        kind: KIND_INTERNAL,
        instant: root.instant,
        duration: Math.max(0, at - root.start),
        attributes: root.attributes,
        view: root.view,
      });
    }
    root.onEnd?.({ at, settled: why !== 'gone' && !root.replaced });
  }

  return {
    active: () => active,
    trace: () => (active?.sent ? { traceId: active.traceId, spanId: active.spanId } : undefined),
    open(opening) {
      // Nothing was under way and it has been painted: for the user it was over, or there would be no next step.
      if (active && active.pending === 0 && active.frame !== undefined) finish(active, 'quiet');
      else if (active) active.replaced = true;
      active = newRoot(opening, clock);
      if (open.size === 0) watchDom(observer);
      open.add(active);
      act(active, active.lastActivity);
      schedule();
      return active;
    },
    turnIntoRoute(root, view, onEnd) {
      root.kind = 'routeChange';
      root.view = view;
      root.onEnd = onEnd;
      markSent(root);
      act(root, clock.now());
      schedule();
    },
    release(root, at) {
      root.pending--;
      act(root, at);
      schedule();
    },
    join(key) {
      const root = polls.isPoll(key, active !== undefined) ? undefined : active;
      if (!root)
        return { traceId: newTraceId(), parentSpanId: undefined, flags: NEW_TRACE_FLAGS, end: () => undefined };
      root.pending++;
      act(root, clock.now());
      markSent(root);
      schedule();
      let ended = false;
      return {
        traceId: root.traceId,
        parentSpanId: root.spanId,
        flags: root.flags,
        end(at) {
          if (ended) return;
          ended = true;
          root.pending--;
          act(root, at);
          if (open.has(root)) schedule();
        },
      };
    },
    endAll() {
      for (const root of [...open]) finish(root, 'gone');
      schedule();
    },
    stop() {
      open.clear();
      active = undefined;
      observer?.disconnect();
      schedule();
    },
  };
}

function newRoot({ kind, view, start, trace, attributes, onSent, onEnd }: RootOpening, clock: Clock): Root {
  const isLoad = kind === 'documentLoad';
  return {
    kind,
    traceId: trace?.traceId ?? newTraceId(),
    spanId: newSpanId(),
    flags: trace?.flags ?? NEW_TRACE_FLAGS,
    view,
    start,
    instant: view.start === start ? view.startInstant : clock.instant(start),
    attributes: attributes ?? {},
    sent: kind !== 'click',
    onSent,
    onEnd,
    deadline: start + (isLoad ? LOAD_SETTLE_MAX_MILLIS : SETTLE_MAX_MILLIS),
    pending: isLoad ? 1 : 0,
    lastActivity: isLoad ? start : clock.now(),
    frame: undefined,
    replaced: false,
  };
}

/** The last activity, plus the frame that showed it if one came soon: a hidden page draws none. */
function endOf({ replaced, lastActivity, frame }: Root): number {
  const shown = !replaced && frame !== undefined && frame < lastActivity + QUIET_MILLIS;
  return shown ? Math.max(frame, lastActivity) : lastActivity;
}

// Attributes are not watched: animations change them all the time, and a new route shows as new nodes or new text.
function watchDom(observer: MutationObserver | undefined): void {
  attempt(() => observer?.observe(document, { childList: true, characterData: true, subtree: true }));
}

/** Remembers which requests come on their own, with no load, click or route change to cause them. */
function createPollWatch(): { isPoll: (key: string, caused: boolean) => boolean } {
  const alone = new Map<string, number>();
  return {
    isPoll(key, caused) {
      const seen = alone.get(key) ?? 0;
      if (caused) return seen >= POLLING_SEEN;
      alone.delete(key);
      alone.set(key, seen + 1);
      const oldest = alone.size > POLLING_MAX_KEYS ? alone.keys().next().value : undefined;
      if (oldest !== undefined) alone.delete(oldest);
      return true;
    },
  };
}
