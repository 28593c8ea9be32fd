//! Which calls cost us? The requests of pages by what they ask for: how long, how often they fail, where their time goes.

use std::collections::BTreeMap;

use clickhouse::Row;
use limen_model::attributes::{REQUEST_ABORTED, THIRD_PARTY};
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::REQUEST_GROUPS_MAX;
use crate::prepare::prepare;
use crate::scope::{Range, clipped};
use crate::{QueryError, Scope, ScopeError};

/// The requests of a range.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RequestsAnswer {
    pub range: Range,
    pub requests: Vec<CalledRequest>,
    /// Whether there are more than these.
    pub more: bool,
}

/// Requests that ask for the same.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CalledRequest {
    pub method: String,
    pub host: String,
    /// Template of the path where there is one, else the path.
    pub what: String,
    pub third_party: bool,
    /// As they are stored (not weighted).
    pub n: u64,
    /// Weighted number.
    pub requests: f64,
    /// The weighted median, in milliseconds.
    pub p50: f64,
    /// The weighted 75th percentile, in milliseconds.
    pub p75: f64,
    /// The weighted 95th percentile, in milliseconds.
    pub p95: f64,
    /// How long all of them took together, weighted, in milliseconds.
    pub waited: f64,
    /// Weighted share that failed, 0 to 1; what the page called off is no failure.
    pub failed: f64,
    /// Weighted share that the page called off, 0 to 1.
    pub aborted: f64,
    /// Weighted numbers by `2xx`, `4xx` and so on, `no answer` and `aborted`.
    pub statuses: BTreeMap<String, f64>,
    /// The weighted 75th percentile of each part, in milliseconds; null where the browser hides it.
    pub phases: RequestPhases,
    /// Weighted share whose parts the browser tells, 0 to 1. Other origins hide them without `Timing-Allow-Origin`.
    pub timed: f64,
    /// Weighted share that a service's span answers, 0 to 1.
    pub answered: f64,
    /// The slowest with such a span; null if there is none.
    pub slowest_trace: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, ToSchema)]
pub struct RequestPhases {
    pub dns: Option<f64>,
    pub tcp: Option<f64>,
    pub tls: Option<f64>,
    /// From the request to the first byte of the answer.
    pub wait: Option<f64>,
    pub response: Option<f64>,
}

#[derive(Debug, Row, Deserialize)]
struct RequestRow {
    method: String,
    host: String,
    what: String,
    third_party: bool,
    n: u64,
    requests: f64,
    quantiles: Vec<f64>,
    waited: f64,
    aborted: f64,
    failed: f64,
    statuses: (Vec<String>, Vec<f64>),
    phases: Vec<Option<f64>>,
    timed: f64,
    answered: f64,
    slowest: String,
}

/// `order`: `waited`, `requests`, `p75`, `p95` or `failed`; left out, waited.
pub async fn requests(
    store: &Store,
    scope: &Scope,
    order: Option<&str>,
    limit: u32,
) -> Result<RequestsAnswer, QueryError> {
    if !(1..=REQUEST_GROUPS_MAX).contains(&limit) {
        return Err(ScopeError::Limit { max: REQUEST_GROUPS_MAX }.into());
    }
    let order = match order.unwrap_or("waited") {
        "waited" => "waited DESC",
        "requests" => "requests DESC",
        "p75" => "quantiles[2] DESC",
        "p95" => "quantiles[3] DESC",
        "failed" => "failed DESC, requests DESC",
        other => return Err(ScopeError::RequestOrder { value: clipped(other) }.into()),
    };
    let sql = include_str!("requests.sql").replace("{filters}", &scope.span_conditions()).replace("{order}", order);
    let rows: Vec<RequestRow> = scope
        .bind(prepare(store, &sql))
        .param("aborted", REQUEST_ABORTED)
        .param("third_party", THIRD_PARTY)
        .param("limit", limit + 1)
        .fetch_all()
        .await?;
    let more = rows.len() > limit as usize;
    let requests = rows.into_iter().take(limit as usize).map(called).collect();
    Ok(RequestsAnswer { range: scope.range, requests, more })
}

fn called(row: RequestRow) -> CalledRequest {
    let quantile = |at: usize| row.quantiles.get(at).copied().unwrap_or_default() / 1e6;
    let share = |part: f64| if row.requests > 0.0 { part / row.requests } else { 0.0 };
    let phase = |at: usize| row.phases.get(at).copied().flatten().filter(|millis| millis.is_finite());
    CalledRequest {
        n: row.n,
        requests: row.requests,
        p50: quantile(0),
        p75: quantile(1),
        p95: quantile(2),
        waited: row.waited,
        failed: share(row.failed),
        aborted: share(row.aborted),
        statuses: row.statuses.0.into_iter().zip(row.statuses.1).collect(),
        phases: RequestPhases { dns: phase(0), tcp: phase(1), tls: phase(2), wait: phase(3), response: phase(4) },
        timed: share(row.timed),
        answered: share(row.answered),
        slowest_trace: Some(row.slowest).filter(|trace| trace.bytes().any(|digit| digit != b'0')),
        method: row.method,
        host: row.host,
        what: row.what,
        third_party: row.third_party,
    }
}
