// Reads what each contestant sends, as far as needed to count its records and to see that it saw the visit.
import { gunzipSync } from 'node:zlib';

/** All kinds of records in these posts, such as { request: 60, click: 30 }. */
export function countKinds(posts, kindsOf) {
  const counts = {};
  for (const { url, body, settings } of posts) {
    if (settings || body.length === 0) continue;
    const text = (isGzip(body) ? gunzipSync(body) : body).toString('utf8');
    for (const kind of kindsOf(text, url)) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

export const recordsOf = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

const isGzip = (body) => body[0] === 0x1f && body[1] === 0x8b;
const lines = (text) => text.split('\n').filter(Boolean).map(JSON.parse);

const CLIENT_KIND = 3;
const spansOf = (json) =>
  (json.resourceSpans ?? []).flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));

export function limenKinds(text) {
  const json = JSON.parse(text);
  const logs = (json.resourceLogs ?? []).flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));
  const events = { 'browser.web_vital': 'vital', exception: 'error', 'browser.user_action.click': 'click' };
  const spans = { documentLoad: 'load', routeChange: 'route' };
  return [
    ...logs.map(({ eventName }) => events[eventName] ?? eventName),
    ...spansOf(json).map(({ kind, name }) => (kind === CLIENT_KIND ? 'request' : (spans[name] ?? `${name} span`))),
  ];
}

export function otelKinds(text) {
  const named = { documentLoad: 'load', resourceFetch: 'resource', click: 'click' };
  const kindOf = ({ kind, name }) => {
    if (kind === CLIENT_KIND) return 'request';
    return name.startsWith('Navigation: ') ? 'route' : (named[name] ?? name);
  };
  return spansOf(JSON.parse(text)).map(kindOf);
}

export function elasticKinds(text) {
  const types = {
    'page-load': 'load',
    'route-change': 'route',
    'user-interaction': 'click',
    'http-request': 'background',
  };
  return lines(text).flatMap(({ transaction, span, error }) => {
    if (error) return ['error'];
    if (span) return [span.type === 'external' ? 'request' : span.type];
    if (!transaction) return [];
    const vitals = transaction.experience || transaction.marks?.agent?.largestContentfulPaint ? ['vital'] : [];
    return [types[transaction.type] ?? transaction.type, ...vitals];
  });
}

export function datadogKinds(text) {
  return lines(text).flatMap(({ type, view, action, resource }) => {
    if (type === 'view') {
      const vitals = view.largest_contentful_paint === undefined ? [] : ['vital'];
      return [view.loading_type === 'initial_load' ? 'load' : 'route', ...vitals];
    }
    if (type === 'action') return [action.type];
    if (type === 'resource') return [/^(fetch|xhr)$/.test(resource.type) ? 'request' : 'resource'];
    return [type];
  });
}

export function sentryKinds(text) {
  const kinds = { pageload: 'load', navigation: 'route', 'http.client': 'request', 'ui.interaction.click': 'click' };
  const items = text.split('\n').slice(1);
  const found = [];
  // Pairs of a line that says what the next one is.
  for (let at = 0; at + 1 < items.length; at += 2) {
    const { type } = JSON.parse(items[at]);
    const body = JSON.parse(items[at + 1]);
    if (type === 'event') found.push('error');
    else if (type !== 'span' && type !== 'transaction') found.push(type);
    for (const span of [...(body.spans ?? []), ...(type === 'span' ? (body.items ?? [body]) : [])]) {
      const operation = span.op ?? span.attributes?.['sentry.op']?.value ?? 'span';
      found.push(operation.startsWith('ui.webvital') ? 'vital' : (kinds[operation] ?? operation));
    }
  }
  return found;
}

export function faroKinds(text) {
  const json = JSON.parse(text);
  const events = { 'faro.performance.navigation': 'load', 'faro.navigation': 'route', 'faro.user.action': 'click' };
  return [
    ...(json.measurements ?? []).map(({ type }) => (type === 'web-vitals' ? 'vital' : type)),
    ...(json.exceptions ?? []).map(() => 'error'),
    ...(json.logs ?? []).map(() => 'log'),
    ...(json.events ?? []).map(({ name }) => events[name] ?? name),
    ...spansOf(json.traces ?? {}).map(({ kind }) => (kind === CLIENT_KIND ? 'request' : 'span')),
  ];
}
