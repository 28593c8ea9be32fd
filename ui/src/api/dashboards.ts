// Asks the server for dashboards, and keeps them there.
import { client, settle } from './client';
import type { components } from './schema';

type Whole = components['schemas']['DashboardPanel'];
/** What a panel leaves out the server takes for empty. */
export type Panel = Pick<Whole, 'kind' | 'width'> & Partial<Whole>;
export interface Dashboard {
  name: string;
  panels: Panel[];
}
export type Kept = components['schemas']['KeptDashboard'];

type App = { app?: string };
const whole = (dashboard: Dashboard) => dashboard as components['schemas']['Dashboard'];

export const dashboardsApi = {
  list: (query: App, signal: AbortSignal) => settle(client.GET('/api/v1/dashboards', { params: { query }, signal })),
  make: (query: App, body: Dashboard) =>
    settle(client.POST('/api/v1/dashboards', { params: { query }, body: whole(body) })),
  change: (id: string, query: App & { version: number }, body: Dashboard) =>
    settle(client.PUT('/api/v1/dashboards/{id}', { params: { path: { id }, query }, body: whole(body) })),
  remove: (id: string, query: App) =>
    settle(client.DELETE('/api/v1/dashboards/{id}', { params: { path: { id }, query } })),
};
