// Stamps what collectors emit with session, view, URL, number and time, and hands it to the batch.
import * as A from '../attributes.gen';
import { SEVERITY_INFO, int, type Attributes, type EventRecord, type SpanRecord, type TraceIds } from '../record';
import type { Clock } from './clock';
import type { View } from './view';

export interface EventDraft {
  name: string;
  attributes: Attributes;
  /** When it happened on the monotonic clock; now, unless told. */
  at?: number;
  /** When it happened on the wall clock, if that was fixed earlier. */
  instant?: number;
  severity?: number;
  /** The view it belongs to; the current one, unless told. */
  view?: View;
  /** The span it belongs to; null for none, the active root unless told. */
  trace?: TraceIds | null | undefined;
}

export interface SpanDraft {
  traceId: string;
  spanId: string;
  parentSpanId?: string | undefined;
  name: string;
  kind: number;
  instant: number;
  duration: number;
  attributes: Attributes;
  failed?: boolean;
  view: View;
}

/** What every collector gets. */
export interface Emit {
  event(draft: EventDraft): void;
  span(draft: SpanDraft): void;
}

export interface StampDeps {
  clock: Clock;
  live: () => boolean;
  currentView: () => View;
  activeTrace: () => TraceIds | undefined;
  keep: { event(record: EventRecord): void; span(record: SpanRecord): void };
}

export function createEmit(deps: StampDeps): Emit {
  let events = 0;
  const base = (view: View): Attributes => ({
    [A.SESSION_ID]: view.sessionId,
    [A.VIEW_ID]: view.id,
    [A.DOCUMENT_URL]: view.url,
    [A.USER_ID]: view.userId,
  });

  return {
    // A session that has ended is not kept alive by a page that polls: until the user returns, nothing is told.
    event(draft) {
      if (!deps.live()) return;
      const view = draft.view ?? deps.currentView();
      const now = deps.clock.now();
      deps.keep.event({
        name: draft.name,
        instant: draft.instant ?? deps.clock.instant(draft.at ?? now),
        observed: deps.clock.instant(now),
        severity: draft.severity ?? SEVERITY_INFO,
        attributes: { ...base(view), [A.EVENT_ID]: int(++events), ...draft.attributes },
        trace: draft.trace === null ? undefined : (draft.trace ?? deps.activeTrace()),
      });
    },
    span({ view, ...span }) {
      if (!deps.live()) return;
      deps.keep.span({ failed: false, ...span, attributes: { ...base(view), ...span.attributes } });
    },
  };
}
