// A view: one document or route as the user saw it, told to the server as snapshots that grow.
import { int, prefixed, type Attributes, type TraceIds } from '../record';
import type { Clock } from './clock';
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

export interface Views {
  current(): View;
  /** The view that vitals belong to: they measure a document, whatever routes come after. */
  ofDocument(): View;
  /** The newest view that had begun by then. */
  at(start: number): View;
  /** Ends the current view and begins the next. */
  open(opening: ViewOpening): View;
  /** Something about the view is new; it will be told with the next batch. */
  touch(view: View): void;
  /** Adds to a count of the view, and tells how many there are now. */
  count(view: View, name: string, more?: number): number;
  /** Emits a snapshot of every view that has changed since the last one. */
  report(): void;
}

export interface ViewOpening {
  kind: ViewKind;
  start: number;
  /** The start on the wall clock, where something that is part of the view has fixed it already. */
  startInstant?: number | undefined;
  url: string;
  referrer?: string | undefined;
  /** The view before was left long ago, unnoticed: what was told of it last stands. */
  afterRest?: boolean;
}

export interface ViewsDeps {
  clock: Clock;
  sessionId: () => string;
  userId: () => string | undefined;
  /** What else there is to say about a view when it is told. */
  describe: (view: View) => Attributes;
  emitSnapshot: (view: View, attributes: Attributes) => void;
  /** Asks for a flush in a while. */
  wake: () => void;
}

export function createViews(deps: ViewsDeps): Views {
  let current: View;
  let ofDocument: View;
  let previous: View | undefined;

  function snapshot(view: View): void {
    view.changed = false;
    view.version++;
    deps.emitSnapshot(view, {
      ...prefixed('limen.view.', {
        version: int(view.version),
        kind: view.kind,
        name: view.name,
        referrer: view.referrer,
        duration: Math.max(0, (view.end ?? deps.clock.now()) - view.start),
        ...Object.fromEntries(Object.entries(view.counts).map(([name, count]) => [name, int(count)])),
        ...deps.describe(view),
        ...view.measures,
      }),
    });
  }

  function touch(view: View): void {
    view.changed = true;
    deps.wake();
  }

  return {
    current: () => current,
    ofDocument: () => ofDocument,
    at: (start) => (previous && start < current.start ? previous : current),
    touch,
    count(view, name, more = 1) {
      touch(view);
      return (view.counts[name] = (view.counts[name] ?? 0) + more);
    },
    open({ kind, start, startInstant, url, referrer, afterRest }) {
      previous = current;
      if (previous) {
        previous.end = deps.clock.now();
        if (!afterRest) snapshot(previous);
        previous.changed = false;
      }
      current = {
        id: randomHex(8),
        sessionId: deps.sessionId(),
        kind,
        start,
        startInstant: startInstant ?? deps.clock.instant(start),
        referrer: (previous ? previous.url : referrer) || undefined,
        url,
        name: undefined,
        userId: deps.userId(),
        version: 0,
        end: undefined,
        root: undefined,
        measures: {},
        counts: { errors: 0, requests: 0, failed_requests: 0, actions: 0 },
        scrolled: 0,
        changed: false,
      };
      if (kind !== 'route') ofDocument = current;
      touch(current);
      return current;
    },
    report() {
      for (const view of new Set([ofDocument, current])) if (view?.changed) snapshot(view);
    },
  };
}
