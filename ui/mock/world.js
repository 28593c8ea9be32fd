// Two weeks of visits to an imaginary shop, held in memory, from which every answer of the mock is computed.
import { hex, seeded, tailed, weighted } from './random.js';

const HOUR = 3600_000;
const HOURS = 24 * 14 + 2;
const SESSIONS_PER_HOUR = 60;
const SESSIONS_PER_RECENT_HOUR = 600;
const RECENT_HOURS = 40;

export const ROUTES = ['/', '/list', '/product/:id', '/cart', '/checkout', '/confirmation'];
const COUNTRIES = [
  ['SG', 14],
  ['MY', 10],
  ['ID', 20],
  ['DE', 14],
  ['FR', 9],
  ['US', 16],
  ['BR', 8],
  ['IN', 12],
];
const FAR = { SG: 1, MY: 1.1, ID: 1.7, DE: 0.9, FR: 0.95, US: 1, BR: 1.45, IN: 1.5 };
const NETWORK_COST = { '4g': 1, '3g': 1.6, '2g': 2.6, '': 1 };
const LCP_OF_ROUTE = {
  '/': 1500,
  '/list': 1750,
  '/product/:id': 2050,
  '/cart': 1100,
  '/checkout': 1500,
  '/confirmation': 950,
};
const INP_OF_ROUTE = { '/': 60, '/list': 95, '/product/:id': 110, '/cart': 90, '/checkout': 150, '/confirmation': 55 };
const JOURNEY = ['/', '/list', '/product/:id', '/list', '/product/:id', '/cart', '/checkout', '/confirmation'];

export function createWorld(now = Date.now()) {
  const random = seeded(42);
  const sessions = [];
  const start = Math.floor(now / HOUR) * HOUR + HOUR - HOURS * HOUR;
  for (let hour = 0; hour < HOURS; hour += 1) {
    const at = start + hour * HOUR;
    const daily = 0.7 + 0.3 * Math.sin(((new Date(at).getUTCHours() - 5) / 24) * 2 * Math.PI);
    // The shop grows: recent hours are busy enough for every figure, old ones stay light in memory.
    const count = Math.round(
      (SESSIONS_PER_HOUR + SESSIONS_PER_RECENT_HOUR * Math.exp((hour - HOURS) / RECENT_HOURS)) * daily,
    );
    for (let i = 0; i < count; i += 1) {
      const begin = at + random() * HOUR;
      if (begin < now) sessions.push(createSession(random, begin, now));
    }
  }
  sessions.sort((a, b) => b.start - a.start);
  return { now, sessions };
}

function createSession(random, start, now) {
  const country = weighted(random, COUNTRIES);
  const mobile = random() < (FAR[country] > 1.3 ? 0.78 : 0.42);
  const os = mobile
    ? weighted(random, [
        ['Android', FAR[country] > 1.3 ? 8 : 4],
        ['iOS', 3],
      ])
    : weighted(random, [
        ['Windows', 5],
        ['macOS', 4],
        ['Linux', 1],
      ]);
  const browser = browserOn(random, os);
  const network = weighted(
    random,
    mobile
      ? [
          ['4g', 7],
          ['3g', FAR[country] > 1.3 ? 3 : 1],
          ['2g', 0.4],
        ]
      : [
          ['4g', 8],
          ['', 2],
        ],
  );
  const release =
    now - start < 30 * HOUR
      ? weighted(random, [
          ['1.42.0', 8],
          ['1.41.3', 2],
        ])
      : '1.41.3';
  const device = mobile
    ? 'mobile'
    : weighted(random, [
        ['desktop', 9],
        ['tablet', 1],
      ]);
  const session = {
    id: hex(random, 32),
    start,
    country,
    os,
    browser,
    network,
    release,
    device,
    environment: weighted(random, [
      ['production', 9],
      ['staging', 1],
    ]),
    service: 'shop',
  };
  session.user_id = random() < 0.3 ? `u-${Math.floor(random() * 9000 + 1000)}` : null;
  session.views = createViews(random, session, now);
  const last = session.views.at(-1);
  session.end = last.start + last.duration;
  return session;
}

function browserOn(random, os) {
  if (os === 'iOS') return 'Mobile Safari';
  if (os === 'Android')
    return weighted(random, [
      ['Chrome Mobile', 8],
      ['Samsung Internet', 2],
    ]);
  if (os === 'macOS')
    return weighted(random, [
      ['Chrome', 5],
      ['Safari', 4],
      ['Firefox', 1],
    ]);
  return weighted(random, [
    ['Chrome', 7],
    ['Edge', 3],
    ['Firefox', 1.5],
  ]);
}

function createViews(random, session, now) {
  const views = [];
  const length = 1 + Math.floor(random() ** 1.6 * JOURNEY.length);
  let at = session.start;
  for (let i = 0; i < length && at < now; i += 1) {
    const view = createView(random, session, JOURNEY[i], at, i === 0);
    views.push(view);
    at += view.duration;
  }
  return views;
}

function createView(random, session, route, start, first) {
  const slowPhone = session.os === 'Android' && session.release === '1.42.0' && route === '/product/:id' ? 1.9 : 1;
  const cost = FAR[session.country] * NETWORK_COST[session.network];
  const known = (chance) => random() < chance;
  const load = first || random() < 0.12;
  const ttfb = load ? tailed(random, 320 * cost, 0.5) : null;
  const fcp = load ? ttfb + tailed(random, 420 * Math.sqrt(cost), 0.4) : null;
  const supported = !session.browser.includes('Safari');
  const lcp = load && supported ? Math.max(fcp, tailed(random, LCP_OF_ROUTE[route] * cost * slowPhone, 0.36)) : null;
  const errors = known(route === '/checkout' ? 0.09 : 0.015) ? 1 + Math.floor(random() * 2) : 0;
  return {
    id: hex(random, 16),
    trace_id: hex(random, 32),
    session,
    route,
    start,
    kind: load ? 'load' : 'route',
    duration: Math.min(tailed(random, 22_000, 0.8), 15 * 60_000),
    ttfb,
    fcp,
    lcp,
    inp:
      known(0.7) && supported
        ? Math.max(
            16,
            Math.round(tailed(random, INP_OF_ROUTE[route] * (session.device === 'mobile' ? 1.7 : 0.8), 0.6) / 8) * 8,
          )
        : null,
    cls: load ? Math.max(0, tailed(random, route === '/list' ? 0.07 : 0.025, 0.9) - 0.01) : null,
    transition: load ? null : tailed(random, 420 * cost, 0.5),
    errors,
    actions: Math.floor(random() * 5),
    requests: 2 + Math.floor(random() * 5),
    failed: errors > 0 && random() < 0.5 ? 1 : 0,
  };
}

/** A visited address for a route template. */
export function urlOf(view) {
  const path = view.route.replace(':id', String(1000 + (parseInt(view.id.slice(0, 4), 16) % 48)));
  return `https://shop.example${path}`;
}
