// Which page an address shows, and with which ids.

export type Page =
  | { name: 'overview' }
  | { name: 'sessions' }
  | { name: 'session'; id: string }
  | { name: 'errors' }
  | { name: 'error'; id: string }
  | { name: 'traces' }
  | { name: 'trace'; id: string }
  | { name: 'explain' }
  | { name: 'services' }
  | { name: 'logs' }
  | { name: 'metrics' }
  | { name: 'dashboards' }
  | { name: 'dashboard'; id: string }
  | { name: 'sql' }
  | { name: 'requests' }
  | { name: 'parties' }
  | { name: 'journeys' }
  | { name: 'pages' }
  | { name: 'page' }
  | { name: 'explore' }
  | { name: DataPage }
  | { name: 'nowhere' };

export type DataPage =
  'doctor' | 'coverage' | 'keys' | 'usage' | 'limits' | 'rules' | 'source-maps' | 'retention' | 'people';

const DATA_PAGES: readonly string[] = [
  'doctor',
  'coverage',
  'keys',
  'usage',
  'limits',
  'rules',
  'source-maps',
  'retention',
  'people',
] satisfies DataPage[];
const SESSION_ID = /^[0-9a-f]{32}$/;
const TRACE_ID = /^[0-9a-f]{32}$/;
const GROUP_ID = /^[0-9a-f]{16}$/;
const DASHBOARD_ID = /^[0-9a-f]{16}$/;

export function pageOf(path: string): Page {
  const [first = '', second, ...rest] = path.split('/').filter((part) => part !== '');
  if (rest.length > 0) return { name: 'nowhere' };
  if (first === '' && !second) return { name: 'overview' };
  if (first === 'sessions') return second === undefined ? { name: 'sessions' } : withId('session', second, SESSION_ID);
  if (first === 'errors') return second === undefined ? { name: 'errors' } : withId('error', second, GROUP_ID);
  if (first === 'traces') return second === undefined ? { name: 'traces' } : withId('trace', second, TRACE_ID);
  if (first === 'dashboards')
    return second === undefined ? { name: 'dashboards' } : withId('dashboard', second, DASHBOARD_ID);
  if (first === 'explain' && second === undefined) return { name: 'explain' };
  if (first === 'services' && second === undefined) return { name: 'services' };
  if ((first === 'pages' || first === 'page' || first === 'explore') && second === undefined) return { name: first };
  if (first === 'logs' && second === undefined) return { name: 'logs' };
  // `/metrics` itself is what Prometheus reads of the server.
  if (first === 'services' && second === 'metrics') return { name: 'metrics' };
  if (first === 'sql' && second === undefined) return { name: 'sql' };
  if (first === 'requests' && second === undefined) return { name: 'requests' };
  if (first === 'journeys' && second === undefined) return { name: 'journeys' };
  if (first === 'third-parties' && second === undefined) return { name: 'parties' };
  if (first === 'data' && isDataPage(second)) return { name: second };
  return { name: 'nowhere' };
}

function isDataPage(text: string | undefined): text is DataPage {
  return text !== undefined && DATA_PAGES.includes(text);
}

/** An id pasted into the palette: hex, perhaps with dashes or capitals, perhaps inside a traceparent. */
export function idIn(text: string): string | null {
  const bare = text.trim().toLowerCase();
  const traceparent = bare.match(/^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/);
  if (traceparent) return traceparent[1] ?? null;
  const hex = bare.replaceAll('-', '');
  return /^[0-9a-f]{32}$/.test(hex) ? hex : null;
}

function withId(name: 'session' | 'trace' | 'error' | 'dashboard', text: string, form: RegExp): Page {
  const id = text.toLowerCase();
  return form.test(id) ? { name, id } : { name: 'nowhere' };
}
