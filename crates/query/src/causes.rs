//! Why is it as it is? What the views of a range spent their time on, which elements and requests it was, what broke, and
//! when people come.

use clickhouse::Row;
use limen_model::attributes::REQUEST_ABORTED;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{CAUSE_MESSAGE_LENGTH_MAX, CAUSES_MAX, VIEW_LENGTH_MAX};
use crate::prepare::prepare_scoped;
use crate::scope::Range;
use crate::{Metric, QueryError, Scope, Time};

/// The causes behind the figures of a range.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CausesAnswer {
    pub range: Range,
    /// Parts of loading, of LCP and of INP, in the order in which they happen. Those that no view has are not there.
    /// Percentiles of parts do not add up to that of the whole.
    pub parts: Vec<Part>,
    /// Elements that LCP, INP and CLS are blamed on, those with most poor views first; at most 20 for each vital.
    pub targets: Vec<Target>,
    /// Requests inside the views, those that people waited longest for in total first; at most 20.
    pub requests: Vec<RequestGroup>,
    /// Errors inside the views, those that most sessions met first; at most 20.
    pub errors: Vec<ErrorGroup>,
    /// Hours of UTC in which a view began.
    pub hours: Vec<Hour>,
}

/// One part of what a view spends its time on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Part {
    /// Of loading `redirect`, `worker`, `dns`, `tcp`, `tls`, `request` (until the server's first byte), `response`,
    /// `dom_processing`, `load`; of LCP `lcp_resource_load_delay`, `lcp_resource_load_duration`, `lcp_element_render_delay`;
    /// of INP `inp_input_delay`, `inp_processing_duration`, `inp_presentation_delay`.
    pub part: String,
    /// Views that have it, as they are stored (not weighted).
    pub n: u64,
    /// The weighted median, in milliseconds.
    pub p50: f64,
    /// The weighted 75th percentile, in milliseconds.
    pub p75: f64,
}

/// One element of the page, and how its vital is where it was to blame.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Target {
    /// `lcp`, `inp` or `cls`.
    pub metric: String,
    /// The element as a selector; empty where the browser did not say.
    pub target: String,
    /// For LCP the address of the resource without its query, for INP the kind of event; else empty.
    pub detail: String,
    /// Views, as they are stored (not weighted).
    pub n: u64,
    /// Weighted number of views.
    pub views: f64,
    /// The weighted 75th percentile; milliseconds but for cls.
    pub p75: f64,
    /// Weighted share of poor views, 0 to 1.
    pub poor: f64,
}

/// Requests that ask for the same.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RequestGroup {
    pub method: String,
    /// The template of the address where there is one, else host and path.
    pub what: String,
    /// Requests, as they are stored (not weighted).
    pub n: u64,
    /// Weighted number of requests.
    pub requests: f64,
    /// The weighted median, in milliseconds.
    pub p50: f64,
    /// The weighted 75th percentile, in milliseconds.
    pub p75: f64,
    /// How long all of them took together, weighted, in milliseconds.
    pub waited: f64,
    /// Weighted share of those that failed, 0 to 1; those that the page called off are not failures.
    pub failed: f64,
}

/// Errors of one type with one message.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorGroup {
    pub error_type: String,
    /// Its first 300 characters.
    pub message: String,
    /// Errors, as they are stored (not weighted).
    pub n: u64,
    /// Weighted number of errors.
    pub errors: f64,
    /// Weighted number of sessions that met it.
    pub sessions: f64,
    pub last: Time,
}

/// The views that began in one hour.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Hour {
    pub time: Time,
    /// Weighted number of views.
    pub views: f64,
    /// Weighted number of views with at least one error.
    pub with_error: f64,
}

/// As the columns stand in `phases.sql`.
const PARTS: [&str; 15] = [
    "redirect",
    "worker",
    "dns",
    "tcp",
    "tls",
    "request",
    "response",
    "dom_processing",
    "load",
    "lcp_resource_load_delay",
    "lcp_resource_load_duration",
    "lcp_element_render_delay",
    "inp_input_delay",
    "inp_processing_duration",
    "inp_presentation_delay",
];

