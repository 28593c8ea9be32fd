//! The requests that the pages of one session made.

use clickhouse::Row;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{id_or_none, text_or_none};
use crate::Time;
use crate::time::millis;

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
    has_backend: u8,
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
            has_backend: row.has_backend != 0,
        }
    }
}
