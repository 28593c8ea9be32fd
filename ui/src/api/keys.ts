// Asks the server for the ingest keys of an application, makes and changes them.
import { client, settle } from './client';
import type { components } from './schema';

export type Key = components['schemas']['KeyItem'];
export type MadeKey = components['schemas']['KeyMade'];

type App = { app?: string };

export const keysApi = {
  list: (query: App, signal: AbortSignal) => settle(client.GET('/api/v1/keys', { params: { query }, signal })),
  make: (body: App & { kind: string; name: string }) =>
    settle(client.POST('/api/v1/keys', { body: { app: null, ...body } })),
  /** What is null stays as it is. */
  change: (id: string, body: { enabled: boolean }) =>
    settle(client.PATCH('/api/v1/keys/{id}', { params: { path: { id } }, body: { name: null, ...body } })),
  remove: (id: string, grace: number) =>
    settle(client.DELETE('/api/v1/keys/{id}', { params: { path: { id }, query: { grace_seconds: grace } } })),
};
