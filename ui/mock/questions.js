// Answers about many visits: vitals, their course, traffic, breakdowns and the list of sessions.

export const THRESHOLDS = {
  lcp: [2500, 4000],
  inp: [200, 500],
  cls: [0.1, 0.25],
  fcp: [1800, 3000],
  ttfb: [800, 1800],
};
const FROM_VIEWS = { kind: 'views', quantile_error: 0, sums_until: null };
const METRICS = Object.keys(THRESHOLDS);
const STEPS = [30, 60, 300, 600, 1800, 3600, 10800, 21600];
const BUCKETS_AT_MOST = 72;

export function select(world, query, range) {
  const wanted = new Map();
  for (const filter of query.getAll('filter')) {
    const at = filter.indexOf(':');
    const dimension = filter.slice(0, at);
    wanted.set(dimension, [...(wanted.get(dimension) ?? []), filter.slice(at + 1)]);
  }
  const views = [];
  for (const session of world.sessions) {
    if (session.end < range.from || session.start >= range.to) continue;
    for (const view of session.views) {
      if (view.start < range.from || view.start >= range.to) continue;
      if ([...wanted].every(([dimension, values]) => values.includes(dimensionOf(view, dimension)))) views.push(view);
    }
  }
  return views;
}

export function rangeOf(query, now) {
  const to = query.get('to') ? Date.parse(query.get('to')) : now;
  const from = query.get('from') ? Date.parse(query.get('from')) : to - 3600_000;
  return { from, to };
}

export function before({ from, to }) {
  return { from: from - (to - from), to: from };
}

export function vitals(world, query) {
  const range = rangeOf(query, Date.now());
  const views = select(world, query, range);
  const earlier = select(world, query, before(range));
  return {
    range: isoRange(range),
    previous: isoRange(before(range)),
    source: FROM_VIEWS,
    vitals: METRICS.map((metric) => vital(metric, views, earlier)),
  };
}

function vital(metric, views, earlier) {
  const values = sorted(views, metric);
  const older = sorted(earlier, metric);
  const [good, poor] = THRESHOLDS[metric];
  const n = values.length;
  const p75 = quantile(values, 0.75);
  const reach = 1.96 * Math.sqrt(0.1875 / Math.max(1, n));
  return {
    metric,
    unit: metric === 'cls' ? '' : 'ms',
    thresholds: { good, poor },
    n,
    effective_n: n,
    p75,
    p75_low: n < 8 ? null : quantile(values, Math.max(0, 0.75 - reach)),
    p75_high: n < 8 ? null : quantile(values, Math.min(1, 0.75 + reach)),
    ...shares(metric, values),
    good_interval: null,
    poor_interval: null,
    histogram: histogram(metric, values),
    previous: { n: older.length, p75: quantile(older, 0.75) },
    rating: p75 === null ? null : p75 <= good ? 'good' : p75 <= poor ? 'needs-improvement' : 'poor',
  };
}

export function series(world, query) {
  const metric = query.get('metric') ?? 'lcp';
  const { step, buckets } = inBuckets(world, query);
  const points = buckets.map(({ time, views }) => {
    const values = sorted(views, metric);
    const share = shares(metric, values);
    return {
      time: new Date(time).toISOString(),
      n: values.length,
      p50: quantile(values, 0.5),
      p75: quantile(values, 0.75),
      p95: quantile(values, 0.95),
      ...share,
    };
  });
  return { metric, step_seconds: step, points };
}

export function traffic(world, query) {
  const range = rangeOf(query, Date.now());
  const { step, buckets } = inBuckets(world, query);
  const { sessions, views, errors, error_rate } = totals(select(world, query, before(range)));
  const current = totals(select(world, query, range));
  // As if one session of five had been drawn.
  const around = (count) => ({ low: count - 4 * Math.sqrt(count), high: count + 4 * Math.sqrt(count) });
  return {
    ...current,
    intervals: {
      ...Object.fromEntries(
        ['sessions', 'views', 'requests', 'failed_requests'].map((name) => [name, around(current[name])]),
      ),
      error_rate: null,
    },
    previous: { sessions, views, errors, error_rate },
    left_out: { bots: 12, tests: 3 },
    step_seconds: step,
    points: buckets.map(({ time, views: inside }) => {
      const sum = totals(inside);
      return { time: new Date(time).toISOString(), sessions: sum.sessions, views: sum.views, errors: sum.errors };
    }),
  };
}

