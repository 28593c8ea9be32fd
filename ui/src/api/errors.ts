// Asks the server about errors, and tells it what somebody decided about groups of them.
import { client, settle } from './client';
import type { paths } from './schema';

type Scope = { app?: string; from?: string; to?: string; filter?: string[] };
type Inbox = NonNullable<paths['/api/v1/errors']['get']['parameters']['query']>;
type Body = paths['/api/v1/errors']['patch']['requestBody']['content']['application/json'];
type Until = NonNullable<Body['until']>;
/** What is to be different; what is left out stays. */
export type ErrorChange = Partial<Omit<Body, 'ids' | 'app' | 'until'>> & { until?: Partial<Until> };
export type ErrorInbox = paths['/api/v1/errors']['get']['responses'][200]['content']['application/json'];
export type ErrorItem = ErrorInbox['groups'][number];
export type ErrorState = ErrorItem['state'];
export type ErrorGroup = paths['/api/v1/errors/{id}']['get']['responses'][200]['content']['application/json'];
export type ErrorPart = ErrorGroup['shown']['parts'][number];
export type SourceFrame = ErrorPart['frames'][number];

export const errorsApi = {
  inbox: (query: Inbox, signal: AbortSignal) => settle(client.GET('/api/v1/errors', { params: { query }, signal })),
  group: (id: string, query: Scope & { occurrence?: string }, signal: AbortSignal) =>
    settle(client.GET('/api/v1/errors/{id}', { params: { path: { id }, query }, signal })),
  change: (app: string | undefined, ids: string[], change: ErrorChange) =>
    settle(client.PATCH('/api/v1/errors', { body: bodyOf(app, ids, change) })),
};

function bodyOf(app: string | undefined, ids: string[], { until, ...change }: ErrorChange): Body {
  const ends: Until | null = until ? { time: null, errors: null, sessions: null, ...until } : null;
  const nothing = { status: null, assignee: null, resolved_in: null, next_release: false };
  return { app: app ?? null, ids, ...nothing, ...change, until: ends };
}
