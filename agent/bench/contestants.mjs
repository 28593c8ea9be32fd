// The contestants: how each gets its script, how its records are read, and what of the visit it must have seen.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { bundle, readScript, sizesOf } from './bundle.mjs';
import { datadogKinds, elasticKinds, faroKinds, limenKinds, otelKinds, sentryKinds } from './decode.mjs';

const ALL = { vital: 1, error: 2, request: 55, click: 20, route: 9 };
/** Stock OpenTelemetry has neither vitals nor errors. */
const otelSees = { load: 1, request: 55, click: 20, route: 9 };

/**
 * `mustSee`: the fewest records of each kind, well below what the visit has, so that a contestant that batches or
 * filters in its own way passes and one that is not at work fails.
 */
const PEERS = [
  {
    name: 'otel',
    package: '@opentelemetry/sdk-trace-web',
    title: 'OpenTelemetry web',
    kindsOf: otelKinds,
    mustSee: otelSees,
  },
  {
    name: 'elastic',
    package: '@elastic/apm-rum',
    title: 'Elastic APM RUM',
    kindsOf: elasticKinds,
    mustSee: { ...ALL, load: 1, request: 40 },
    full: true,
  },
  {
    name: 'datadog',
    package: '@datadog/browser-rum',
    title: 'Datadog RUM',
    kindsOf: datadogKinds,
    mustSee: { ...ALL, load: 1 },
    full: true,
  },
  {
    name: 'sentry',
    package: '@sentry/browser',
    title: 'Sentry',
    kindsOf: sentryKinds,
    mustSee: { ...ALL, load: 1, click: 1 },
    full: true,
  },
  // It sends no events of their own for the routes of this page.
  {
    name: 'faro',
    package: '@grafana/faro-web-sdk',
    title: 'Grafana Faro',
    kindsOf: faroKinds,
    mustSee: { vital: 1, error: 2, request: 50, click: 20, load: 1 },
    full: true,
  },
];

export const NONE = { name: 'none', title: 'no agent' };

const limenData = (origin) => ({
  key: '0123456789abcdef0123456789abcdef',
  endpoint: origin,
  service: 'shop',
  release: '1.2.3',
  environment: 'bench',
});

/** `limenPath`: the built script; the others are bundled from their packages. */
export async function prepare(limenPath, only) {
  const limen = { name: 'limen', title: 'Limen', kindsOf: limenKinds, mustSee: ALL, data: limenData };
  const chosen = [limen, ...PEERS].filter(({ name }) => !only || only.includes(name));
  const { dependencies } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));
  const contestants = [NONE];
  const scripts = new Map();
  for (const contestant of chosen) {
    const script = contestant === limen ? await readScript(limenPath) : await bundle(contestant.name);
    scripts.set(contestant.name, script);
    contestants.push({
      ...contestant,
      script: true,
      version: dependencies[contestant.package],
      sizes: sizesOf(script),
      hash: createHash('sha256').update(script).digest('hex').slice(0, 16),
    });
  }
  return { contestants, scripts, floor: sizesOf(await bundle('floor')) };
}

/** Fails when a contestant is not at work: its figures would be those of a script that does nothing. */
export function demandSeen({ name, mustSee }, counts, strangers) {
  if (strangers.length > 0) throw new Error(`${name} sent what its receiver does not know: ${strangers.slice(0, 3)}`);
  const missing = Object.entries(mustSee).filter(([kind, least]) => (counts[kind] ?? 0) < least);
  if (missing.length === 0) return;
  const told = missing.map(([kind, least]) => `${counts[kind] ?? 0} of at least ${least} ${kind}`).join(', ');
  throw new Error(`${name} is not at work as set up: ${told}; it sent ${JSON.stringify(counts)}`);
}
