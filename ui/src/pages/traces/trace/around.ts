// Which metrics stand beside a trace: a few of each of its services, those first that say how busy a service was.
import type { Metrics } from '../../../api/types';

type Metric = Metrics['metrics'][number];

/** OpenTelemetry's names; what comes first says most about a slow request. */
const TELLING = [
  /^http\.server\.request\.duration/,
  /^rpc\.server\./,
  /^db\.client\./,
  /\.(cpu|memory)\./,
  /queue|pool|gc|pause/,
];
export const SHOWN_MAX = 8;
const PER_SERVICE = 3;
const BEFORE_AND_AFTER_MILLIS = 15 * 60_000;

export function metricsBeside(metrics: readonly Metric[], services: ReadonlySet<string>): Metric[] {
  const rank = ({ name }: Metric) => {
    const place = TELLING.findIndex((telling) => telling.test(name));
    return place < 0 ? TELLING.length : place;
  };
  const ofServices = metrics.filter(({ service }) => services.has(service));
  const sorted = ofServices.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const taken = new Map<string, number>();
  const few = sorted.filter(({ service }) => {
    const count = (taken.get(service) ?? 0) + 1;
    taken.set(service, count);
    return count <= PER_SERVICE;
  });
  return few.slice(0, SHOWN_MAX);
}

/** A quarter of an hour before and after, in whole minutes so that the same trace asks the same question. */
export function aroundOf(start: number, end: number): { from: number; to: number } {
  const minute = 60_000;
  return {
    from: Math.floor((start - BEFORE_AND_AFTER_MILLIS) / minute) * minute,
    to: Math.ceil((end + BEFORE_AND_AFTER_MILLIS) / minute) * minute,
  };
}
