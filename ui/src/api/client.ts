// Asks the Limen server: typed by the generated schema, failures turned into words a person can act on.
import createClient from 'openapi-fetch';
import type { paths } from './schema';

export type Failure =
  | { kind: 'unreachable'; message: string; hint: string }
  | { kind: 'forbidden'; message: string; hint: string }
  | { kind: 'missing'; message: string; hint: string }
  | { kind: 'refused'; message: string; hint: string }
  | { kind: 'cancelled'; message: string; hint: string };

export const client = createClient<paths>({ baseUrl: '' });

interface Reply<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Waits for a reply and answers its data, or throws a `Failure`. */
export async function settle<T>(reply: Promise<Reply<T>>): Promise<T> {
  let settled: Reply<T>;
  try {
    settled = await reply;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw unreachable();
  }
  if (settled.response.ok && settled.data !== undefined) return settled.data;
  throw failureOf(settled.response.status, settled.error);
}

type Scope = { app?: string; from?: string; to?: string; filter?: string[] };
type Search = { search: string };
type Metric = 'lcp' | 'inp' | 'cls' | 'fcp' | 'ttfb';
type ExplainedMetric = Metric | 'transition';
type Order = 'views' | 'lcp' | 'inp' | 'cls';
type Dimension = 'route' | 'country' | 'device' | 'browser' | 'os' | 'release' | 'environment' | 'network' | 'service';

export const api = {
  apps: (signal: AbortSignal) => settle(client.GET('/api/v1/apps', { signal })),
  status: (signal: AbortSignal) => settle(client.GET('/api/v1/status', { signal })),
  vitals: (query: Scope, signal: AbortSignal) => settle(client.GET('/api/v1/vitals', { params: { query }, signal })),
  apdex: (query: Scope, signal: AbortSignal) => settle(client.GET('/api/v1/apdex', { params: { query }, signal })),
  vitalSeries: (query: Scope & { metric: Metric }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/vitals/series', { params: { query }, signal })),
  breakdown: (query: Scope & { dimension: Dimension; limit?: number; order?: Order }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/breakdown', { params: { query }, signal })),
  distributions: (query: Scope & { dimension: Dimension; metric: Metric; limit?: number }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/breakdown/distributions', { params: { query }, signal })),
  causes: (query: Scope, signal: AbortSignal) => settle(client.GET('/api/v1/causes', { params: { query }, signal })),
  traffic: (query: Scope, signal: AbortSignal) => settle(client.GET('/api/v1/traffic', { params: { query }, signal })),
  releases: (query: Scope, signal: AbortSignal) =>
    settle(client.GET('/api/v1/releases', { params: { query }, signal })),
  requests: (query: Scope & { order?: string; limit?: number }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/requests', { params: { query }, signal })),
  impact: (query: Scope & { step: string[]; window?: number; metric: Metric }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/impact', { params: { query }, signal })),
  funnel: (query: Scope & { step: string[]; window?: number }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/funnel', { params: { query }, signal })),
  origins: (query: Scope, signal: AbortSignal) => settle(client.GET('/api/v1/origins', { params: { query }, signal })),
  resources: (query: Scope & { host: string }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/resources', { params: { query }, signal })),
  sessions: (query: Scope & { limit?: number; cursor?: string }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/sessions', { params: { query }, signal })),
  session: (id: string, query: { app?: string }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/sessions/{id}', { params: { path: { id }, query }, signal })),
  traces: (query: Scope & { limit?: number; cursor?: string }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/traces', { params: { query }, signal })),
  explain: (query: Scope & { metric: ExplainedMetric }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/explain', { params: { query }, signal })),
  viewBlame: (
    id: string,
    query: { session: string; vital?: string; request?: string; app?: string },
    signal: AbortSignal,
  ) => settle(client.GET('/api/v1/views/{id}/blame', { params: { path: { id }, query }, signal })),
  blame: (query: Scope & { vital: string }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/blame', { params: { query }, signal })),
  services: (query: Scope, signal: AbortSignal) =>
    settle(client.GET('/api/v1/services', { params: { query }, signal })),
  logs: (query: Scope & Search & { limit?: number; cursor?: string; since?: string }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/logs', { params: { query }, signal })),
  logSeries: (query: Scope & Search, signal: AbortSignal) =>
    settle(client.GET('/api/v1/logs/series', { params: { query }, signal })),
  logFields: (query: Scope & Search, signal: AbortSignal) =>
    settle(client.GET('/api/v1/logs/fields', { params: { query }, signal })),
  logContext: (query: { app?: string; service: string; time: string; id: string }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/logs/context', { params: { query }, signal })),
  metrics: (query: Scope, signal: AbortSignal) => settle(client.GET('/api/v1/metrics', { params: { query }, signal })),
  metricSeries: (
    query: Scope & { name: string; service?: string; reading?: string; by?: string; attribute?: string[] },
    signal: AbortSignal,
  ) => settle(client.GET('/api/v1/metrics/series', { params: { query }, signal })),
  trace: (traceId: string, query: { app?: string }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/traces/{trace_id}', { params: { path: { trace_id: traceId }, query }, signal })),
};

export function failureOf(status: number, body: unknown): Failure {
  const said = saidIn(body);
  if (status === 401 || status === 403) {
    return {
      kind: 'forbidden',
      message: said?.message ?? 'You may not see this.',
      hint: said?.hint ?? 'Ask whoever runs this server for access.',
    };
  }
  if (status === 404) {
    return {
      kind: 'missing',
      message: said?.message ?? 'There is nothing under this address.',
      hint: said?.hint ?? 'It may be older than what is kept.',
    };
  }
  if (status === 502 || status === 504) return unreachable();
  return {
    kind: 'refused',
    message: said?.message ?? `The server answered ${status}.`,
    hint: said?.hint ?? 'Try again; if it stays, look at the log of the server.',
  };
}

export function asFailure(cause: unknown): Failure {
  if (typeof cause === 'object' && cause !== null && 'kind' in cause && 'hint' in cause) return cause as Failure;
  return {
    kind: 'refused',
    message: 'The answer could not be read.',
    hint: 'The page and the server may have different versions: reload the page.',
  };
}

function unreachable(): Failure {
  return {
    kind: 'unreachable',
    message: 'The server could not be reached.',
    hint: 'Check that `limen serve` is running and that this machine is online, then try again.',
  };
}

function saidIn(body: unknown): { message: string; hint: string } | null {
  const error = (body as { error?: { message?: unknown; hint?: unknown } } | null | undefined)?.error;
  if (typeof error?.message !== 'string') return null;
  return { message: error.message, hint: typeof error.hint === 'string' ? error.hint : '' };
}
