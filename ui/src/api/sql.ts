// Asks the server free questions in SQL.
import { client, settle } from './client';

export const sqlApi = {
  ask: (query: string, signal: AbortSignal) =>
    settle(client.POST('/api/v1/sql', { body: { query, limit: 1000 }, signal })),
  tables: (signal: AbortSignal) => settle(client.GET('/api/v1/sql/tables', { signal })),
};
