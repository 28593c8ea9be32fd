// A view: one document or route as the user saw it, told to the server as snapshots that grow.
import { A } from '../attributes.gen';
import { describeReading } from '../collect/scroll';
import { int, orUnknown, prefixed, type Attributes, type TraceIds } from '../record';
import { flags, options, session } from '../running';
import { wake } from '../send/batch';
import { dropped } from '../send/transport';
import { instant, now } from './clock';
import { emitEvent } from './emit';
import { randomHex } from './trace';

export type ViewKind = 'load' | 'route' | 'restore';

export interface View {
  readonly id: string;
  readonly sessionId: string;
  readonly kind: ViewKind;
  /** Monotonic, and the same fixed once on the wall clock: it never moves, whatever the clocks do later. */
  readonly start: number;
  readonly startInstant: number;
  readonly referrer: string | undefined;
  url: string;
  name: string | undefined;
  /** Kept per view, so that the last words about one person's view are not told as another's. */
  userId: string | undefined;
  version: number;
  end: number | undefined;
  root: TraceIds | undefined;
  /** Vitals, phases and times as they become known, by their names below `limen.view.`. */
  measures: Attributes;
  /** How often each kind of thing has happened, by the same names. */
  counts: Record<string, number>;
  /** The lowest point of the page that was seen, in CSS pixels; 0 as long as nobody has scrolled. */
  scrolled: number;
  changed: boolean;
}

/** The current view. */
export let view: View;
/** The view that vitals belong to: they measure a document, whatever routes come after. */
export let documentView: View;
let previous: View | undefined;

export const userId = (): string | undefined => (options.allowUser ? session.userId() : undefined);

/** Something about the view is new; it will be told with the next batch. */
export function touch(one: View = view): void {
  one.changed = true;
  wake();
}

/** Adds to a count of the view, and tells how many there are now. */
export function count(name: string, one: View = view): number {
  touch(one);
  return (one.counts[name] = (one.counts[name] ?? 0) + 1);
}

/** The newest view that had begun by then. */
export const viewAt = (start: number): View => (previous && start < view.start ? previous : view);

/** Ends the current view. Of one that was left long ago, unnoticed, what was told last stands: then it is not told. */
export function closeView(tell: boolean): void {
  if (view.end !== undefined) return;
  view.end = now();
  if (tell) snapshot(view, true);
  view.changed = false;
}

/**
 * Ends the current view and begins the next. `startInstant` is the start on the wall clock, where something that is part
 * of the view has fixed it already.
 */
export function openView(
  kind: ViewKind,
  start: number,
  url: string,
  startInstant = instant(start),
  referrer?: string,
): View {
  previous = kind === 'load' ? undefined : view;
  if (previous) closeView(true);
  view = {
    id: randomHex(8),
    sessionId: session.id(),
    kind,
    start,
    startInstant,
    referrer: previous?.url ?? (referrer || undefined),
    url,
    name: undefined,
    userId: userId(),
    version: 0,
    end: undefined,
    root: undefined,
    measures: {},
    counts: { errors: 0, requests: 0, failed_requests: 0, actions: 0 },
    scrolled: 0,
    changed: false,
  };
  if (kind !== 'route') documentView = view;
  touch();
  return view;
}

/** Emits a snapshot of every view that has changed since the last one. */
export function reportViews(leaving: boolean): void {
  for (const each of new Set([documentView, view])) if (each.changed) snapshot(each, leaving);
}

function snapshot(one: View, leaving: boolean): void {
  const { kind, name, referrer, start, startInstant: at, measures, counts } = one;
  one.changed = false;
  const shown = Object.entries(flags).map((pair) => pair.join('='));
  const lost = Object.values(dropped).reduce((sum, each) => sum + each, 0);
  emitEvent(
    A.EVENT_VIEW,
    prefixed('limen.view.', {
      version: int(++one.version),
      kind,
      name,
      referrer,
      duration: Math.max(0, (one.end ?? now()) - start),
      ...prefixed('', counts, int),
      ...describeReading(one, leaving),
      dropped: int(orUnknown(lost)),
      feature_flags: orUnknown(shown),
      ...measures,
    }),
    { instant: at, view: one },
  );
}
