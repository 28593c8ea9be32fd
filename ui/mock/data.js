// What is collected, kept and spent: usage, settings of an application, erasures. Settings are kept until the mock ends.
import { deleteMap, sourceMaps } from './maps.js';
import { rangeOf, select } from './questions.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const BYTES_AN_EVENT = 410;
const settings = new Map(
  Object.entries({
    admission: {
      origins: ['https://shop.example', 'https://*.shop.example'],
      key_requests_per_second: 1000,
      address_requests_per_second: 50,
      session_events_per_second: 100,
      max_events_per_second: 400,
      daily_events_max: 5_000_000,
      daily_bytes_max: null,
    },
    sampling: { sample_rate: 0.5, promote_on: ['purchase'], off: ['scroll'] },
    prices: { currency: 'EUR', per_million_events: 1.2, per_gigabyte_in: 0.1, per_gigabyte_month_stored: 0.03 },
    'route-rules': { rules: [{ pattern: '/product/*', template: '/product/:id' }], routes_a_day: null },
    'redaction-rules': { rules: [{ name: 'order', pattern: 'ORD-\\d+' }] },
    retention: {
      views_days: 30,
      events_days: 30,
      spans_days: 14,
      logs_days: 14,
      metrics_days: 90,
      high_value_days: null,
      longer: [{ route: '/checkout', event: null, days: 180 }],
    },
  }),
);
const erasures = [];
const entries = [];

/** Answers a question about data, or null when it is none. `body` is what was sent with PUT and POST. */
export function data(world, path, query, method, body) {
  if (settings.has(path)) {
    if (method === 'PUT') settings.set(path, body);
    return settings.get(path);
  }
  if (path === 'usage') return usage(world, query);
  if (path === 'outcomes') return outcomes();
  if (path === 'audit') return { entries };
  if (path === 'erasures') return method === 'POST' ? erase(body) : { erasures };
  if (path === 'sourcemaps') return sourceMaps(world, query);
  if (path.startsWith('sourcemaps/')) return deleteMap(path.slice('sourcemaps/'.length));
  if (path === 'route-rules/preview') return routePreview(world, query, body);
  if (path === 'redaction-rules/preview') return redactionPreview(body);
  if (path === 'retention/preview') return retentionPreview(world, body);
  return null;
}

/** The rows of a person, a line each. */
export function exportOf(world, query) {
  const sessions = world.sessions.filter(
    (session) => session.user_id === query.get('user_id') || session.id === query.get('session_id'),
  );
  const views = sessions.flatMap((session) => session.views);
  const rows = views.flatMap((view) => [
    { table: 'views', view_id: view.id, route: view.route },
    ...Array.from({ length: view.actions }, () => ({ table: 'events', name: 'click', view_id: view.id })),
    ...Array.from({ length: view.requests }, () => ({ table: 'spans', view_id: view.id })),
  ]);
  note('export', 'a person was exported');
  return rows.map((row) => JSON.stringify(row)).join('\n') + (rows.length > 0 ? '\n' : '');
}

function note(action, detail) {
  entries.unshift({ time: new Date().toISOString(), app: 'shop', action, detail });
}

function erase(body) {
  const asked = new Date().toISOString();
  const kind = ['user', 'session', 'device'].find((name) => body[`${name}_id`]);
  const erasure = {
    id: String(erasures.length + 1),
    app: body.app ?? 'shop',
    kind,
    subject_hash: '5f2b8c1e9a7d4f60b3c2',
    state: 'done',
    asked,
    finished: asked,
    error: null,
    reason: body.reason,
    include_traces: body.include_traces,
    receipt: {
      rows: { views: 7, events: 31, spans: 22 },
      sessions: 2,
      traces: 9,
      exemplars: 0,
      hours: 2,
      rows_left: 0,
      proof: 'SELECT count() FROM views WHERE session_id IN (SELECT id FROM erasing)',
      erased: asked,
      summed: asked,
      removed: asked,
      spool_aside: false,
    },
  };
  erasures.unshift(erasure);
  note('erase', `erasure ${erasure.id} was asked for: ${body.reason || 'no reason given'}`);
  return erasure;
}

function usage(world, query) {
  const range = rangeOf(query, Date.now());
  const step = range.to - range.from > 7 * DAY ? DAY : HOUR;
  const views = select(
    world,
    new URLSearchParams([
      ['from', query.get('from')],
      ['to', query.get('to')],
    ]),
    {
      from: Math.floor(range.from / step) * step,
      to: range.to,
    },
  );
  const points = new Map();
  for (const view of views) {
    const time = Math.floor(view.start / step) * step;
    points.set(time, (points.get(time) ?? 0) + 3 + view.actions + view.requests);
  }
  const events = [...points.values()].reduce((sum, count) => sum + count, 0);
  const bytes = events * BYTES_AN_EVENT;
  return {
    range: { from: new Date(Math.floor(range.from / HOUR) * HOUR).toISOString(), to: new Date(range.to).toISOString() },
    step_seconds: step / 1000,
    signals: signals(events, bytes),
    points: [...points].map(([time, count]) => ({
      time: new Date(time).toISOString(),
      events: count,
      bytes_sent: count * BYTES_AN_EVENT * 0.5,
      bytes_opened: count * BYTES_AN_EVENT * 3,
    })),
    saved: { events, share: events === 0 ? null : 0.49, rate: 0.62 },
    today: {
      events: Math.round(1_900_000 + (Date.now() % HOUR) / 20),
      bytes: 410_000_000,
      events_max: settings.get('admission').daily_events_max,
      bytes_max: settings.get('admission').daily_bytes_max,
    },
    forecast: forecast(events, range),
    stored: stored(events),
  };
}

