// Asks the server about what it collects and keeps, and sets it: the questions of the pages under "Data".
import { client, type Failure, failureOf, settle } from './client';
import type { paths } from './schema';
import type { Admission, ErrorRules, Prices, RedactionRules, Retention, RouteRules, Sampling } from './types';

type App = { app?: string };
type Time = { app?: string; from?: string; to?: string };
type ErasureRequest = paths['/api/v1/erasures']['post']['requestBody']['content']['application/json'];
/** Whose data: exactly one of the ids, the others null. */
export type Subject = Pick<ErasureRequest, 'user_id' | 'session_id' | 'device_id'>;

export const dataApi = {
  usage: (query: Time, signal: AbortSignal) => settle(client.GET('/api/v1/usage', { params: { query }, signal })),
  outcomes: (signal: AbortSignal) => settle(client.GET('/api/v1/outcomes', { signal })),
  prices: (query: App, signal: AbortSignal) => settle(client.GET('/api/v1/prices', { params: { query }, signal })),
  setPrices: (query: App, body: Prices) => settle(client.PUT('/api/v1/prices', { params: { query }, body })),
  admission: (query: App, signal: AbortSignal) =>
    settle(client.GET('/api/v1/admission', { params: { query }, signal })),
  setAdmission: (query: App, body: Admission) => settle(client.PUT('/api/v1/admission', { params: { query }, body })),
  sampling: (query: App, signal: AbortSignal) => settle(client.GET('/api/v1/sampling', { params: { query }, signal })),
  setSampling: (query: App, body: Sampling) => settle(client.PUT('/api/v1/sampling', { params: { query }, body })),
  routeRules: (query: App, signal: AbortSignal) =>
    settle(client.GET('/api/v1/route-rules', { params: { query }, signal })),
  setRouteRules: (query: App, body: RouteRules) =>
    settle(client.PUT('/api/v1/route-rules', { params: { query }, body })),
  tryRouteRules: (query: Time, body: RouteRules, signal: AbortSignal) =>
    settle(client.POST('/api/v1/route-rules/preview', { params: { query }, body, signal })),
  errorRules: (query: App, signal: AbortSignal) =>
    settle(client.GET('/api/v1/error-rules', { params: { query }, signal })),
  setErrorRules: (query: App, body: ErrorRules) =>
    settle(client.PUT('/api/v1/error-rules', { params: { query }, body })),
  tryErrorRules: (query: App, body: ErrorRules, signal: AbortSignal) =>
    settle(client.POST('/api/v1/error-rules/preview', { params: { query }, body, signal })),
  redactionRules: (query: App, signal: AbortSignal) =>
    settle(client.GET('/api/v1/redaction-rules', { params: { query }, signal })),
  setRedactionRules: (query: App, body: RedactionRules) =>
    settle(client.PUT('/api/v1/redaction-rules', { params: { query }, body })),
  tryRedaction: (query: App, body: { rules: RedactionRules; text: string }, signal: AbortSignal) =>
    settle(client.POST('/api/v1/redaction-rules/preview', { params: { query }, body, signal })),
  retention: (query: App, signal: AbortSignal) =>
    settle(client.GET('/api/v1/retention', { params: { query }, signal })),
  setRetention: (query: App, body: Retention) => settle(client.PUT('/api/v1/retention', { params: { query }, body })),
  tryRetention: (query: App, body: Retention, signal: AbortSignal) =>
    settle(client.POST('/api/v1/retention/preview', { params: { query }, body, signal })),
  doctor: (query: Time & { filter?: string[] }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/doctor', { params: { query }, signal })),
  continuity: (query: Time & { filter?: string[] }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/continuity', { params: { query }, signal })),
  coverage: (query: Time & { filter?: string[] }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/coverage', { params: { query }, signal })),
  sourceMaps: (query: App & { release?: string; limit?: number; cursor?: string }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/sourcemaps', { params: { query }, signal })),
  deleteSourceMap: (id: string) => settle(client.DELETE('/api/v1/sourcemaps/{id}', { params: { path: { id } } })),
  audit: (signal: AbortSignal) => settle(client.GET('/api/v1/audit', { signal })),
  erasures: (signal: AbortSignal) => settle(client.GET('/api/v1/erasures', { signal })),
  erase: (body: ErasureRequest) => settle(client.POST('/api/v1/erasures', { body })),
};

/** Where the whole data of a person can be downloaded, a row a line. */
export function exportHref(app: string | undefined, subject: Subject): string {
  const named = Object.entries(subject).flatMap(([name, id]) => (id === null ? [] : [[name, id]]));
  return `/api/v1/export?${new URLSearchParams([...(app ? [['app', app]] : []), ...named])}`;
}

/** How many rows there are of a person, by table: the export is read line by line, and nothing of it is kept. */
export async function countExport(href: string, signal: AbortSignal): Promise<Map<string, number>> {
  const response = await fetch(href, { signal }).catch((cause: unknown) => {
    throw asUnreachable(cause);
  });
  if (!response.ok || response.body === null) throw failureOf(response.status, await response.json().catch(() => null));
  const counts = new Map<string, number>();
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : (lines.pop() ?? '');
    for (const line of lines) countLine(counts, line);
    if (done) return counts;
  }
}

function countLine(counts: Map<string, number>, line: string): void {
  if (line === '') return;
  const table = String((JSON.parse(line) as { table?: unknown }).table ?? 'unknown');
  counts.set(table, (counts.get(table) ?? 0) + 1);
}

function asUnreachable(cause: unknown): unknown {
  if (cause instanceof DOMException && cause.name === 'AbortError') return cause;
  return failureOf(502, null) satisfies Failure;
}
