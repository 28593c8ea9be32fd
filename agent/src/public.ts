// What a page sees of the agent: its functions and options, by names that the build leaves alone.
import type { Attributes, Value } from './record';
import type { Settings } from './send/wire';

/** What a page passes to `start`, or writes as `data-` attributes on the script tag. */
export type StartOptions = Partial<Options>;

export interface Options {
  /** The application's public ingest key. */
  key: string;
  /** Where Limen listens, such as `https://rum.example.com`. Defaults to the origin the script came from. */
  endpoint: string;
  /** Where batches go below the endpoint. Default `/v1/rum`. */
  path: string;
  /** Name of this front end. Default `web`. */
  service: string;
  /** Version of this front end. */
  release: string;
  /** Such as `production`. */
  environment: string;
  /** Other origins whose requests carry `traceparent` and `tracestate`; they must allow both headers by CORS. */
  propagateTo: readonly string[];
  /** Hosts that are ours besides the page's own site; all others are third parties. */
  firstParty: readonly string[];
  /** Treat `#/path` as the route. Default false. */
  hashRoutes: boolean;
  /** A session ends after this long without input. Default 15. */
  sessionIdleMinutes: number;
  /** A session ends after this long in any case. Default 240. */
  sessionMaxMinutes: number;
  /** The share of sessions to record, where the server has not said another one. Default 1. */
  sampleRate: number;
  /** Events of these names bring a session back that was left out, as every error does. */
  promoteOn: readonly string[];
  /** Names of query parameters whose values may leave. */
  allowQuery: readonly string[];
  /** Names of custom attributes that may leave. */
  allowAttributes: readonly string[];
  /** Whether the id given to `setUser` may leave. Default false. */
  allowUser: boolean;
  /** Whether the visible text of what was clicked may be its name. Default false. */
  allowText: boolean;
  /** `none` keeps everything in memory. Default `local`. */
  storage: 'local' | 'none';
  /** `ask` waits for `setConsent(true)`; `tcf` and `google` listen to the consent manager. Default `given`. */
  consent: 'given' | 'ask' | 'tcf' | 'google';
  /** Start although the browser sends Global Privacy Control. Default false. */
  ignoreGpc: boolean;
  /** Methods of the console to report, such as `error`. Default none. */
  console: readonly string[];
  /** Report deprecations and interventions of the browser. Default false. */
  reports: boolean;
  /** Report the page's own `performance.measure`. Default false. */
  userTiming: boolean;
  /** Keep a bounded queue for the next visit when nothing can be sent. Default false. */
  offline: boolean;
  /** Main-thread time that the agent may use beyond one percent of the visit before it sheds features. */
  budgetMillis: number;
  /** Send standard OTLP/JSON to `/v1/logs` and `/v1/traces`, for any OpenTelemetry receiver. Default false. */
  otlp: boolean;
  /** Sees every record last: may change it, or drop it by answering nothing. */
  beforeSend: (record: OutgoingRecord) => OutgoingRecord | null | undefined;
}

/** An event or a span on its way out, its secrets taken out already. */
export interface OutgoingRecord {
  readonly type: 'event' | 'span';
  name: string;
  body: string | undefined;
  attributes: Attributes;
}

/** What a page may attach to its own events and errors; only names in `allowAttributes` leave. */
export type EventAttributes = Record<string, Value>;

export interface ErrorDetail {
  /** Who caught it, such as `react`. */
  mechanism?: string;
  /** False when the page did not recover from it. Default true. */
  handled?: boolean;
  componentStack?: string;
}

export interface FlagDetail {
  reason?: string;
  provider?: string;
}

export interface Limen {
  version: string;
  /** Starts once; a second call, or a second copy of the script, does nothing. */
  start(options: StartOptions): void;
  /** Sends what is left, stops listening, and gives back the functions it had wrapped. */
  stop(): void;
  /** Reports an error the page has caught. */
  error(error: unknown, attributes?: EventAttributes, detail?: ErrorDetail): void;
  /** Reports something of the page's own. */
  event(name: string, attributes?: EventAttributes): void;
  /** Reports how long something of the page's own took, in milliseconds. */
  timing(name: string, millis: number, attributes?: EventAttributes): void;
  /** A step of something that matters to the business, such as a checkout; it may span documents. */
  transaction(name: string, state: 'start' | 'success' | 'failure', attributes?: EventAttributes): void;
  /** Names the user, or nobody; another user begins another session. */
  setUser(id: string | undefined): void;
  /** Attributes for everything from now on; undefined takes one away. */
  setContext(attributes: EventAttributes): void;
  /** Names the current view by its route template, such as `/product/:id`. */
  setView(name: string): void;
  /** A feature flag has been evaluated. */
  flag(key: string, variant: string | number | boolean, detail?: FlagDetail): void;
  /** The user's word: true starts what waits for it, false stops and forgets everything. */
  setConsent(granted: boolean): void;
  /** What the server has set for this application. */
  settings(): Settings;
  /** @internal For events that a stub kept until the agent had arrived. */
  take(event: Event): void;
}
