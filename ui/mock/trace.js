// Joined traces: a document load, a checkout across five services and PostgreSQL, and a very large one.
import { hex, seeded } from './random.js';
import { urlOf } from './world.js';

const BROWSER = {
  'service.name': 'shop',
  'service.version': '1.42.0',
  'telemetry.sdk.name': 'limen',
  'telemetry.sdk.language': 'webjs',
};
const SELECT_CART =
  'SELECT item_id, sku, quantity, unit_price_cents\n  FROM cart_items\n WHERE cart_id = $1\n ORDER BY added_at';
const LOCK_STOCK = 'SELECT on_hand FROM stock WHERE sku = ANY($1) FOR UPDATE';
const SAVE_ORDER = 'INSERT INTO orders (id, cart_id, total_cents, currency, placed_at)\nVALUES ($1, $2, $3, $4, now())';

/** Collects spans under parents and answers in the order of the tree. */
function builder(traceId, start) {
  const random = seeded(parseInt(traceId.slice(0, 8), 16));
  const spans = [];
  const logs = [];
  const add = (parent, service, name, offset, duration, more = {}) => {
    const id = hex(random, 16);
    const browser = service === 'shop';
    spans.push({
      id,
      parent_id: parent,
      name,
      kind: more.kind ?? (browser ? 'internal' : 'server'),
      service,
      start: new Date(start + offset).toISOString(),
      offset,
      duration,
      status: more.error ? 'error' : 'unset',
      error_type: more.error ?? null,
      http: more.http ?? null,
      db: more.db ?? null,
      session_id: browser ? (more.session ?? null) : null,
      view_id: browser ? (more.view ?? null) : null,
      attributes: more.attributes ?? {},
      resource: browser
        ? BROWSER
        : { 'service.name': service, 'service.version': '2.3.1', 'host.name': `${service}-7f9c` },
      events: more.events ?? [],
      depth: 0,
      side: browser ? 'browser' : 'service',
    });
    return id;
  };
  const log = (span, service, offset, severity, body, attributes = {}) =>
    logs.push({
      time: new Date(start + offset).toISOString(),
      offset,
      severity,
      severity_number: { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17 }[severity],
      body,
      service,
      span_id: span,
      attributes,
    });
  return { add, log, spans, logs, random };
}

const http = (method, template, status = 200) => ({
  method,
  status,
  url: `https://shop.example${template.replace(':id', '1024')}`,
  template,
});

export function traceOf(view) {
  const build = builder(view.trace_id, view.start);
  const marks = view.kind === 'load' ? documentLoad(build, view) : routeChange(build, view);
  return answer(build, view, marks, 0);
}

function documentLoad({ add, log }, view) {
  const lcp = view.lcp ?? view.fcp + 300;
  const end = lcp * 1.15;
  const own = { session: view.session.id, view: view.id };
  const root = add(null, 'shop', 'documentLoad', 0, end, {
    ...own,
    attributes: { 'browser.document.url.full': urlOf(view), 'limen.view.name': view.route },
  });
  const fetch = add(root, 'shop', 'documentFetch', 4, view.ttfb + 40, {
    ...own,
    kind: 'client',
    http: http('GET', view.route),
    attributes: { 'limen.request.dns': view.ttfb * 0.1, 'limen.request.tls': view.ttfb * 0.14 },
  });
  const gateway = add(fetch, 'gateway', `GET ${view.route}`, view.ttfb * 0.4, view.ttfb * 0.55, {
    http: http('GET', view.route),
  });
  const pricing = add(gateway, 'pricing', 'price.list', view.ttfb * 0.5, view.ttfb * 0.35);
  add(pricing, 'postgresql', 'SELECT prices', view.ttfb * 0.55, view.ttfb * 0.25, {
    kind: 'client',
    db: { system: 'postgresql', statement: 'SELECT sku, cents FROM prices WHERE region = $1' },
  });
  log(gateway, 'gateway', view.ttfb * 0.42, 'INFO', `GET ${view.route} region=${view.session.country.toLowerCase()}`);
  add(root, 'shop', 'GET /api/recommendations', view.fcp, Math.max(60, lcp - view.fcp) * 0.7, {
    ...own,
    kind: 'client',
    http: http('GET', '/api/recommendations'),
  });
  add(root, 'shop', 'GET /images/hero-1200.jpg', view.ttfb + 60, Math.max(40, lcp - view.ttfb - 120), {
    ...own,
    kind: 'client',
    http: http('GET', '/images/hero-1200.jpg'),
  });
  return [
    { name: 'TTFB', offset: view.ttfb, value: view.ttfb, view_id: view.id },
    { name: 'FCP', offset: view.fcp, value: view.fcp, view_id: view.id },
    { name: 'LCP', offset: lcp, value: lcp, view_id: view.id },
    { name: 'load', offset: end * 0.97, value: null, view_id: view.id },
  ];
}

