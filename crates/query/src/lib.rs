//! From a question to its answer: one question, one file, with its SQL beside it.
//!
//! Listing this folder lists what the product can tell you. Only this crate's answers become JSON.

mod apdex;
mod blame;
mod breakdown;
mod causes;
mod distributions;
mod doctor;
mod errors;
mod explain;
mod first_event;
mod funnel;
mod logs;
mod metric_series;
mod metrics;
mod origins;
mod pages;
mod releases;
mod requests;
mod services;
mod session;
mod sessions;
mod sql;
mod stored;
mod trace;
mod traces;
mod traffic;
mod vitals;
mod vitals_series;
mod words;

mod buckets;
mod continuity;
mod coverage;
mod cursor;
mod error;
mod impact;
mod interval;
pub mod limits;
mod metric;
mod newest;
mod precision;
mod prepare;
mod rollup;
mod scope;
mod time;
mod total;
mod visitors;

pub use apdex::{ApdexAnswer, PreviousApdex, apdex};
pub use blame::{
    BlameAnswer, BlamePiece, BlamedVital, ClockShift, Divided, LedgerLine, Owner, OwnerChange, OwnerKind, Population,
    PopulationBlame, PopulationLine, blame, population_blame,
};
pub use breakdown::{
    BreakdownAnswer, BreakdownOrder, BreakdownRow, TransitionShare, VitalShare, VitalShares, breakdown,
};
pub use causes::{CausesAnswer, ErrorGroup, Hour, Part, RequestGroup, Target, causes};
pub use continuity::{
    BrokenCause, BrokenTraces, ContinuityAnswer, ContinuityGateway, ContinuityHost, ContinuityRelease, continuity,
};
pub use coverage::{CoverageAnswer, CoverageBy, CoverageRow, CoverageVisitor, Loss, LossCause, coverage};
pub use cursor::Cursor;
pub use distributions::{Distribution, DistributionsAnswer, distributions};
pub use doctor::{DoctorAnswer, Finding, FindingState, doctor};
pub use error::{QueryError, ScopeError};
pub use errors::{
    ErrorItem, ErrorOccurrence, ErrorPart, ErrorShare, ErrorShares, ErrorShown, ErrorsAnswer, ErrorsAsked,
    OneErrorAnswer, SourceFrame, error, errors,
};
pub use explain::{
    CohortValue, ExplainAnswer, ExplainedCohort, ExplainedMetric, FlagChange, Representative, explain, markdown,
};
pub use first_event::{FirstEvent, first_event};
pub use funnel::{FunnelAnswer, FunnelStep, Journey, Step, StepKind, funnel};
pub use impact::{ImpactAnswer, ImpactBucket, ImpactSlope, impact};
pub use logs::{
    Level, LogContextAnswer, LogField, LogFieldValue, LogFieldsAnswer, LogItem, LogPoint, LogSearch, LogSeriesAnswer,
    LogsAnswer, log_context, log_fields, log_series, logs,
};
pub use metric::{Metric, Rating, Thresholds};
pub use metric_series::{
    MetricAttribute, MetricExemplar, MetricGroup, MetricQuestion, MetricReading, MetricSeriesAnswer, metric_series,
};
pub use metrics::{MetricSummary, MetricsAnswer, metrics};
pub use origins::{LoadedResource, Loads, Origin, OriginsAnswer, ResourcesAnswer, origins, resources};
pub use pages::{Page, pages};
pub use precision::Interval;
pub use releases::{ReleasesAnswer, SeenRelease, releases};
pub use requests::{CalledRequest, RequestPhases, RequestsAnswer, requests};
pub use rollup::{Source, SourceKind, Wanted, classes};
pub use scope::{Dimension, Filter, Range, Scope, ScopeRequest};
pub use services::{Load, Service, ServiceCall, ServiceKind, ServicesAnswer, services};
pub use session::{
    EventKind, InpDetail, LcpDetail, NavigationPhases, RequestItem, SessionAnswer, SessionEvent, SessionView, session,
};
pub use sessions::{SessionSummary, SessionsAnswer, sessions};
pub use sql::{SqlAnswer, SqlColumn, SqlTable, SqlTablesAnswer, sql, sql_tables};
pub use stored::{StoredAnswer, StoredAttribute, StoredEvent, StoredTable, UsageWarning, stored};
pub use time::Time;
pub use trace::{
    DatabaseCall, HttpCall, LogLine, Mark, ServiceTime, Side, SpanEvent, SpanKind, SpanStatus, TraceAnswer, TraceSpan,
    trace,
};
pub use traces::{TraceSummary, TracesAnswer, traces};
pub use traffic::{LeftOut, PreviousTraffic, TrafficAnswer, TrafficIntervals, TrafficPoint, traffic};
pub use visitors::Visitors;
pub use vitals::{HistogramBin, PreviousVital, Vital, VitalsAnswer, vitals};
pub use vitals_series::{VitalPoint, VitalsSeriesAnswer, vitals_series};
