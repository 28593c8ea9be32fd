// Stamps what collectors emit with session, view, URL, number, time and probability, and hands it to the batch.
import { A } from '../attributes.gen';
import { attempt, stringify } from '../browser/guard';
import type { OutgoingRecord } from '../public';
import { SEVERITY_INFO, type Attributes, type TraceIds } from '../record';
import { context, isRunning, options, session } from '../running';
import { addRecord, release } from '../send/batch';
import { encodeAttributes, encodeValue, nanos } from '../send/encode';
import { drop } from '../send/transport';
import type { WireEvent, WireSpan } from '../send/wire';
import { instant, now } from './clock';
import { active } from './roots';
import { traceStateOf } from './sampling';
import { view as currentView, type View } from './view';

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
  /** The span it belongs to: unless told, that of the given view, else the active root; null for none. */
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

/** A session that has ended is not kept alive by a page that polls: until the user returns, nothing is told. */
const mayTell = (): boolean => isRunning && session.live();

let ids = 0;
/** The number of an event that will be told later, or is told of by others. */
export const nextId = (): bigint => BigInt(++ids);

/**
 * The record as it may leave; the page's own hook is the last to see it, and one that fails lets nothing pass. A record
 * of a session that was not chosen stands for nobody but itself: it may be looked at, not counted. What brings sessions
 * back is always sent, and so stands for itself everywhere.
 */
function review(
  type: OutgoingRecord['type'],
  name: string,
  view: View,
  attributes: Attributes,
  body?: string,
): OutgoingRecord | undefined {
  const route = `${view.name ?? view.url.split('?', 1)[0]!.slice(location.origin.length)}/`;
  const always =
    name === A.EVENT_EXCEPTION || session.promoteOn().some((each) => each === name || route.startsWith(`${each}/`));
  const probability = session.chosen() ? session.probability() : 0;
  const reviewed = attempt(() =>
    options.beforeSend({
      type,
      name,
      body,
      attributes: {
        [A.SESSION_ID]: view.sessionId,
        [A.VIEW_ID]: view.id,
        [A.DOCUMENT_URL]: view.url,
        [A.USER_ID]: view.userId,
        [A.SAMPLING_PROBABILITY]: always || probability >= 1 ? undefined : probability,
        ...context,
        ...attributes,
      },
    }),
  );
  if (!reviewed) drop('before_send', 1);
  else if (always && !session.kept()) {
    session.keep();
    release();
  }
  return reviewed ?? undefined;
}

export function emitEvent(name: string, attributes: Attributes = {}, draft: EventDraft = {}): void {
  // First of all: the session may turn out to be another tab's by now, and the view a new one.
  if (!mayTell()) return;
  const { view = currentView, trace = draft.view ? draft.view.root : active?.sent ? active : undefined } = draft;
  const record = review('event', name, view, { [A.EVENT_ID]: nextId(), ...attributes }, draft.body);
  if (!record) return;
  const wire: WireEvent = {
    timeUnixNano: nanos(draft.instant ?? instant(draft.at ?? now())),
    observedTimeUnixNano: nanos(instant(now())),
    severityNumber: draft.severity ?? SEVERITY_INFO,
    eventName: record.name,
    attributes: encodeAttributes(record.attributes),
    body: encodeValue(record.body),
    traceId: trace?.traceId,
    spanId: trace?.spanId,
    flags: trace ? 1 : undefined,
  };
  addRecord('events', stringify(wire));
}

export function emitSpan({
  traceId,
  spanId,
  parentSpanId,
  kind,
  instant: start,
  duration,
  failed,
  view,
  ...span
}: SpanDraft): void {
  if (!mayTell()) return;
  const record = review('span', span.name, view, span.attributes);
  if (!record) return;
  const wire: WireSpan = {
    traceId,
    spanId,
    parentSpanId,
    traceState: traceStateOf(view.sessionId, session.probability()),
    flags: 1,
    name: record.name,
    kind,
    startTimeUnixNano: nanos(start),
    endTimeUnixNano: nanos(start + Math.max(0, duration)),
    attributes: encodeAttributes(record.attributes),
    status: failed ? { code: 2 } : {},
  };
  addRecord('spans', stringify(wire));
}
