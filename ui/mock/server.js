// A stand-in for the Limen server: the same API over an imaginary shop, with states that real servers reach rarely.
//
// GET /mock/state?set=NAME switches to kind, empty, error, forbidden, slow or hostile. With LIMEN_MOCK_FILES it serves a build too.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { causes, distributions } from './causes.js';
import { data, exportOf } from './data.js';
import { poison, poisonBreakdown } from './hostile.js';
import { breakdown, series, sessions, traffic, vitals } from './questions.js';
import { story } from './story.js';
import { hugeTrace, traceOf, traceSummary } from './trace.js';
import { createWorld } from './world.js';

const SLOW_MILLIS = 20_000;
const HUGE_SPANS = 2400;
const STATES = ['kind', 'empty', 'error', 'forbidden', 'slow', 'hostile'];
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const EMPTY_APPS = {
  apps: [{ id: 'shop', name: 'Shop', key: 'lk_4f7a1c09d2e84b6f', created: '2026-11-01T08:00:00Z' }],
};

const started = Date.now();
const full = createWorld();
const nobody = { now: full.now, sessions: [] };
let state = process.env.LIMEN_MOCK_STATE ?? 'kind';

function answer(path, query, world, method, body) {
  const id = path.split('/').at(-1);
  if (path === 'apps')
    return state === 'empty'
      ? EMPTY_APPS
      : {
          apps: [
            ...EMPTY_APPS.apps,
            { id: 'backoffice', name: 'Back office', key: 'lk_90b1e6aa34cd4f12', created: '2026-11-09T08:00:00Z' },
          ],
        };
  if (path === 'status') return status();
  if (path === 'vitals') return vitals(world, query);
  if (path === 'vitals/series') return series(world, query);
  if (path === 'breakdown') return breakdown(world, query);
  if (path === 'traffic') return traffic(world, query);
  if (path === 'sessions') return sessions(world, query);
  if (path === 'traces') return traces(world, query);
  if (path === 'breakdown/distributions') return distributions(world, query);
  if (path === 'causes') return causes(world, query);
  const kept = data(world, path, query, method, body);
  if (kept) return kept;
  if (path.startsWith('sessions/'))
    return found(
      world.sessions.find((session) => session.id === id),
      story,
    );
  if (path.startsWith('traces/'))
    return found(findView(world, id), state === 'hostile' ? (view) => hugeTrace(view, HUGE_SPANS) : traceOf);
  return null;
}

const found = (thing, show) => (thing ? show(thing) : null);

function findView(world, traceId) {
  for (const session of world.sessions) for (const view of session.views) if (view.trace_id === traceId) return view;
  return undefined;
}

function status() {
  const waited = (Date.now() - started) / 1000;
  const first =
    state === 'empty' && !process.env.LIMEN_MOCK_ARRIVES
      ? null
      : { app: 'shop', time: new Date(started + 8000).toISOString(), browser: 'Chrome', os: 'Linux' };
  return {
    version: '0.1.0',
    engine: { state: 'ready', kind: 'embedded', detail: 'chDB 26.7' },
    listening: { main: '127.0.0.1:4600', otlp: '127.0.0.1:4318' },
    local_only: true,
    sign_in: false,
    geo: { loaded: true, attribution: 'IP Geolocation by DB-IP, https://db-ip.com' },
    first_event: state === 'empty' && waited < 8 ? null : first,
  };
}

function traces(world, query) {
  const all = sessions(world, new URLSearchParams([...query, ['limit', '40'], ['cursor', query.get('cursor') ?? '0']]));
  const views = all.sessions.flatMap((facts) => world.sessions.find((session) => session.id === facts.id).views);
  return { traces: views.slice(0, 50).map(traceSummary), next_cursor: all.next_cursor };
}

function send(response, code, body) {
  response.writeHead(code, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function refuse(response, code, name, message, hint) {
  send(response, code, { error: { code: name, message, hint } });
}

function handleApi(path, query, request, response, body) {
  const frame = path === 'apps' || path === 'status';
  if (state === 'error' && !frame)
    return refuse(
      response,
      500,
      'engine_down',
      'The engine did not answer: connection refused.',
      'It is restarted by itself; try again in a few seconds, then look at the log of `limen serve`.',
    );
  if (state === 'forbidden')
    return refuse(
      response,
      403,
      'not_allowed',
      'You may not read this application.',
      'Ask an administrator for the viewer role on it.',
    );
  if (path === 'export') return response.end(exportOf(full, query));
  const reply = () => {
    const known = answer(path, query, state === 'empty' ? nobody : full, request.method, body);
    if (!known)
      return refuse(
        response,
        404,
        'not_found',
        'Nothing is stored under this id.',
        'It may be older than the retention time, or belong to another application.',
      );
    if (state === 'hostile' && !frame)
      return send(response, 200, path === 'breakdown' ? poisonBreakdown(known) : poison(known));
    return send(response, 200, known);
  };
  if (state !== 'slow' || frame) return reply();
  const timer = setTimeout(reply, SLOW_MILLIS);
  request.on('close', () => clearTimeout(timer));
}

async function readBody(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? undefined : JSON.parse(text);
}

function handleFile(path, response) {
  const folder = process.env.LIMEN_MOCK_FILES;
  if (!folder)
    return refuse(response, 404, 'not_found', 'The mock serves only the API.', 'Open the Vite server instead.');
  const wanted = join(folder, normalize(path));
  const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(folder, 'index.html');
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'",
  });
  createReadStream(file).pipe(response);
}

export function createMock() {
  return createServer((request, response) => {
    const url = new URL(request.url, 'http://mock');
    if (url.pathname === '/mock/state') {
      const wanted = url.searchParams.get('set');
      if (STATES.includes(wanted)) state = wanted;
      return send(response, 200, { state, states: STATES });
    }
    const api = url.pathname.match(/^\/api\/v1\/(.+)$/);
    if (api) {
      readBody(request).then((body) => handleApi(api[1], url.searchParams, request, response, body));
      return;
    }
    return handleFile(url.pathname, response);
  });
}