#[derive(Debug, Row, Deserialize)]
struct PartRow {
    part: String,
    n: u64,
    p50: f64,
    p75: f64,
}

#[derive(Debug, Row, Deserialize)]
struct TargetRow {
    metric: String,
    target: String,
    detail: String,
    n: u64,
    views: f64,
    p75: f64,
    poor: f64,
}

#[derive(Debug, Row, Deserialize)]
struct RequestRow {
    http_method: String,
    what: String,
    n: u64,
    requests: f64,
    p50: f64,
    p75: f64,
    waited: f64,
    failed: f64,
}

#[derive(Debug, Row, Deserialize)]
struct ErrorRow {
    r#type: String,
    message: String,
    n: u64,
    errors: f64,
    sessions: f64,
    last_nano: i64,
}

#[derive(Debug, Row, Deserialize)]
struct HourRow {
    hour: u32,
    views: f64,
    with_error: f64,
}

pub async fn causes(store: &Store, scope: &Scope) -> Result<CausesAnswer, QueryError> {
    let ask = |sql: &str| prepare_scoped(store, sql, scope).param("limit", CAUSES_MAX);
    // What happens inside a view may happen after the range in which the view began.
    let inside_to = scope.range.to.0.saturating_add(VIEW_LENGTH_MAX.as_nanos() as i64);
    let parts: Vec<PartRow> =
        ask(include_str!("causes/phases.sql")).param("parts", PARTS.as_slice()).fetch_all().await?;
    let poor_min = [Metric::Lcp, Metric::Inp, Metric::Cls].map(|metric| metric.thresholds().poor).to_vec();
    let targets: Vec<TargetRow> =
        ask(include_str!("causes/targets.sql")).param("poor_min", poor_min).fetch_all().await?;
    let requests: Vec<RequestRow> = ask(include_str!("causes/requests.sql"))
        .param("inside_to", inside_to)
        .param("aborted", REQUEST_ABORTED)
        .fetch_all()
        .await?;
    let errors: Vec<ErrorRow> = ask(include_str!("causes/errors.sql"))
        .param("inside_to", inside_to)
        .param("message_length", CAUSE_MESSAGE_LENGTH_MAX)
        .fetch_all()
        .await?;
    let hours: Vec<HourRow> = ask(include_str!("causes/hours.sql")).fetch_all().await?;
    Ok(CausesAnswer {
        range: scope.range,
        parts: in_order(parts),
        targets: targets.into_iter().map(target).collect(),
        requests: requests.into_iter().map(request).collect(),
        errors: errors.into_iter().map(error).collect(),
        hours: hours.into_iter().map(hour).collect(),
    })
}

fn in_order(mut rows: Vec<PartRow>) -> Vec<Part> {
    rows.sort_by_key(|row| PARTS.iter().position(|part| *part == row.part));
    rows.into_iter().map(|PartRow { part, n, p50, p75 }| Part { part, n, p50, p75 }).collect()
}

fn target(row: TargetRow) -> Target {
    let TargetRow { metric, target, detail, n, views, p75, poor } = row;
    Target { metric, target, detail, n, views, p75, poor }
}

fn request(row: RequestRow) -> RequestGroup {
    let RequestRow { http_method: method, what, n, requests, p50, p75, waited, failed } = row;
    RequestGroup { method, what, n, requests, p50, p75, waited, failed }
}

fn error(row: ErrorRow) -> ErrorGroup {
    let ErrorRow { r#type: error_type, message, n, errors, sessions, last_nano } = row;
    ErrorGroup { error_type, message, n, errors, sessions, last: Time(last_nano) }
}

fn hour(row: HourRow) -> Hour {
    Hour { time: Time(i64::from(row.hour) * 1_000_000_000), views: row.views, with_error: row.with_error }
}
