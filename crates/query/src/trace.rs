//! Where did the time go? One trace as a tree from the navigation or click to the last service and back to the paint.

mod marks;
mod own_time;
mod spans;
pub(crate) mod tree;

use std::collections::BTreeMap;

use clickhouse::Row;
use limen_model::{AppId, TraceId};
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use marks::Mark;
pub use own_time::ServiceTime;
pub use spans::{DatabaseCall, HttpCall, Side, SpanEvent, SpanKind, SpanStatus, TraceSpan};

use crate::limits::{TRACE_LOGS_MAX, TRACE_SPANS_MAX, TRACE_VIEWS_MAX};
use crate::prepare::prepare;
use crate::scope::clipped;
use crate::{QueryError, ScopeError, Time};

/// One trace of browser and services in one tree.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TraceAnswer {
    pub trace_id: String,
    /// Start of the first span; what `offset` counts from everywhere below.
    pub start: Time,
    /// From the start of the first span to the end of the last, in milliseconds.
    pub duration: f64,
    /// The services in the order in which they first appear.
    pub services: Vec<ServiceTime>,
    /// In the order of the tree: every span stands before its children, siblings by their start.
    pub spans: Vec<TraceSpan>,
    /// Paints and other moments of the views that this trace loaded.
    pub marks: Vec<Mark>,
    /// By time.
    pub logs: Vec<LogLine>,
    /// Spans whose parent is not in the trace (or is their own descendant); they stand at the root of the tree.
    pub missing_parents: u64,
    /// Whether there are more spans or logs than the limit, so that some are not shown.
    pub truncated: bool,
    /// The session it belongs to; null when no browser reported into it.
    pub session_id: Option<String>,
}

/// A log record written inside the trace.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LogLine {
    pub time: Time,
    /// Milliseconds from the start of the trace; negative when the log is earlier.
    pub offset: f64,
    /// As the sender wrote it; empty when it wrote none.
    pub severity: String,
    /// OTLP's number: 1 to 24, 0 when unknown; 17 and above are errors.
    pub severity_number: u8,
    pub body: String,
    pub service: String,
    pub span_id: Option<String>,
    pub attributes: BTreeMap<String, String>,
}

#[derive(Debug, Row, Deserialize)]
struct LogRow {
    time_nano: i64,
    severity_text: String,
    severity_number: u8,
    body: String,
    service: String,
    span: String,
    attributes: Vec<(String, String)>,
}

pub async fn trace(store: &Store, app: &AppId, id: &str) -> Result<TraceAnswer, QueryError> {
    let id = TraceId::from_hex(id).map_err(|_| ScopeError::Id { what: "trace", value: clipped(id) })?.to_string();
    let ask = |sql: &str, limit: u32| {
        prepare(store, sql).param("app", app.as_str()).param("trace", &id).param("limit", limit)
    };
    // One span more than the limit tells that there are more.
    let mut spans: Vec<spans::SpanRow> = ask(include_str!("trace.sql"), TRACE_SPANS_MAX + 1).fetch_all().await?;
    let views: Vec<marks::ViewRow> = ask(include_str!("trace_views.sql"), TRACE_VIEWS_MAX).fetch_all().await?;
    let mut logs: Vec<LogRow> = ask(include_str!("trace_logs.sql"), TRACE_LOGS_MAX + 1).fetch_all().await?;
    let truncated = spans.len() > TRACE_SPANS_MAX as usize || logs.len() > TRACE_LOGS_MAX as usize;
    spans.truncate(TRACE_SPANS_MAX as usize);
    logs.truncate(TRACE_LOGS_MAX as usize);
    let starts = spans.iter().map(|span| span.start()).chain(views.iter().map(|view| view.start()));
    let starts = starts.chain(logs.iter().map(|log| Time(log.time_nano)));
    // A trace can be known by its logs or its view only; then there is no span to count from.
    let Some(first) = spans.first().map(|span| span.start()).or_else(|| starts.min()) else {
        return Err(QueryError::NotFound { what: "trace", id, app: app.to_string() });
    };
    Ok(assemble(id, first, spans, &views, logs, truncated))
}

fn assemble(
    trace_id: String,
    start: Time,
    mut spans: Vec<spans::SpanRow>,
    views: &[marks::ViewRow],
    logs: Vec<LogRow>,
    truncated: bool,
) -> TraceAnswer {
    let tree = tree::build(&spans.iter().map(spans::SpanRow::link).collect::<Vec<_>>());
    let end = spans.iter().map(spans::SpanRow::end).max().unwrap_or(start);
    let session_of_spans = spans.iter().map(|span| &span.session_id).find(|id| !id.is_empty());
    let session_id = session_of_spans.or_else(|| views.first().map(|view| &view.session_id)).cloned();
    let services = own_time::by_service(&tree, &spans);
    let placed = tree.places.iter().map(|place| {
        let parent_id = place.parent.map(|parent| spans[parent].span.clone());
        (place.span, place.depth, place.parent_missing, parent_id)
    });
    let placed: Vec<_> = placed.collect();
    let spans = placed.into_iter().map(|(index, depth, parent_missing, parent_id)| {
        std::mem::take(&mut spans[index]).into_span(start, depth, parent_id, parent_missing)
    });
    TraceAnswer {
        trace_id,
        start,
        duration: end.millis_since(start),
        services,
        spans: spans.collect(),
        marks: marks::of_views(start, views),
        logs: logs.into_iter().map(|row| log_line(start, row)).collect(),
        missing_parents: tree.places.iter().filter(|place| place.parent_missing).count() as u64,
        truncated,
        session_id: session_id.filter(|id| !id.is_empty()),
    }
}

fn log_line(trace_start: Time, row: LogRow) -> LogLine {
    LogLine {
        time: Time(row.time_nano),
        offset: Time(row.time_nano).millis_since(trace_start),
        severity: row.severity_text,
        severity_number: row.severity_number,
        body: row.body,
        service: row.service,
        span_id: (!row.span.bytes().all(|digit| digit == b'0')).then_some(row.span),
        attributes: row.attributes.into_iter().collect(),
    }
}
