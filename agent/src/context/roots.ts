// The root of what happens now: a document load, a click or a route change, from its start until the page is quiet.
//
// One root is active at a time, the newest. Requests that start meanwhile are its children. Background polling neither
// belongs to a root nor prolongs it. A root is over when the requests it caused have ended and the DOM has stood still
// for QUIET_MILLIS; its end is the last of that activity plus the frame that showed it. A cap keeps a page that never
// rests from lasting forever. A click waits longer for the first thing that it causes.
import { guard } from '../browser/guard';
import { after, native } from '../browser/native';
import {
  CLICK_EFFECT_MILLIS,
  LOAD_SETTLE_MAX_MILLIS,
  POLLING_MAX_KEYS,
  POLLING_SEEN,
  QUIET_MILLIS,
  SETTLE_MAX_MILLIS,
} from '../limits';
import { KIND_INTERNAL, type Attributes } from '../record';
import { instant, now } from './clock';
import { emitSpan, type SpanDraft } from './emit';
import { randomHex } from './trace';
import type { View } from './view';

export type RootKind = 'documentLoad' | 'routeChange' | 'click';

export interface RootOpening {
  name: RootKind;
  view: View;
  start: number;
  /** The trace to continue, for a document whose server told us its own. */
  traceId?: string | undefined;
  attributes?: Attributes;
  /** Its span will be sent: others may name it. A click without consequences is an event only. */
  onSent?: () => void;
  /** When it was over; undefined when the page went away or a newer one took over, and nobody knows. */
  onEnd?: (at: number | undefined) => void;
}

/** The span that a root becomes, and how far it is. */
export interface Root extends Omit<RootOpening, 'traceId' | 'attributes'>, SpanDraft {
  name: RootKind;
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

/** A request's place in a trace. */
export interface Membership {
  traceId: string;
  parentSpanId: string | undefined;
  root: Root | undefined;
}

/** The newest root that is not over. */
export let active: Root | undefined;
let open = new Set<Root>();
let alone = new Map<string, number>();
let timer: number | undefined;
/** When the timer comes. */
let alarm = Infinity;
let frameAsked = false;
let observer: MutationObserver | undefined;

export function startRoots(): void {
  stopRoots();
  alone = new Map();
  // Attributes change all the time, by animations: they show that a click had an effect, not that a page still works.
  observer =
    native.MutationObserver &&
    new native.MutationObserver(
      guard((changes: MutationRecord[]) => {
        const grew = changes.some(({ type }) => type !== 'attributes');
        for (const root of open) if (!root.replaced) grew ? stir(root, now(), true) : noteEffect(root);
      }),
    );
}

export function stopRoots(): void {
  open = new Set();
  active = undefined;
  alarm = Infinity;
  native.clearTimeout(timer);
  observer?.disconnect();
}

/** The page answered the user in a way that is neither a request nor a new node. */
export function noteEffect(root = active): void {
  if (!root || root.acted) return;
  root.acted = true;
  reschedule();
}

function stir(root: Root, at: number, effect: boolean): void {
  root.last = Math.max(root.last, at);
  root.frame = undefined;
  if (effect) noteEffect(root);
  if (frameAsked) return;
  frameAsked = true;
  native.requestAnimationFrame(
    guard(() => {
      frameAsked = false;
      for (const each of open) each.frame ??= now();
    }),
  );
}

/** A timer that comes too early looks, and is set again: that is cheaper than to move it with all that happens. */
function reschedule(): void {
  const due = Math.min(...[...open].map(dueAt));
  if (due >= alarm) return;
  native.clearTimeout(timer);
  alarm = due;
  timer = after(look, Math.max(0, Math.ceil(due - now())));
}

function look(): void {
  alarm = Infinity;
  for (const root of open) if (dueAt(root) <= now()) close(root, true, restsAt(root) > now());
  reschedule();
}

function close(root: Root, known: boolean, late?: boolean): void {
  open.delete(root);
  if (!open.size) observer?.disconnect();
  if (active === root) active = undefined;
  const at = late && !root.replaced ? root.deadline : endOf(root);
  root.duration = at - root.start;
  if (root.sent) emitSpan(root);
  root.onEnd?.(known && !root.replaced ? at : undefined);
}

export function markSent(root: Root): void {
  if (root.sent) return;
  root.sent = true;
  root.onSent?.();
}

/** One thing less to wait for, or one more. */
export function wait(root: Root | undefined, more: number, at = now()): void {
  if (!root) return;
  root.pending += more;
  stir(root, at, true);
  reschedule();
}

export function openRoot(opening: RootOpening): Root {
  const { name, view, start, traceId, attributes = {} } = opening;
  const isLoad = name === 'documentLoad';
  // Nothing was under way and it has been painted: for the user it was over, or there would be no next step.
  if (active && !active.pending && active.frame !== undefined) close(active, true);
  else if (active) active.replaced = true;
  if (!open.size)
    observer?.observe(document, { childList: true, characterData: true, attributes: true, subtree: true });
  const root: Root = {
    ...opening,
    traceId: traceId ?? randomHex(16),
    spanId: randomHex(8),
    instant: view.start === start ? view.startInstant : instant(start),
    duration: 0,
    kind: KIND_INTERNAL,
    attributes,
    sent: name !== 'click',
    deadline: start + (isLoad ? LOAD_SETTLE_MAX_MILLIS : SETTLE_MAX_MILLIS),
    pending: isLoad ? 1 : 0,
    last: isLoad ? start : now(),
    frame: undefined,
    acted: false,
    replaced: false,
  };
  active = root;
  open.add(root);
  stir(root, root.last, false);
  reschedule();
  return root;
}

/** A request begins; `key` is its method and path. Its end is to `wait` for one thing less. */
export function join(key: string): Membership {
  const root = isPoll(key) ? undefined : active;
  if (root) {
    markSent(root);
    wait(root, 1);
  }
  return { traceId: root?.traceId ?? randomHex(16), parentSpanId: root?.spanId, root };
}

/** Ends all roots now, because the page may not come back. */
export function endRoots(): void {
  for (const root of open) close(root, false);
  reschedule();
}

const dueAt = (root: Root): number => Math.min(root.deadline, restsAt(root));

function restsAt({ pending, replaced, last, acted, name, start }: Root): number {
  if (pending > 0) return Infinity;
  if (replaced) return last;
  return name === 'click' && !acted ? start + CLICK_EFFECT_MILLIS : last + QUIET_MILLIS;
}

/** The last activity, plus the frame that showed it if one came soon: a hidden page draws none. */
const endOf = ({ replaced, last, frame }: Root): number =>
  !replaced && frame! < last + QUIET_MILLIS ? Math.max(frame!, last) : last;

/** Whether a request comes on its own again and again, with no load, click or route change to cause it. */
function isPoll(key: string): boolean {
  const seen = alone.get(key) ?? 0;
  if (active) return seen >= POLLING_SEEN;
  alone.delete(key);
  alone.set(key, seen + 1);
  if (alone.size > POLLING_MAX_KEYS) alone.delete(alone.keys().next().value!);
  return true;
}
