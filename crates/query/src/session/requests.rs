//! The requests that the pages of one session made.

use std::collections::HashSet;

use clickhouse::Row;
use clickhouse::query::Query;
use limen_model::AppId;
use limen_model::attributes::REQUEST_ABORTED;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{id_or_none, text_or_none};
use crate::prepare::prepare;
use crate::time::millis;
use crate::{QueryError, Time};

const NO_TRACE: &str = "00000000000000000000000000000000";

/// A request by fetch or XMLHttpRequest.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RequestItem {
    pub view_id: String,
    /// When it began.
    pub time: Time,
    /// Milliseconds.
    pub duration: f64,
    /// Empty when unknown.
    pub method: String,
    pub url: String,
    /// Template of the URL's path; empty when unknown.
    pub template: String,
    /// Null when there was no answer.
    pub status: Option<u16>,
    /// Class of the failure; null when it went well.
    pub error_type: Option<String>,
    /// Whether the page aborted it.
    pub aborted: bool,
    pub trace_id: Option<String>,
    pub span_id: Option<String>,
    /// Whether another service has reported into its trace.
    pub has_backend: bool,
}

#[derive(Debug, Row, Deserialize)]
pub(super) struct RequestRow {
    view_id: String,
    start_nano: i64,
    duration_nano: u64,
    http_method: String,
    url: String,
    url_template: String,
    http_status: u16,
    error_type: String,
    aborted: u8,
    trace: String,
    span: String,
}

/// The requests of a session, at most `limit`.
pub(super) async fn requests(
    store: &Store,
    ask: impl Fn(&str) -> Query,
    app: &AppId,
) -> Result<Vec<RequestItem>, QueryError> {
    let query = ask(include_str!("../session_requests.sql"));
    let rows: Vec<RequestRow> = query.param("aborted", REQUEST_ABORTED).fetch_all().await?;
    let traces: Vec<&str> = rows.iter().map(|row| row.trace.as_str()).filter(|trace| *trace != NO_TRACE).collect();
    let backends: HashSet<String> = match traces.is_empty() {
        true => HashSet::new(),
        false => {
            let query = prepare(store, include_str!("../session_backends.sql"));
            let query = query.param("app", app.as_str()).param("traces", traces);
            query.fetch_all::<String>().await?.into_iter().collect()
        }
    };
    let item = |row: RequestRow| {
        let has_backend = backends.contains(&row.trace);
        RequestItem { has_backend, ..row.into() }
    };
    Ok(rows.into_iter().map(item).collect())
}

impl From<RequestRow> for RequestItem {
    fn from(row: RequestRow) -> Self {
        RequestItem {
            view_id: row.view_id,
            time: Time(row.start_nano),
            duration: millis(row.duration_nano.into()),
            method: row.http_method,
            url: row.url,
            template: row.url_template,
            status: (row.http_status != 0).then_some(row.http_status),
            error_type: text_or_none(row.error_type),
            aborted: row.aborted != 0,
            trace_id: id_or_none(row.trace),
            span_id: id_or_none(row.span),
            has_backend: false,
        }
    }
}
