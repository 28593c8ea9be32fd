// What may be set: what the page wrote is checked once here, and becomes what the agent means.
import { attempt } from './browser/guard';
import { SESSION_IDLE_MINUTES, SESSION_MAX_MINUTES } from './limits';

/** What a page passes to `start`, or writes as `data-` attributes on the script tag. */
export interface StartOptions {
  /** The application's public ingest key. */
  key?: string;
  /** Where Limen listens, such as `https://rum.example.com`. Defaults to the origin the script came from. */
  endpoint?: string;
  /** Name of this front end. Default `web`. */
  service?: string;
  /** Version of this front end. */
  release?: string;
  /** Such as `production`. */
  environment?: string;
  /** Other origins whose requests carry `traceparent`; they must allow that header by CORS. */
  propagateTo?: string[];
  /** Treat `#/path` as the route. Default false. */
  hashRoutes?: boolean;
  /** A session ends after this long without input. Default 15. */
  sessionIdleMinutes?: number;
  /** A session ends after this long in any case. Default 240. */
  sessionMaxMinutes?: number;
  /** Send standard OTLP/JSON to `/v1/logs` and `/v1/traces`, for any OpenTelemetry receiver. Default false. */
  otlp?: boolean;
}

export interface Options {
  key: string;
  endpoint: string;
  service: string;
  release: string | undefined;
  environment: string | undefined;
  propagateTo: readonly string[];
  hashRoutes: boolean;
  sessionIdleMillis: number;
  sessionMaxMillis: number;
  otlp: boolean;
}

/** Refuses what makes no sense by name and goes on without it; without options, the agent cannot start at all. */
export interface CheckedOptions {
  options: Options | undefined;
  problems: string[];
}

const KNOWN: Record<keyof StartOptions, 'string' | 'boolean' | 'number' | 'object'> = {
  key: 'string',
  endpoint: 'string',
  service: 'string',
  release: 'string',
  environment: 'string',
  propagateTo: 'object',
  hashRoutes: 'boolean',
  sessionIdleMinutes: 'number',
  sessionMaxMinutes: 'number',
  otlp: 'boolean',
};

export function checkOptions(raw: unknown): CheckedOptions {
  const problems: string[] = [];
  if (typeof raw !== 'object' || raw === null) {
    return { options: undefined, problems: ['start() wants an object: Limen.start({ key: "…" })'] };
  }
  const given = knownOnly(raw, problems);
  const endpoint = originAndPath(given.endpoint);
  if (!endpoint) problems.push('endpoint is missing or no http(s) URL: set it to where Limen listens');
  if (!given.key && !given.otlp) problems.push('key is missing: copy it from the page of your application in Limen');
  const propagateTo = checkOrigins(given.propagateTo, problems);
  const idle = checkMinutes('sessionIdleMinutes', given.sessionIdleMinutes, SESSION_IDLE_MINUTES, problems);
  const max = checkMinutes('sessionMaxMinutes', given.sessionMaxMinutes, SESSION_MAX_MINUTES, problems);
  if (!endpoint || (!given.key && !given.otlp)) return { options: undefined, problems };
  const options: Options = {
    key: given.key ?? '',
    endpoint,
    service: given.service || 'web',
    release: given.release || undefined,
    environment: given.environment || undefined,
    propagateTo,
    hashRoutes: given.hashRoutes ?? false,
    sessionIdleMillis: idle * 60_000,
    sessionMaxMillis: max * 60_000,
    otlp: given.otlp ?? false,
  };
  return { options, problems };
}

function knownOnly(raw: object, problems: string[]): StartOptions {
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined || value === null) continue;
    const wanted = (KNOWN as Record<string, string | undefined>)[name];
    if (!wanted) problems.push(`${name} is not an option: remove it, or see the list in the README`);
    else if (typeof value !== wanted) problems.push(`${name} wants a ${wanted}, not a ${typeof value}: it is ignored`);
    else given[name] = value;
  }
  return given as StartOptions;
}

function originAndPath(text: string | undefined): string | undefined {
  const url = text ? attempt(() => new URL(text)) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function checkOrigins(given: unknown, problems: string[]): string[] {
  if (given === undefined) return [];
  const list: unknown[] = Array.isArray(given) ? given : [];
  if (!Array.isArray(given)) problems.push('propagateTo wants a list of origins, such as ["https://api.example.com"]');
  return list.flatMap((item) => {
    const url = typeof item === 'string' ? attempt(() => new URL(item)) : undefined;
    if (url && url.origin !== 'null') return [url.origin];
    problems.push(`propagateTo: ${String(item)} is no origin: write it like "https://api.example.com"`);
    return [];
  });
}

function checkMinutes(name: string, value: number | undefined, usual: number, problems: string[]): number {
  if (value === undefined) return usual;
  if (value > 0 && value <= 7 * 24 * 60) return value;
  problems.push(`${name} wants minutes between 0 and a week: ${usual} is used`);
  return usual;
}
