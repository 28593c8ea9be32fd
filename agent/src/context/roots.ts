// The root of what happens now: a document load, a click or a route change, from its start until the page is quiet.
//
// One root is active at a time, the newest. Requests that start meanwhile are its children. Background polling neither
// belongs to a root nor prolongs it. When a root is over is the matter of settle.ts.
import type { Native } from '../browser/native';
import { LOAD_SETTLE_MAX_MILLIS, POLLING_MAX_KEYS, POLLING_SEEN, SETTLE_MAX_MILLIS } from '../limits';
import { KIND_INTERNAL, type Attributes, type TraceIds } from '../record';
import type { Clock } from './clock';
import { createSettling, type Settled, type Settling, type Unsettled } from './settle';
import type { Emit, SpanDraft } from './stamp';
import { NEW_TRACE_FLAGS, newSpanId, newTraceId, type Traceparent } from './trace';
import type { View } from './view';

export type RootKind = 'documentLoad' | 'routeChange' | 'click';

export interface Root extends TraceIds, Unsettled {
  kind: RootKind;
  readonly flags: number;
  view: View;
  readonly start: number;
  readonly instant: number;
  attributes: Attributes;
  /** Whether its span will be sent, so that others may name it. A click without consequences is an event only. */
  sent: boolean;
  onSent: (() => void) | undefined;
  onEnd: ((end: Settled) => void) | undefined;
}

export interface RootOpening {
  kind: RootKind;
  view: View;
  start: number;
  /** The trace to continue, for a document whose server told us its own. */
  trace?: Traceparent | undefined;
  attributes?: Attributes;
  onSent?: () => void;
  onEnd?: (end: Settled) => void;
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
  turnIntoRoute(root: Root, view: View, onEnd: (end: Settled) => void): void;
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
  let active: Root | undefined;
  const polls = createPollWatch();
  const settling = createSettling<Root>({
    clock,
    native,
    onEnd(root, end) {
      if (active === root) active = undefined;
      if (root.sent) emit().span(spanOf(root, end.at));
      root.onEnd?.(end);
    },
  });

  return {
    active: () => active,
    trace: () => (active?.sent ? { traceId: active.traceId, spanId: active.spanId } : undefined),
    open(opening) {
      // Nothing was under way and it has been painted: for the user it was over, or there would be no next step.
      if (active && active.pending === 0 && active.frame !== undefined) settling.end(active, 'over');
      else if (active) active.replaced = true;
      active = newRoot(opening, clock);
      settling.add(active);
      return active;
    },
    turnIntoRoute(root, view, onEnd) {
      root.kind = 'routeChange';
      root.view = view;
      root.onEnd = onEnd;
      markSent(root);
      settling.act(root, clock.now());
      settling.reschedule();
    },
    release(root, at) {
      root.pending--;
      settling.act(root, at);
      settling.reschedule();
    },
    join(key) {
      const root = polls.isPoll(key, active !== undefined) ? undefined : active;
      if (!root)
        return { traceId: newTraceId(), parentSpanId: undefined, flags: NEW_TRACE_FLAGS, end: () => undefined };
      markSent(root);
      return joinRoot(root, clock, settling);
    },
    endAll: settling.endAll,
    stop() {
      active = undefined;
      settling.stop();
    },
  };
}

function markSent(root: Root): void {
  if (root.sent) return;
  root.sent = true;
  root.onSent?.();
}

function joinRoot(root: Root, clock: Clock, settling: Settling<Root>): Membership {
  root.pending++;
  settling.act(root, clock.now());
  settling.reschedule();
  let ended = false;
  return {
    traceId: root.traceId,
    parentSpanId: root.spanId,
    flags: root.flags,
    end(at) {
      if (ended) return;
      ended = true;
      root.pending--;
      settling.act(root, at);
      settling.reschedule();
    },
  };
}

const spanOf = (root: Root, end: number): SpanDraft => ({
  traceId: root.traceId,
  spanId: root.spanId,
  name: root.kind,
  kind: KIND_INTERNAL,
  instant: root.instant,
  duration: Math.max(0, end - root.start),
  attributes: root.attributes,
  view: root.view,
});

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
