// What a link says about a report: application, time range, filters, comparison and live refresh, to and from the URL's query.

export const DIMENSIONS = [
  'route',
  'country',
  'device',
  'browser',
  'os',
  'release',
  'environment',
  'network',
  'service',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const LAST_SECONDS = { '15m': 900, '1h': 3600, '6h': 21_600, '24h': 86_400, '7d': 604_800 } as const;
export type Last = keyof typeof LAST_SECONDS;

export type Range = { kind: 'last'; last: Last } | { kind: 'fixed'; from: number; to: number };

export interface Filter {
  dimension: Dimension;
  value: string;
}

export interface Report {
  app: string | null;
  range: Range;
  filters: Filter[];
  compare: boolean;
  live: boolean;
}

const FILTERS_AT_MOST = 40;
const RANGE_AT_LEAST_MILLIS = 10_000;
const REPORT_KEYS = ['app', 'last', 'from', 'to', 'filter', 'compare', 'live'];

export function parseReport(search: string): Report {
  const query = new URLSearchParams(search);
  return {
    app: query.get('app'),
    range: parseRange(query),
    filters: parseFilters(query.getAll('filter')),
    compare: query.get('compare') !== 'off',
    live: query.get('live') === 'on',
  };
}

/** The query string for a report; `extra` holds what a page adds, such as the chosen vital. Defaults are left out. */
export function formatReport(report: Report, extra: Record<string, string | null> = {}): string {
  const query = new URLSearchParams();
  if (report.app) query.set('app', report.app);
  if (report.range.kind === 'fixed') {
    query.set('from', new Date(report.range.from).toISOString());
    query.set('to', new Date(report.range.to).toISOString());
  } else if (report.range.last !== '1h') {
    query.set('last', report.range.last);
  }
  for (const filter of report.filters) query.append('filter', `${filter.dimension}:${filter.value}`);
  if (!report.compare) query.set('compare', 'off');
  if (report.live) query.set('live', 'on');
  for (const [key, value] of Object.entries(extra)) if (value !== null && value !== '') query.set(key, value);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** What the query holds beyond the report: the page's own part. */
export function parseExtra(search: string): Record<string, string> {
  const extra: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(search)) if (!REPORT_KEYS.includes(key)) extra[key] = value;
  return extra;
}

export function resolveRange(range: Range, now: number): { from: number; to: number } {
  if (range.kind === 'fixed') return { from: range.from, to: range.to };
  return { from: now - LAST_SECONDS[range.last] * 1000, to: now };
}

export function withFilter(filters: Filter[], added: Filter): Filter[] {
  if (filters.some((filter) => sameFilter(filter, added))) return filters;
  return [...filters, added].slice(0, FILTERS_AT_MOST);
}

export function withoutFilter(filters: Filter[], removed: Filter): Filter[] {
  return filters.filter((filter) => !sameFilter(filter, removed));
}

export function isDimension(text: string): text is Dimension {
  return (DIMENSIONS as readonly string[]).includes(text);
}

function sameFilter(a: Filter, b: Filter): boolean {
  return a.dimension === b.dimension && a.value === b.value;
}

function parseRange(query: URLSearchParams): Range {
  const from = Date.parse(query.get('from') ?? '');
  const to = Date.parse(query.get('to') ?? '');
  if (Number.isFinite(from) && Number.isFinite(to) && to - from >= RANGE_AT_LEAST_MILLIS)
    return { kind: 'fixed', from, to };
  const last = query.get('last') ?? '1h';
  return { kind: 'last', last: Object.hasOwn(LAST_SECONDS, last) ? (last as Last) : '1h' };
}

function parseFilters(texts: string[]): Filter[] {
  let filters: Filter[] = [];
  for (const text of texts) {
    const at = text.indexOf(':');
    const dimension = text.slice(0, at);
    if (at > 0 && isDimension(dimension)) filters = withFilter(filters, { dimension, value: text.slice(at + 1) });
  }
  return filters;
}
