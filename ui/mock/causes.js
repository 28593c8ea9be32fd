// Why it is as it is: spreads by dimension, and the parts, elements, requests and errors behind a range.
import { dimensionOf, quantile, rangeOf, select, sorted, THRESHOLDS } from './questions.js';

const BINS = { lcp: [250, 32], inp: [25, 40], cls: [0.0125, 40], fcp: [150, 40], ttfb: [100, 40] };
const HOUR = 3_600_000;

export function distributions(world, query) {
  const dimension = query.get('dimension');
  const metric = query.get('metric');
  const [good, poor] = THRESHOLDS[metric];
  const [width, count] = BINS[metric];
  const groups = new Map();
  for (const view of select(world, query, rangeOf(query, Date.now()))) {
    if (view[metric] === null) continue;
    const value = dimensionOf(view, dimension);
    if (!groups.has(value)) groups.set(value, Array(count + 1).fill(0));
    groups.get(value)[Math.min(count, Math.max(0, Math.ceil(view[metric] / width) - 1))] += 1;
  }
  const rows = [...groups].map(([value, counts]) => ({ value, n: counts.reduce((a, b) => a + b, 0), counts }));
  rows.sort((a, b) => b.n - a.n);
  return {
    dimension,
    metric,
    thresholds: { good, poor },
    bin_width: width,
    rows: rows.slice(0, Number(query.get('limit') ?? 50)),
  };
}

export function causes(world, query) {
  const range = rangeOf(query, Date.now());
  const views = select(world, query, range);
  return {
    range: { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() },
    parts: parts(views),
    targets: targets(views),
    requests: requests(views),
    errors: errors(views),
    hours: hours(views),
  };
}

function parts(views) {
  const loads = views.filter((view) => view.ttfb !== null);
  const shares = {
    redirect: 0.02,
    dns: 0.08,
    tcp: 0.12,
    tls: 0.14,
    request: 0.6,
    response: 0.25,
    dom_processing: 0.9,
    load: 0.05,
  };
  const of = (part, values) => ({ part, n: values.length, p50: quantile(values, 0.5), p75: quantile(values, 0.75) });
  const scaled = (list, name, share) => sorted(list, name).map((value) => value * share);
  const list = Object.entries(shares).map(([part, share]) => of(part, scaled(loads, 'ttfb', share)));
  const lcp = [
    ['lcp_resource_load_delay', 0.15],
    ['lcp_resource_load_duration', 0.4],
    ['lcp_element_render_delay', 0.12],
  ];
  const inp = [
    ['inp_input_delay', 0.2],
    ['inp_processing_duration', 0.55],
    ['inp_presentation_delay', 0.25],
  ];
  list.push(...lcp.map(([part, share]) => of(part, scaled(views, 'lcp', share))));
  list.push(...inp.map(([part, share]) => of(part, scaled(views, 'inp', share))));
  return list.filter((part) => part.n > 0);
}

const TARGETS = {
  lcp: [
    ['img.hero', 'https://cdn.shop.example/hero.jpg'],
    ['h1.title', ''],
    ['', ''],
  ],
  inp: [
    ['button.add-to-cart', 'click'],
    ['input#search', 'keydown'],
    ['', ''],
  ],
  cls: [
    ['div.banner', ''],
    ['ul.products > li', ''],
    ['', ''],
  ],
};

function targets(views) {
  return Object.entries(TARGETS).flatMap(([metric, list]) => {
    const values = sorted(views, metric);
    return list
      .map(([target, detail], i) => {
        // The worst third is the first one's, and so on down.
        const own = values.filter((_, at) => (at % 7 < 4 ? i === 0 : at % 7 < 6 ? i === 1 : i === 2));
        return {
          metric,
          target,
          detail,
          n: own.length,
          views: own.length,
          p75: quantile(own, 0.75),
          poor: own.filter((value) => value > THRESHOLDS[metric][1]).length / Math.max(1, own.length),
        };
      })
      .filter((row) => row.n > 0);
  });
}

function requests(views) {
  const groups = [
    ['GET', '/api/products/{id}', 1.6, 0.4],
    ['GET', '/api/recommendations', 2.4, 0.2],
    ['POST', '/api/cart', 0.7, 0.1],
    ['GET', 'cdn.shop.example/reviews.json', 0.5, 0.1],
  ];
  const base = sorted(views, 'transition');
  if (base.length === 0) return [];
  return groups
    .map(([method, what, slow, share], i) => {
      const n = Math.max(1, Math.round(views.length * share));
      return {
        method,
        what,
        n,
        requests: n,
        p50: quantile(base, 0.5) * slow * 0.5,
        p75: quantile(base, 0.75) * slow * 0.5,
        waited: n * quantile(base, 0.5) * slow,
        failed: i === 1 ? 0.021 : 0,
      };
    })
    .sort((a, b) => b.waited - a.waited);
}

function errors(views) {
  const broken = views.filter((view) => view.errors > 0);
  if (broken.length === 0) return [];
  const of = (error_type, message, share) => {
    const own = broken.slice(0, Math.ceil(broken.length * share));
    return {
      error_type,
      message,
      n: own.length,
      errors: own.reduce((sum, view) => sum + view.errors, 0),
      sessions: new Set(own.map((view) => view.session.id)).size,
      last: new Date(Math.max(...own.map((view) => view.start))).toISOString(),
    };
  };
  return [
    of('TypeError', "Cannot read properties of undefined (reading 'chart')", 1),
    of('Error', 'Payment was declined by the provider', 0.4),
  ];
}

function hours(views) {
  const found = new Map();
  for (const view of views) {
    const time = Math.floor(view.start / HOUR) * HOUR;
    const hour = found.get(time) ?? { time: new Date(time).toISOString(), views: 0, with_error: 0 };
    hour.views += 1;
    if (view.errors > 0) hour.with_error += 1;
    found.set(time, hour);
  }
  return [...found.values()].sort((a, b) => a.time.localeCompare(b.time));
}
