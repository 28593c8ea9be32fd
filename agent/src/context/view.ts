// A view: one document or route as the user saw it, told to the server as snapshots that grow.
import * as A from '../attributes.gen';
import { int, type Attributes, type TraceIds } from '../record';
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
  /** Vitals, phases and times as they become known. */
  measures: Attributes;
  errors: number;
  requests: number;
  failedRequests: number;
  actions: number;
  changed: boolean;
}

export interface Views {
  current(): View;
  /** The view that vitals belong to: web-vitals measures a document, whatever routes come after. */
  ofDocument(): View;
  /** Ends the current view and begins the next. */
  open(opening: ViewOpening): View;
  /** Something about the view is new; it will be told with the next batch. */
  touch(view: View): void;
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
  dropped: () => number;
  emitSnapshot: (view: View, attributes: Attributes) => void;
  /** Asks for a flush in a while. */
  wake: () => void;
}

export function createViews(deps: ViewsDeps): Views {
  let current: View;
  let ofDocument: View;

  function snapshot(view: View): void {
    view.changed = false;
    view.version++;
    deps.emitSnapshot(view, describe(view, view.end ?? deps.clock.now(), deps.dropped()));
  }

  function touch(view: View): void {
    view.changed = true;
    deps.wake();
  }

  return {
    current: () => current,
    ofDocument: () => ofDocument,
    touch,
    open(opening) {
      const previous: View | undefined = current;
      if (previous) {
        previous.end = deps.clock.now();
        if (!opening.afterRest) snapshot(previous);
        previous.changed = false;
      }
      current = newView(deps, { ...opening, referrer: previous ? previous.url : opening.referrer });
      if (opening.kind !== 'route') ofDocument = current;
      touch(current);
      return current;
    },
    report() {
      for (const view of new Set([ofDocument, current])) if (view?.changed) snapshot(view);
    },
  };
}

function newView(deps: ViewsDeps, { kind, start, startInstant, url, referrer }: ViewOpening): View {
  return {
    id: randomHex(8),
    sessionId: deps.sessionId(),
    kind,
    start,
    startInstant: startInstant ?? deps.clock.instant(start),
    referrer: referrer || undefined,
    url,
    name: undefined,
    userId: deps.userId(),
    version: 0,
    end: undefined,
    root: undefined,
    measures: {},
    errors: 0,
    requests: 0,
    failedRequests: 0,
    actions: 0,
    changed: false,
  };
}

function describe(view: View, now: number, dropped: number): Attributes {
  return {
    [A.VIEW_VERSION]: int(view.version),
    [A.VIEW_KIND]: view.kind,
    [A.VIEW_NAME]: view.name,
    [A.VIEW_REFERRER]: view.referrer,
    [A.VIEW_DURATION]: Math.max(0, now - view.start),
    [A.VIEW_ERRORS]: int(view.errors),
    [A.VIEW_REQUESTS]: int(view.requests),
    [A.VIEW_FAILED_REQUESTS]: int(view.failedRequests),
    [A.VIEW_ACTIONS]: int(view.actions),
    [A.VIEW_DROPPED]: dropped > 0 ? int(dropped) : undefined,
    ...view.measures,
  };
}
