// The pages, each in a file of its own that is loaded when somebody goes there.
import type { Component } from 'svelte';
import type { Page } from '../state/routes';

interface Loaded {
  default: Component<{ id: string }> | Component;
}

export const loaders: Record<Page['name'], () => Promise<Loaded>> = {
  overview: () => import('./overview/Overview.svelte'),
  pages: () => import('./routes/Pages.svelte'),
  page: () => import('./routes/route/RoutePage.svelte'),
  explore: () => import('./explore/Explore.svelte'),
  sessions: () => import('./sessions/Sessions.svelte'),
  session: () => import('./sessions/session/Session.svelte'),
  errors: () => import('./errors/Errors.svelte'),
  error: () => import('./errors/error/ErrorPage.svelte'),
  requests: () => import('./requests/Requests.svelte'),
  journeys: () => import('./journeys/Journeys.svelte'),
  parties: () => import('./parties/Parties.svelte'),
  traces: () => import('./traces/Traces.svelte'),
  trace: () => import('./traces/trace/Trace.svelte'),
  explain: () => import('./explain/Explain.svelte'),
  services: () => import('./services/Services.svelte'),
  dashboards: () => import('./dashboards/Dashboards.svelte'),
  dashboard: () => import('./dashboards/Board.svelte'),
  metrics: () => import('./metrics/Metrics.svelte'),
  sql: () => import('./sql/Sql.svelte'),
  logs: () => import('./logs/Logs.svelte'),
  doctor: () => import('./data/doctor/Doctor.svelte'),
  coverage: () => import('./data/coverage/Coverage.svelte'),
  keys: () => import('./data/keys/Keys.svelte'),
  usage: () => import('./data/usage/Usage.svelte'),
  limits: () => import('./data/limits/Limits.svelte'),
  rules: () => import('./data/rules/Rules.svelte'),
  'source-maps': () => import('./data/source-maps/SourceMaps.svelte'),
  retention: () => import('./data/retention/Retention.svelte'),
  people: () => import('./data/people/People.svelte'),
  nowhere: () => import('./Nowhere.svelte'),
};
