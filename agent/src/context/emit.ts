// Stamps what collectors emit with session, view, URL, number, time and probability, and hands it to the batch.
import * as A from '../attributes.gen';
import { attempt } from '../browser/guard';
import type { Options, OutgoingRecord } from '../public';
import { SEVERITY_INFO, type Attributes, type TraceIds } from '../record';
import type { Batch } from '../send/batch';
import { encodeAttributes, nanos } from '../send/encode';
import type { WireEvent, WireSpan } from '../send/wire';
import type { Clock } from './clock';
import { traceStateOf } from './sampling';
import type { Session } from './session';
import type { View } from './view';

export interface EventDraft {
  /** When it happened on the monotonic clock; now, unless told. */
  at?: number | undefined;
  /** When it happened on the wall clock, if that was fixed earlier. */
  instant?: number;
  severity?: number;
  /** For the eyes of people only. */
  body?: string;
  /** The view it belongs to; the current one, unless told. */
  view?: View | undefined;
  /** The span it belongs to; null for none, the active root unless told. */
  trace?: TraceIds | null | undefined;
}

export interface SpanDraft extends TraceIds {
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
  event(name: string, attributes?: Attributes, draft?: EventDraft): void;
  span(draft: SpanDraft): void;
  /** The number of an event that will be told later, or is told of by others. */
  nextId(): bigint;
}

export interface EmitDeps {
  clock: Clock;
  options: Pick<Options, 'promoteOn' | 'beforeSend'>;
  /** Names the server has added to `promoteOn`. */
  promoteOn: () => readonly string[];
  session: Pick<Session, 'id' | 'live' | 'chosen' | 'probability' | 'kept' | 'keep'>;
  currentView: () => View;
  activeTrace: () => TraceIds | undefined;
  /** What the page has set for everything. */
  context: () => Attributes;
  batch: Pick<Batch, 'add' | 'release'>;
  drop: (reason: string, records: number) => void;
}

export function createEmit({ clock, options, session, batch, ...deps }: EmitDeps): Emit {
  let ids = 0;
  const nextId = (): bigint => BigInt(++ids);

  // A record of a session that was not chosen stands for nobody but itself: it may be looked at, not counted. What
  // brings sessions back is always sent, and so stands for itself everywhere.
  const base = (view: View, always?: boolean): Attributes => ({
    [A.SESSION_ID]: view.sessionId,
    [A.VIEW_ID]: view.id,
    [A.DOCUMENT_URL]: view.url,
    [A.USER_ID]: view.userId,
    [A.SAMPLING_PROBABILITY]: always ? undefined : session.chosen() ? belowOne(session.probability()) : 0,
    ...deps.context(),
  });

  // The page's own hook is the last to see a record; one that fails lets nothing pass.
  function review(type: OutgoingRecord['type'], name: string, attributes: Attributes, body?: string) {
    const reviewed = attempt(() => options.beforeSend({ type, name, body, attributes }));
    if (!reviewed) deps.drop('before_send', 1);
    return reviewed;
  }

  return {
    nextId,
    // A session that has ended is not kept alive by a page that polls: until the user returns, nothing is told.
    event(name, attributes, draft = {}) {
      if (!session.live()) return;
      const always = name === A.EVENT_EXCEPTION || options.promoteOn.includes(name) || deps.promoteOn().includes(name);
      const view = draft.view ?? deps.currentView();
      const now = clock.now();
      const record = review(
        'event',
        name,
        { ...base(view, always), [A.EVENT_ID]: attributes?.[A.EVENT_ID] ?? nextId(), ...attributes },
        draft.body,
      );
      if (!record) return;
      if (always && !session.kept()) {
        session.keep();
        batch.release();
      }
      const trace = draft.trace === null ? undefined : (draft.trace ?? deps.activeTrace());
      const wire: WireEvent = {
        timeUnixNano: nanos(draft.instant ?? clock.instant(draft.at ?? now)),
        observedTimeUnixNano: nanos(clock.instant(now)),
        severityNumber: draft.severity ?? SEVERITY_INFO,
        eventName: record.name,
        attributes: encodeAttributes(record.attributes),
        body: record.body === undefined ? undefined : { stringValue: record.body },
        traceId: trace?.traceId,
        spanId: trace?.spanId,
        flags: trace && 1,
      };
      batch.add('events', JSON.stringify(wire));
    },
    span({ view, ...span }) {
      if (!session.live()) return;
      const record = review('span', span.name, { ...base(view), ...span.attributes });
      if (!record) return;
      const wire: WireSpan = {
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId,
        traceState: traceStateOf(view.sessionId, session.probability()),
        flags: 1,
        name: record.name,
        kind: span.kind,
        startTimeUnixNano: nanos(span.instant),
        endTimeUnixNano: nanos(span.instant + Math.max(0, span.duration)),
        attributes: encodeAttributes(record.attributes),
        status: span.failed ? { code: 2 } : {},
      };
      batch.add('spans', JSON.stringify(wire));
    },
  };
}

const belowOne = (probability: number): number | undefined => (probability < 1 ? probability : undefined);
