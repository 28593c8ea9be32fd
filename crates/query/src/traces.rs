//! Which traces are there? Newest first.

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{LIST_ROWS_MAX, TRACE_LENGTH_MAX};
use crate::newest::{Look, looks};
use crate::prepare::prepare;
use crate::{Cursor, QueryError, Scope, ScopeError, Time};

/// One page of the list of traces.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TracesAnswer {
    /// Newest first.
    pub traces: Vec<TraceSummary>,
    /// Give it as `cursor` to read on; null at the end of the list.
    pub next_cursor: Option<String>,
}

/// One trace as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TraceSummary {
    pub trace_id: String,
    /// Start of its first span.
    pub start: Time,
    /// From the start of the first span to the end of the last, in milliseconds.
    pub duration: f64,
    /// Name of the earliest span without a parent.
    pub root_name: String,
    /// Service of that span; empty when unknown.
    pub root_service: String,
    /// Names of the services that reported into it, sorted.
    pub services: Vec<String>,
    pub spans: u64,
    /// Spans with the status "error".
    pub errors: u64,
    /// The session it belongs to; null when no browser reported into it.
    pub session_id: Option<String>,
    /// Route of the page it began on; null when no browser reported into it.
    pub route: Option<String>,
}

#[derive(Debug, Row, Deserialize)]
struct TraceRow {
    trace: String,
    start_nano: i64,
    end_nano: i64,
    root_name: String,
    root_service: String,
    trace_services: Vec<String>,
    span_count: u64,
    error_count: u64,
    trace_session_id: String,
    trace_route: String,
}

pub async fn traces(store: &Store, scope: &Scope, cursor: &Cursor, limit: u32) -> Result<TracesAnswer, QueryError> {
    if !(1..=LIST_ROWS_MAX).contains(&limit) {
        return Err(ScopeError::Limit { max: LIST_ROWS_MAX }.into());
    }
    let mut rows: Vec<TraceRow> = Vec::new();
    for Look { scope, start_min } in looks(scope, cursor, TRACE_LENGTH_MAX) {
        let sql = include_str!("traces.sql").replace("{filters}", &scope.span_conditions());
        rows = scope
            .bind(prepare(store, &sql))
            .param("start_min", start_min)
            .param("cursor_start", cursor.start())
            .param("cursor_id", cursor.id())
            // One more than asked for tells whether the list goes on.
            .param("limit", limit + 1)
            .fetch_all()
            .await?;
        if rows.len() > limit as usize {
            break;
        }
    }
    let mut traces: Vec<TraceSummary> = rows.into_iter().map(summary).collect();
    let more = traces.len() > limit as usize;
    traces.truncate(limit as usize);
    let next_cursor = traces.last().filter(|_| more).map(|last| Cursor::after(last.start, &last.trace_id));
    Ok(TracesAnswer { traces, next_cursor })
}

fn summary(row: TraceRow) -> TraceSummary {
    let text = |text: String| (!text.is_empty()).then_some(text);
    TraceSummary {
        trace_id: row.trace,
        start: Time(row.start_nano),
        duration: Time(row.end_nano).millis_since(Time(row.start_nano)),
        root_name: row.root_name,
        root_service: row.root_service,
        services: row.trace_services,
        spans: row.span_count,
        errors: row.error_count,
        session_id: text(row.trace_session_id),
        route: text(row.trace_route),
    }
}
