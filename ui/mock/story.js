// One session told in full: views with causes, events and requests.
import { sessionFacts } from './questions.js';
import { hex, seeded, tailed } from './random.js';
import { urlOf } from './world.js';

const CALLS = {
  '/': ['GET /api/recommendations'],
  '/list': ['GET /api/products', 'GET /api/facets'],
  '/product/:id': ['GET /api/products/:id', 'GET /api/products/:id/reviews', 'GET /api/price/:id'],
  '/cart': ['GET /api/cart', 'POST /api/cart/items'],
  '/checkout': ['GET /api/cart', 'POST /api/checkout', 'POST https://pay.example/tokens'],
  '/confirmation': ['GET /api/orders/:id'],
};
const BUTTONS = {
  '/': 'Shop now',
  '/list': 'Sort by price',
  '/product/:id': 'Add to cart',
  '/cart': 'Checkout',
  '/checkout': 'Pay now',
  '/confirmation': 'Track order',
};
const STACK = `TypeError: Cannot read properties of undefined (reading 'total')
    at renderSummary (https://shop.example/assets/checkout-3f9a1c.js:1:18233)
    at update (https://shop.example/assets/checkout-3f9a1c.js:1:20419)
    at async onPay (https://shop.example/assets/checkout-3f9a1c.js:1:22907)`;

export function story(session) {
  const requests = session.views.flatMap(requestsOf);
  return {
    session: sessionFacts(session),
    views: session.views.map(viewAnswer),
    events: session.views.flatMap((view, i) => eventsOf(view, i)),
    requests,
  };
}

function iso(millis) {
  return new Date(millis).toISOString();
}

function viewAnswer(view) {
  const load = view.kind === 'load';
  const part = (share) => (view.lcp === null ? null : (view.lcp - view.ttfb) * share);
  const none = {
    redirect: null,
    worker: null,
    dns: null,
    tcp: null,
    tls: null,
    request: null,
    response: null,
    dom_processing: null,
    load: null,
  };
  return {
    id: view.id,
    start: iso(view.start),
    duration: view.duration,
    kind: view.kind,
    route: view.route,
    url: urlOf(view),
    navigation_type: load ? 'navigate' : 'route',
    trace_id: view.trace_id,
    lcp: view.lcp,
    inp: view.inp,
    cls: view.cls,
    fcp: view.fcp,
    ttfb: view.ttfb,
    load_time: load ? (view.lcp ?? view.fcp) * 1.2 : null,
    transition_time: view.transition,
    errors: view.errors,
    phases: load
      ? {
          ...none,
          redirect: 0,
          dns: view.ttfb * 0.1,
          tcp: view.ttfb * 0.12,
          tls: view.ttfb * 0.14,
          request: view.ttfb * 0.6,
          response: 40,
          dom_processing: view.fcp - view.ttfb,
          load: 12,
        }
      : none,
    lcp_detail: {
      target: view.lcp === null ? '' : 'main > img.hero',
      url: view.lcp === null ? '' : 'https://shop.example/images/hero-1200.jpg',
      ttfb: view.ttfb,
      resource_load_delay: part(0.3),
      resource_load_duration: part(0.55),
      element_render_delay: part(0.15),
    },
    inp_detail: {
      target: view.inp === null ? '' : 'button.primary',
      type: view.inp === null ? '' : 'pointer',
      input_delay: view.inp === null ? null : view.inp * 0.2,
      processing_duration: view.inp === null ? null : view.inp * 0.5,
      presentation_delay: view.inp === null ? null : view.inp * 0.3,
    },
    cls_target: view.cls ? 'div.banner' : '',
  };
}

function requestsOf(view) {
  const random = seeded(parseInt(view.id.slice(0, 8), 16));
  const calls = CALLS[view.route];
  return Array.from({ length: Math.min(view.requests, calls.length + 1) }, (_, i) => {
    const [method, path] = calls[i % calls.length].split(' ');
    const failed = view.failed > 0 && i === calls.length - 1;
    const outside = path.startsWith('https://');
    return {
      view_id: view.id,
      time: iso(view.start + 120 + i * 240 + random() * 200 + (i >= 2 ? Math.min(view.duration * 0.5, 9000) : 0)),
      duration: tailed(random, view.route === '/checkout' ? 620 : 180, 0.7),
      method,
      url: outside ? path : `https://shop.example${path.replace(':id', '1024')}`,
      template: outside ? '/tokens' : path,
      status: failed ? 500 : 200,
      error_type: failed ? '500' : null,
      aborted: false,
      trace_id: outside ? null : view.trace_id,
      span_id: outside ? null : hex(random, 16),
      has_backend: !outside,
    };
  });
}