function signals(events, bytes) {
  return [
    {
      signal: 'logs',
      events: Math.round(events * 0.6),
      bytes_sent: Math.round(bytes * 0.3),
      bytes_opened: bytes * 2,
      stands_for: events * 1.2,
    },
    {
      signal: 'traces',
      events: Math.round(events * 0.38),
      bytes_sent: Math.round(bytes * 0.2),
      bytes_opened: bytes,
      stands_for: events * 0.76,
    },
    {
      signal: 'metrics',
      events: Math.round(events * 0.02),
      bytes_sent: Math.round(bytes * 0.01),
      bytes_opened: Math.round(bytes * 0.05),
      stands_for: events * 0.02,
    },
  ];
}

function forecast(events, range) {
  const prices = settings.get('prices');
  const month = events * ((30 * DAY) / Math.max(1, range.to - range.from));
  const cost = {
    currency: prices.currency,
    events: (month / 1e6) * prices.per_million_events,
    bytes_in: ((month * BYTES_AN_EVENT) / 1e9) * prices.per_gigabyte_in,
    stored: ((month * 90) / 1e9) * prices.per_gigabyte_month_stored,
  };
  return {
    from_days: events === 0 ? 0 : 7,
    events: month,
    bytes_sent: month * BYTES_AN_EVENT,
    bytes_stored: month * 90,
    cost: { ...cost, total: cost.events + cost.bytes_in + cost.stored },
  };
}

function stored(events) {
  const table = (name, share, packed) => ({
    table: name,
    rows: Math.round(events * share),
    bytes: Math.round(events * share * packed),
  });
  const names = ['click', 'web_vital', 'resource', 'exception', 'navigation', 'purchase', 'long_frame', 'scroll'];
  return {
    tables: [
      table('views', 0.12, 240),
      table('events', 0.48, 70),
      table('spans', 0.38, 110),
      table('logs', 0.01, 120),
      table('metrics', 0.02, 24),
    ],
    events:
      events === 0
        ? []
        : names.map((name, i) => ({
            name,
            rows: Math.round((events * 0.3) / (i + 1)),
            stands_for: (events * 0.6) / (i + 1),
            bytes: Math.round((events * 20) / (i + 1)),
          })),
    attributes:
      events === 0
        ? []
        : ['cart.items', 'experiment', 'plan', 'request.id'].map((key, i) => ({
            table: i % 2 ? 'spans' : 'events',
            key,
            records: Math.round(events / (i + 2)),
            bytes: Math.round((events * 40) / (i + 1)),
            values: key === 'request.id' ? Math.round(events / 5) : 4 + i * 7,
          })),
    attribute_records_max: 500_000,
    warnings:
      events === 0
        ? []
        : [
            {
              kind: 'attribute_values',
              subject: 'request.id',
              values: Math.round(events / 5),
              warned_from: 10_000,
              hint: 'leave it out of spans, or keep it in logs, where nothing is grouped by it',
            },
          ],
  };
}

function outcomes() {
  const of = (outcome, count, signal, meaning, app = 'shop') => ({ app, outcome, count, signal, meaning });
  return {
    since: new Date(Date.now() - 3 * DAY).toISOString(),
    outcomes: [
      of('accepted', 812_345, 'logs', 'Committed to the store and acknowledged.'),
      of(
        'sampled',
        40_211,
        'logs',
        'Record left out while the application would send more than it may: those of other sessions and traces stand for it.',
      ),
      of(
        'sampled',
        9_117,
        'traces',
        'Record left out while the application would send more than it may: those of other sessions and traces stand for it.',
      ),
      of('origin_refused', 318, null, "Refused: the page's origin is not on the list of its application."),
      of(
        'time_out_of_range',
        12,
        'logs',
        'Record dropped: its time lies before the year 2000 or further in the future than clocks err.',
      ),
      of('key_unknown', 44, null, 'Refused: no application has this ingest key.', null),
    ],
    redactions: [{ app: 'shop', secret: 'email', meaning: 'An e-mail address.', count: 97 }],
    routes_over_limit: [{ app: 'shop', count: 14 }],
  };
}

function routePreview(world, query, body) {
  const range = rangeOf(query, Date.now());
  const views = select(world, new URLSearchParams(), range);
  const rules = body.rules.map((rule) => {
    const matched = views.filter((view) => view.route.startsWith(rule.pattern.replace(/\*.*$/, '')));
    return {
      ...rule,
      urls: Math.min(48, matched.length),
      views: matched.length,
      example: matched[0] ? `https://shop.example${matched[0].route}` : null,
    };
  });
  return {
    range: { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() },
    urls: 118,
    all_urls: true,
    routes_before: 6,
    routes_after: 5,
    named_views: 12,
    rules,
    changes: rules
      .filter((rule) => rule.views > 0)
      .map((rule) => ({
        before: rule.pattern.replace('*', ':id'),
        after: rule.template,
        urls: rule.urls,
        views: rule.views,
        example: rule.example,
      })),
  };
}

function redactionPreview(body) {
  let text = body.text;
  let count = 0;
  for (const rule of body.rules.rules)
    text = text.replace(new RegExp(rule.pattern, 'g'), () => {
      count += 1;
      return `[redacted:${rule.name}]`;
    });
  return {
    text,
    found: count > 0 ? [{ secret: 'own', meaning: "What a rule of the application's own has found.", count }] : [],
  };
}

function retentionPreview(world, body) {
  const tables = ['views', 'events', 'spans', 'logs', 'metrics'].map((table) => {
    const before = Math.floor(Date.now() / DAY) * DAY - body[`${table}_days`] * DAY;
    const gone = world.sessions.filter((session) => session.start < before).flatMap((session) => session.views);
    return { table, before: new Date(before).toISOString(), rows: gone.length * (table === 'views' ? 1 : 4) };
  });
  return { tables };
}
