// Short names for the answers of the API, taken from the generated schema.
import type { paths } from './schema';

type Get<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer A } } } };
}
  ? A
  : never;

export type Apps = Get<'/api/v1/apps'>;
export type Status = Get<'/api/v1/status'>;
export type Vitals = Get<'/api/v1/vitals'>;
export type Vital = Vitals['vitals'][number];
export type Metric = 'lcp' | 'inp' | 'cls' | 'fcp' | 'ttfb';
export type Apdex = Get<'/api/v1/apdex'>;
export type VitalSeries = Get<'/api/v1/vitals/series'>;
export type Breakdown = Get<'/api/v1/breakdown'>;
export type BreakdownRow = Breakdown['rows'][number];
export type Distributions = Get<'/api/v1/breakdown/distributions'>;
export type Causes = Get<'/api/v1/causes'>;
export type Requests = Get<'/api/v1/requests'>;
export type Impact = Get<'/api/v1/impact'>;
export type Funnel = Get<'/api/v1/funnel'>;
export type Traffic = Get<'/api/v1/traffic'>;
export type Sessions = Get<'/api/v1/sessions'>;
export type Session = Sessions['sessions'][number];
export type Story = Get<'/api/v1/sessions/{id}'>;
export type StoryView = Story['views'][number];
export type StoryEvent = Story['events'][number];
export type StoryRequest = Story['requests'][number];
export type Traces = Get<'/api/v1/traces'>;
export type Trace = Get<'/api/v1/traces/{trace_id}'>;
export type Span = Trace['spans'][number];
export type TraceLog = Trace['logs'][number];
export type Logs = Get<'/api/v1/logs'>;
export type LogSeries = Get<'/api/v1/logs/series'>;
export type LogFields = Get<'/api/v1/logs/fields'>;
export type LogContext = Get<'/api/v1/logs/context'>;
export type Services = Get<'/api/v1/services'>;
export type Blame = Get<'/api/v1/views/{id}/blame'>;
export type Continuity = Get<'/api/v1/continuity'>;
export type Coverage = Get<'/api/v1/coverage'>;
export type Metrics = Get<'/api/v1/metrics'>;
export type MetricSeries = Get<'/api/v1/metrics/series'>;
export type Explain = Get<'/api/v1/explain'>;
export type PopulationBlame = Get<'/api/v1/blame'>;
export type OwnerChange = PopulationBlame['owners'][number];
export type Explained = Explain['cohorts'][number];
export type ExplainedMetric = Explain['metric'];
export type TraceMark = Trace['marks'][number];

export type Usage = Get<'/api/v1/usage'>;
export type Outcomes = Get<'/api/v1/outcomes'>;
export type Prices = Get<'/api/v1/prices'>;
export type Admission = Get<'/api/v1/admission'>;
export type Sampling = Get<'/api/v1/sampling'>;
export type RouteRules = Get<'/api/v1/route-rules'>;
export type RedactionRules = Get<'/api/v1/redaction-rules'>;
export type ErrorRules = Get<'/api/v1/error-rules'>;
export type SourceMaps = Get<'/api/v1/sourcemaps'>;
export type SourceMap = SourceMaps['maps'][number];
export type Retention = Get<'/api/v1/retention'>;
export type Erasures = Get<'/api/v1/erasures'>;
export type Erasure = Erasures['erasures'][number];
export type Audit = Get<'/api/v1/audit'>;