const RESOURCE = 'browser.resource_timing';
const FILES = [
  [
    'https://shop.example/assets/shop-3f9a1c.css',
    'link',
    0.1,
    90,
    { render_blocking_status: 'blocking', size: 21_000 },
  ],
  [
    'https://shop.example/assets/checkout-3f9a1c.js',
    'script',
    0.12,
    210,
    { render_blocking_status: 'blocking', size: 164_000 },
  ],
  ['https://shop.example/assets/fonts/inter.woff2', 'css', 0.35, 60, { transfer_size: 0, size: 48_000 }],
  ['https://cdn.shop.example/images/hero-1200.jpg', 'img', 0.4, 420, { size: 240_000, connects: true }],
  ['https://tags.example/tag.js', 'script', 0.2, 350, null],
  ['https://shop.example/images/logo.svg', 'img', 0.3, 34, { transfer_size: 300, size: 18_000, response_status: 304 }],
];

/** Files as the browser tells of them: one of another origin hides all but its start and end. */
function resourcesOf(view) {
  return FILES.map(([url, kind, after, lasts, known]) => {
    const offset = view.ttfb + (view.fcp ?? 800) * after;
    const end = offset + lasts;
    const shown = known && {
      transfer_size: known.transfer_size ?? known.size * 0.4,
      decoded_body_size: known.size,
      response_status: known.response_status ?? 200,
      next_hop_protocol: 'h2',
      ...(known.render_blocking_status ? { render_blocking_status: known.render_blocking_status } : {}),
      ...(known.connects
        ? {
            domain_lookup_start: offset + lasts * 0.02,
            domain_lookup_end: offset + lasts * 0.08,
            connect_start: offset + lasts * 0.08,
            secure_connection_start: offset + lasts * 0.16,
            connect_end: offset + lasts * 0.3,
          }
        : {}),
      request_start: offset + lasts * (known.connects ? 0.31 : 0.1),
      response_start: offset + lasts * 0.7,
    };
    const timing = { initiator_type: kind, duration: lasts, fetch_start: offset, response_end: end, ...shown };
    return [
      offset,
      {
        'url.full': url,
        ...Object.fromEntries(Object.entries(timing).map(([name, value]) => [`${RESOURCE}.${name}`, String(value)])),
      },
    ];
  });
}

function eventsOf(view, index) {
  const random = seeded(parseInt(view.id.slice(8, 16), 16));
  const blank = {
    view_id: view.id,
    value: null,
    target: null,
    message: null,
    stack: null,
    error_type: null,
    handled: null,
    trace_id: view.trace_id,
    span_id: null,
    attributes: {},
  };
  const events = [];
  const add = (offset, kind, fields) =>
    events.push({ ...blank, id: hex(random, 16), time: iso(view.start + offset), kind, ...fields });
  if (index === 0) add(0, 'session', { name: 'session.start', label: 'Session started' });
  add(0, 'navigation', {
    name: 'browser.navigation',
    label: view.kind === 'load' ? `Loaded ${view.route}` : `Went to ${view.route}`,
    attributes: { 'url.full': urlOf(view) },
  });
  for (const metric of ['ttfb', 'fcp', 'lcp'])
    if (view[metric] !== null)
      add(view[metric], 'vital', { name: 'browser.web_vital', label: metric.toUpperCase(), value: view[metric] });
  for (let i = 0; i < view.actions; i += 1) {
    const at = Math.min(view.duration * 0.9, 1800 + i * view.duration * 0.17);
    add(at, 'action', {
      name: 'browser.user_action.click',
      label: i === 0 ? BUTTONS[view.route] : 'Quantity',
      target: 'button.primary',
    });
    if (i === 0 && view.inp !== null)
      add(at + view.inp, 'vital', {
        name: 'browser.web_vital',
        label: 'INP',
        value: view.inp,
        target: 'button.primary',
      });
  }
  for (let i = 0; i < view.errors; i += 1) {
    add(2400 + i * 900, 'error', {
      name: 'exception',
      label: 'TypeError',
      message: "Cannot read properties of undefined (reading 'total')",
      stack: STACK,
      error_type: 'TypeError',
      handled: i > 0,
      attributes: { 'limen.exception.mechanism': 'onerror' },
    });
  }
  if (view.kind === 'load')
    for (const [offset, attributes] of resourcesOf(view))
      add(offset, 'custom', { name: RESOURCE, label: null, attributes });
  if (view.route === '/confirmation')
    add(600, 'custom', {
      name: 'order.completed',
      label: 'order.completed',
      value: 129.9,
      attributes: { currency: 'SGD', items: 3 },
    });
  return events.sort((a, b) => a.time.localeCompare(b.time));
}