function routeChange(build, view) {
  const { add, log } = build;
  const own = { session: view.session.id, view: view.id };
  const end = 1460;
  const root = add(null, 'shop', 'routeChange', 0, end, {
    ...own,
    attributes: { 'limen.view.name': view.route, 'browser.document.url.full': urlOf(view) },
  });
  add(root, 'shop', 'click', 0, 64, {
    ...own,
    attributes: { 'limen.target': 'button.primary', 'limen.input_delay': 12 },
  });
  const post = add(root, 'shop', 'POST /api/checkout', 78, 1180, {
    ...own,
    kind: 'client',
    http: http('POST', '/api/checkout', view.failed ? 500 : 200),
    error: view.failed ? '500' : undefined,
    attributes: { 'http.request.body.size': 412, 'limen.request.request': 1104 },
  });
  const gateway = add(post, 'gateway', 'POST /api/checkout', 132, 1066, {
    http: http('POST', '/api/checkout', view.failed ? 500 : 200),
    error: view.failed ? '500' : undefined,
  });
  cartCalls(build, gateway);
  const inventory = inventoryCalls(build, gateway);
  const pricing = add(gateway, 'pricing', 'POST /total', 812, 84, { http: http('POST', '/total') });
  add(pricing, 'postgresql', 'SELECT discounts', 826, 41, {
    kind: 'client',
    db: { system: 'postgresql', statement: 'SELECT code, percent FROM discounts WHERE active' },
  });
  const failed = Boolean(view.failed);
  const payment = add(gateway, 'payment', 'POST /charge', 902, 284, {
    http: http('POST', '/charge', failed ? 500 : 200),
    error: failed ? 'CardDeclined' : undefined,
    events: failed
      ? [
          {
            time: new Date(view.start + 1120).toISOString(),
            offset: 1120,
            name: 'exception',
            attributes: { 'exception.type': 'CardDeclined', 'exception.message': 'issuer answered 05' },
          },
        ]
      : [],
  });
  add(payment, 'payment', 'card.authorise', 930, 170, { kind: 'internal' });
  add(payment, 'postgresql', 'INSERT orders', 1120, 48, {
    kind: 'client',
    db: { system: 'postgresql', statement: SAVE_ORDER },
  });
  log(inventory, 'inventory', 396, 'WARN', 'waiting for a row lock on stock for 200 ms', { sku: 'SKU-1024' });
  log(inventory, 'inventory', 760, 'INFO', 'reserved 3 items after 402 ms');
  log(
    payment,
    'payment',
    1118,
    failed ? 'ERROR' : 'INFO',
    failed ? 'card declined by issuer: 05' : 'authorised 129.90 SGD',
  );
  log(gateway, 'gateway', 1190, 'INFO', `POST /api/checkout -> ${failed ? 500 : 200} in 1066 ms`);
  log(null, 'gateway', 1195, 'DEBUG', 'connection returned to pool');
  return [
    { name: 'INP', offset: 64, value: 64, view_id: view.id },
    { name: 'settled', offset: end, value: end, view_id: view.id },
  ];
}

function cartCalls({ add, log }, gateway) {
  const cart = add(gateway, 'cart', 'GET /cart/:id', 148, 122, { http: http('GET', '/cart/:id') });
  add(cart, 'postgresql', 'SELECT cart_items', 160, 96, {
    kind: 'client',
    db: { system: 'postgresql', statement: SELECT_CART },
  });
  log(cart, 'cart', 262, 'INFO', 'cart c-8812 has 3 items');
}

