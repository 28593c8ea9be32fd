//! How do the services hang together? From the browser to the database: who calls whom, how often, how long it takes, what fails.

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{JOINED_SPANS_MAX, SERVICE_CALLS_MAX};
use crate::prepare::prepare;
use crate::scope::Range;
use crate::{QueryError, Scope};

/// The map of services of a range.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ServicesAnswer {
    pub range: Range,
    /// Whole traces that were looked at: one of this many, chosen by their ids, when there are very many spans. Counts are
    /// scaled up.
    pub one_of: u64,
    /// The most called first.
    pub services: Vec<Service>,
    pub calls: Vec<ServiceCall>,
}

/// What answers calls or begins them.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Service {
    pub name: String,
    pub kind: ServiceKind,
    pub load: Load,
}

/// Who calls whom.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ServiceCall {
    pub from: String,
    pub from_kind: ServiceKind,
    pub to: String,
    pub to_kind: ServiceKind,
    pub load: Load,
}

/// How much there is to do and how it goes. Every count is weighted: a trace that was sampled stands for others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Load {
    /// Requests taken by a service, traces begun by a browser, calls made to a database or an outside host.
    pub requests: f64,
    /// Per second of the range.
    pub rate: f64,
    /// Share of them that failed: an error status, an error type, or an HTTP status of 500 and above. 0 to 1.
    pub failed: f64,
    /// How long half of them take at most, in milliseconds.
    pub p50: f64,
    /// How long 95 of 100 take at most, in milliseconds.
    pub p95: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ServiceKind {
    Browser,
    Service,
    Database,
    /// A host that was called and sent no spans of its own.
    Outside,
}

impl ServiceKind {
    /// As the statement numbers them.
    fn of(number: u8) -> Self {
        match number {
            0 => ServiceKind::Browser,
            1 => ServiceKind::Service,
            2 => ServiceKind::Database,
            _ => ServiceKind::Outside,
        }
    }
}

#[derive(Debug, Row, Deserialize)]
struct CallRow {
    from_name: String,
    caller_kind: u8,
    to_name: String,
    to_kind: u8,
    requests: f64,
    failed: f64,
    quantiles: Vec<f64>,
}

/// One of how many traces is looked at, so that those of any range fit into memory.
pub(crate) async fn one_trace_of(store: &Store, scope: &Scope) -> Result<u64, QueryError> {
    let count = include_str!("services_count.sql").replace("{filters}", &scope.span_conditions());
    let spans: u64 = scope.bind(prepare(store, &count)).fetch_one().await?;
    Ok(spans.div_ceil(JOINED_SPANS_MAX).max(1))
}

pub async fn services(store: &Store, scope: &Scope) -> Result<ServicesAnswer, QueryError> {
    let one_of = one_trace_of(store, scope).await?;
    let sql = include_str!("services.sql").replace("{filters}", &scope.span_conditions());
    let rows: Vec<CallRow> =
        scope.bind(prepare(store, &sql)).param("one_of", one_of).param("limit", SERVICE_CALLS_MAX).fetch_all().await?;
    let seconds = (scope.range.to.0 - scope.range.from.0) as f64 / 1e9;
    let load = |row: &CallRow| Load {
        requests: row.requests * one_of as f64,
        rate: row.requests * one_of as f64 / seconds,
        failed: if row.requests > 0.0 { row.failed / row.requests } else { 0.0 },
        p50: row.quantiles.first().copied().unwrap_or_default(),
        p95: row.quantiles.get(1).copied().unwrap_or_default(),
    };
    // A row without a caller is about the service itself.
    let (own, calls): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.from_name.is_empty());
    let services = own.iter().map(|row| Service {
        name: row.to_name.clone(),
        kind: ServiceKind::of(row.to_kind),
        load: load(row),
    });
    let calls = calls.iter().map(|row| ServiceCall {
        from: row.from_name.clone(),
        from_kind: ServiceKind::of(row.caller_kind),
        to: row.to_name.clone(),
        to_kind: ServiceKind::of(row.to_kind),
        load: load(row),
    });
    Ok(ServicesAnswer { range: scope.range, one_of, services: services.collect(), calls: calls.collect() })
}
