// The network phases of documents, requests and resources, as the browser tells them: what it hides is unknown, not zero.
import { int, orUnknown, prefixed, fieldsOf, type Attributes } from '../record';

type Entry = PerformanceResourceTiming;

/** The time between two marks; unknown when either is missing or they run backwards. */
export const span = (start: number, end: number): number | undefined =>
  start > 0 && end >= start ? end - start : undefined;

/** Without `requestStart` the browser hides all phases. */
export function networkPhases(t: Entry): Record<'dns' | 'tcp' | 'tls' | 'wait' | 'response', number | undefined> {
  const known = <T>(value: T): T | undefined => (t.requestStart > 0 ? value : undefined);
  return {
    dns: known(span(t.domainLookupStart, t.domainLookupEnd)),
    tcp: known(span(t.connectStart, t.secureConnectionStart || t.connectEnd)),
    tls: known(t.secureConnectionStart > 0 ? span(t.secureConnectionStart, t.connectEnd) : 0),
    wait: known(span(t.requestStart, t.responseStart)),
    response: known(span(t.responseStart, t.responseEnd)),
  };
}

const MARKS =
  'redirectStart redirectEnd workerStart fetchStart domainLookupStart domainLookupEnd connectStart connectEnd secureConnectionStart requestStart responseStart responseEnd';
const SIZES = 'transferSize encodedBodySize decodedBodySize';
const WORDS = 'initiatorType nextHopProtocol renderBlockingStatus deliveryType';

/**
 * An entry in OpenTelemetry's names. A mark that is no later than the start of the fetch is left out: nothing was to be
 * done then, the connection was there. Sizes without `requestStart` are hidden, not 0.
 */
export function timingAttributes(entry: Entry): Attributes {
  const { fetchStart, requestStart } = entry;
  return prefixed('browser.resource_timing.', {
    ...fieldsOf(entry, MARKS, (value, name) =>
      value > fetchStart || (value > 0 && /^(fetch|redirect|worker)/.test(name)) ? value : undefined,
    ),
    ...fieldsOf(entry, SIZES, (value) => (requestStart > 0 ? int(value) : undefined)),
    ...fieldsOf(entry, WORDS, orUnknown),
    duration: orUnknown(entry.duration),
    response_status: int(orUnknown(entry.responseStatus)),
  });
}
