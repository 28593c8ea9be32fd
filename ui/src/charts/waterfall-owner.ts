// Who a span belongs to in a waterfall: browser, database or one of the services, each with a colour it keeps.
import { formatDuration } from '../format/number';
import { rate } from '../format/vital';
import type { Span, TraceMark } from '../api/types';

export type Owner = 'browser' | 'database' | 'service';

const SERVICE_COLOURS = 7;

export function ownerOf(span: Pick<Span, 'side' | 'db'>): Owner {
  if (span.side === 'browser') return 'browser';
  return span.db ? 'database' : 'service';
}

export const OWNER_ICONS = { browser: 'window', database: 'table', service: 'server' } as const;
export const OWNER_WORDS = { browser: 'Browser', database: 'Database', service: 'Service' } as const;

export interface Colours {
  ofSpan(span: Pick<Span, 'side' | 'db' | 'service'>): string;
  /** A service is drawn as what its first span is, unless it has spans of its own kind. */
  ofService(name: string): string;
  ownerOfService(name: string): Owner;
}

/** Names of CSS variables, handed out to the services in the order in which they appear. */
export function coloursOf(spans: readonly Pick<Span, 'side' | 'db' | 'service'>[]): Colours {
  const places = new Map<string, number>();
  const owners = new Map<string, Owner>();
  for (const span of spans) {
    const owner = ownerOf(span);
    if (owner === 'service' && !places.has(span.service)) places.set(span.service, places.size);
    if (!owners.has(span.service) || owner === 'service') owners.set(span.service, owner);
  }
  const named = (owner: Owner, service: string) =>
    owner === 'service' ? `--own-${(places.get(service) ?? 0) % SERVICE_COLOURS}` : `--own-${owner}`;
  const ownerOfService = (name: string) => owners.get(name) ?? 'service';
  return {
    ofSpan: (span) => named(ownerOf(span), span.service),
    ofService: (name) => named(ownerOfService(name), name),
    ownerOfService,
  };
}

/** The words on a flag: "LCP 1.84 s". */
export function markLabel(mark: TraceMark): string {
  return `${mark.name.slice(0, 24)} ${formatDuration(mark.value ?? mark.offset)}`;
}

export function markRating(mark: TraceMark): 'good' | 'needs-improvement' | 'poor' | null {
  const metric = mark.name.toLowerCase();
  if (metric !== 'ttfb' && metric !== 'fcp' && metric !== 'lcp' && metric !== 'inp') return null;
  return rate(metric, mark.value);
}
