// Finds the resource entry of a request and reads its network phases.
import * as A from '../attributes.gen';
import { observeEntries } from '../browser/entries';
import { ENTRIES_KEPT } from '../limits';
import { int, type Attributes } from '../record';

/** A request as far as its entry can be told by it. */
export interface Asked {
  url: string;
  start: number;
  sameOrigin: boolean;
}

export interface ResourceEntries {
  /** Takes the entry of a request, each entry once. */
  take(asked: Asked): PerformanceResourceTiming | undefined;
  stop(): void;
}

/** Entries as they come, for requests by script only; `onEntries` tells that there are new ones. */
export function watchResources(onEntries: () => void): ResourceEntries {
  let entries: PerformanceResourceTiming[] = [];
  const stop = observeEntries('resource', (list) => {
    const asked = (list as PerformanceResourceTiming[]).filter(
      ({ initiatorType }) => initiatorType === 'fetch' || initiatorType === 'xmlhttprequest',
    );
    if (asked.length === 0) return;
    entries = [...entries, ...asked].slice(-ENTRIES_KEPT);
    onEntries();
  });
  return {
    take(asked) {
      const entry = matchEntry(entries, asked);
      if (entry) entries = entries.filter((each) => each !== entry);
      return entry;
    },
    stop,
  };
}

/** Entries of equal URLs are told apart by order. A cross-origin request may have a preflight's entry before its own. */
export function matchEntry<E extends Pick<PerformanceResourceTiming, 'name' | 'startTime'>>(
  entries: readonly E[],
  { url, start, sameOrigin }: Asked,
): E | undefined {
  // The entry's clock may be coarser than ours.
  const fitting = entries.filter((entry) => entry.name === url && entry.startTime >= start - 1);
  return sameOrigin ? fitting[0] : fitting[fitting.length - 1];
}

type Timing = Pick<
  PerformanceResourceTiming,
  | 'domainLookupStart'
  | 'domainLookupEnd'
  | 'connectStart'
  | 'connectEnd'
  | 'secureConnectionStart'
  | 'requestStart'
  | 'responseStart'
  | 'responseEnd'
>;

/** Phases both documents and requests have. Without `requestStart` the browser hides them all: unknown, not zero. */
export function networkPhases(t: Timing): Partial<Record<'dns' | 'tcp' | 'tls' | 'wait' | 'response', number>> {
  if (t.requestStart <= 0) return {};
  return {
    dns: span(t.domainLookupStart, t.domainLookupEnd),
    tcp: span(t.connectStart, t.secureConnectionStart || t.connectEnd),
    tls: t.secureConnectionStart > 0 ? span(t.secureConnectionStart, t.connectEnd) : 0,
    wait: span(t.requestStart, t.responseStart),
    response: span(t.responseStart, t.responseEnd),
  };
}

/** The time between two marks; unknown when either is missing or they run backwards. */
export function span(start: number, end: number): number | undefined {
  return start > 0 && end >= start ? end - start : undefined;
}

export function requestAttributes(entry: PerformanceResourceTiming): Attributes {
  const phases = networkPhases(entry);
  const hidden = entry.requestStart <= 0;
  return {
    [A.REQUEST_DNS]: phases.dns,
    [A.REQUEST_TCP]: phases.tcp,
    [A.REQUEST_TLS]: phases.tls,
    [A.REQUEST_WAIT]: phases.wait,
    [A.REQUEST_RESPONSE]: phases.response,
    [A.HTTP_RESPONSE_BODY_SIZE]: hidden ? undefined : int(entry.encodedBodySize),
  };
}