function inventoryCalls({ add }, gateway) {
  const inventory = add(gateway, 'inventory', 'POST /reserve', 284, 512, { http: http('POST', '/reserve') });
  add(inventory, 'postgresql', 'SELECT stock FOR UPDATE', 310, 438, {
    kind: 'client',
    db: { system: 'postgresql', statement: LOCK_STOCK },
    attributes: { 'db.response.returned_rows': 3 },
  });
  add(inventory, 'postgresql', 'UPDATE stock', 752, 28, {
    kind: 'client',
    db: { system: 'postgresql', statement: 'UPDATE stock SET on_hand = on_hand - $2 WHERE sku = $1' },
  });
  return inventory;
}

/** A trace with `count` spans, deep and wide, and some whose parents never arrived. */
export function hugeTrace(view, count) {
  const build = builder(view.trace_id, view.start);
  const services = ['gateway', 'cart', 'inventory', 'pricing', 'payment', 'postgresql'];
  const total = 12_000;
  const root = build.add(null, 'shop', 'documentLoad', 0, total, { session: view.session.id, view: view.id });
  const open = [{ id: root, offset: 0, duration: total, level: 0 }];
  while (build.spans.length < count) {
    const parent = open[Math.floor(build.random() ** 2 * open.length)];
    const offset = parent.offset + build.random() * parent.duration * 0.7;
    const duration = Math.max(0.4, (parent.offset + parent.duration - offset) * (0.2 + build.random() * 0.6));
    const service = services[Math.floor(build.random() * services.length)];
    const lost = build.random() < 0.004;
    const id = build.add(
      lost ? 'dead00000000beef' : parent.id,
      service,
      `${service}.step ${build.spans.length}`,
      offset,
      duration,
      { kind: 'internal', error: build.random() < 0.01 ? 'Timeout' : undefined },
    );
    if (parent.level < 30) open.push({ id, offset, duration, level: parent.level + 1 });
  }
  for (let i = 0; i < 300; i += 1) {
    const span = build.spans[Math.floor(build.random() * count)];
    build.log(span.id, span.service, span.offset, i % 17 === 0 ? 'ERROR' : 'INFO', `step ${i} finished`);
  }
  const missing = build.spans.filter((span) => span.parent_id === 'dead00000000beef').length;
  return answer(
    build,
    view,
    [
      { name: 'LCP', offset: 3100, value: 3100, view_id: view.id },
      { name: 'load', offset: 11_800, value: null, view_id: view.id },
    ],
    missing,
  );
}

function answer({ spans, logs }, view, marks, missing) {
  const services = new Map();
  for (const span of spans) {
    const entry = services.get(span.service) ?? { name: span.service, spans: 0, own_time: 0 };
    entry.spans += 1;
    services.set(span.service, entry);
  }
  const ordered = depthFirst(spans);
  for (const span of ordered) services.get(span.service).own_time += ownTime(span, ordered);
  return {
    trace_id: view.trace_id,
    start: new Date(view.start).toISOString(),
    duration: Math.max(...spans.map((span) => span.offset + span.duration)),
    services: [...services.values()],
    spans: ordered,
    marks,
    logs: logs.sort((a, b) => a.offset - b.offset),
    missing_parents: missing,
    session_id: view.session.id,
  };
}

function ownTime(span, spans) {
  if (spans.length > 500) return span.duration / 3;
  const children = spans.filter((child) => child.parent_id === span.id).reduce((sum, child) => sum + child.duration, 0);
  return Math.max(0, span.duration - children);
}

function depthFirst(spans) {
  const ids = new Set(spans.map((span) => span.id));
  const children = new Map();
  for (const span of spans) {
    const parent = ids.has(span.parent_id) ? span.parent_id : null;
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const ordered = [];
  const walk = (parent, depth) => {
    for (const span of (children.get(parent) ?? []).sort((a, b) => a.offset - b.offset)) {
      ordered.push({ ...span, depth });
      walk(span.id, depth + 1);
    }
  };
  walk(null, 0);
  return ordered;
}

export function traceSummary(view) {
  const trace = traceOf(view);
  return {
    trace_id: trace.trace_id,
    start: trace.start,
    duration: trace.duration,
    root_name: trace.spans[0].name,
    root_service: trace.spans[0].service,
    services: trace.services.map((service) => service.name),
    spans: trace.spans.length,
    errors: trace.spans.filter((span) => span.status === 'error').length,
    session_id: view.session.id,
    route: view.route,
  };
}