function totals(views) {
  const sum = (name) => views.reduce((total, view) => total + view[name], 0);
  return {
    sessions: new Set(views.map((view) => view.session.id)).size,
    views: views.length,
    errors: sum('errors'),
    error_rate: views.length === 0 ? null : views.filter((view) => view.errors > 0).length / views.length,
    requests: sum('requests'),
    failed_requests: sum('failed'),
  };
}

export function breakdown(world, query) {
  const dimension = query.get('dimension') ?? 'route';
  const limit = Number(query.get('limit') ?? 50);
  const groups = new Map();
  for (const view of select(world, query, rangeOf(query, Date.now()))) {
    const value = dimensionOf(view, dimension);
    if (!groups.has(value)) groups.set(value, []);
    groups.get(value).push(view);
  }
  const rows = [...groups].map(([value, views]) => breakdownRow(value, views)).sort((a, b) => b.views - a.views);
  return {
    dimension,
    source: FROM_VIEWS,
    rows: rows.slice(0, limit),
    other: rows.slice(limit).reduce((sum, row) => sum + row.views, 0),
  };
}

function breakdownRow(value, views) {
  const { sessions, error_rate } = totals(views);
  const transitions = views
    .map((view) => view.transition)
    .filter((time) => time !== null)
    .sort((a, b) => a - b);
  const entries = METRICS.map((metric) => {
    const values = sorted(views, metric);
    return [metric, { n: values.length, p75: quantile(values, 0.75), ...shares(metric, values) }];
  });
  return {
    value,
    views: views.length,
    sessions,
    error_rate,
    vitals: Object.fromEntries(entries),
    transition: { n: transitions.length, p75: quantile(transitions, 0.75) },
  };
}

export function sessions(world, query) {
  const seen = new Set(select(world, query, rangeOf(query, Date.now())).map((view) => view.session));
  const all = [...seen].sort((a, b) => b.start - a.start);
  const offset = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  const next = offset + limit < all.length ? String(offset + limit) : null;
  return { sessions: all.slice(offset, offset + limit).map(sessionFacts), next_cursor: next };
}

export function sessionFacts(session) {
  const sum = (name) => session.views.reduce((total, view) => total + view[name], 0);
  const worst = (name) =>
    session.views.reduce((most, view) => (view[name] === null ? most : Math.max(most ?? 0, view[name])), null);
  return {
    id: session.id,
    start: new Date(session.start).toISOString(),
    end: new Date(session.end).toISOString(),
    duration: session.end - session.start,
    views: session.views.length,
    errors: sum('errors'),
    actions: sum('actions'),
    requests: sum('requests'),
    country: session.country,
    browser: session.browser,
    os: session.os,
    device: session.device,
    release: session.release,
    entry_route: session.views[0].route,
    last_route: session.views.at(-1).route,
    worst_lcp: worst('lcp'),
    worst_inp: worst('inp'),
    user_id: session.user_id,
  };
}

function inBuckets(world, query) {
  const range = rangeOf(query, Date.now());
  const step = STEPS.find((seconds) => (range.to - range.from) / 1000 / seconds <= BUCKETS_AT_MOST) ?? 86400;
  const millis = step * 1000;
  const first = Math.floor(range.from / millis);
  const buckets = Array.from({ length: Math.max(1, Math.ceil(range.to / millis) - first) }, (_, i) => ({
    time: (first + i) * millis,
    views: [],
  }));
  for (const view of select(world, query, range)) buckets[Math.floor(view.start / millis) - first]?.views.push(view);
  return { step, buckets };
}

export function dimensionOf(view, dimension) {
  return dimension === 'route' ? view.route : (view.session[dimension] ?? '');
}

export function sorted(views, metric) {
  return views
    .map((view) => view[metric])
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
}

export function quantile(values, q) {
  if (values.length === 0) return null;
  return values[Math.min(values.length - 1, Math.floor(q * values.length))];
}

function shares(metric, values) {
  const [good, poor] = THRESHOLDS[metric];
  if (values.length === 0) return { good: null, needs_improvement: null, poor: null };
  const fine = values.filter((value) => value <= good).length / values.length;
  const bad = values.filter((value) => value > poor).length / values.length;
  return { good: fine, needs_improvement: 1 - fine - bad, poor: bad };
}

function histogram(metric, values) {
  const width = (THRESHOLDS[metric][1] * 1.5) / 24;
  const bars = Array.from({ length: 24 }, (_, i) => ({ low: i * width, high: (i + 1) * width, count: 0 }));
  for (const value of values) bars[Math.min(23, Math.floor(value / width))].count += 1;
  bars[23].high = null;
  return bars;
}

function isoRange({ from, to }) {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
