//! What did the services and pages write? Newest first, those that match a search, with what surrounds one line.

mod context;
mod fields;
mod level;
mod search;
mod series;

use std::collections::BTreeMap;

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{LIST_ROWS_MAX, LOG_TAIL_OVERLAP};
use crate::prepare::prepare;
use crate::{Cursor, QueryError, Scope, ScopeError, Time};

pub use context::{LogContextAnswer, log_context};
pub use fields::{LogField, LogFieldValue, LogFieldsAnswer, log_fields};
pub use level::Level;
pub use search::LogSearch;
pub use series::{LogPoint, LogSeriesAnswer, log_series};

/// One page of the list of log records.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LogsAnswer {
    /// Newest first.
    pub logs: Vec<LogItem>,
    /// Give it as `cursor` to read on; null at the end of the list.
    pub next_cursor: Option<String>,
    /// Give it as `since` to get what comes in from now on. Some of what was given may be given again: `id` tells.
    pub next_since: String,
}

/// One log record.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LogItem {
    /// The same for the same record, however often it was sent.
    pub id: String,
    pub time: Time,
    pub level: Level,
    /// The level as it was sent; empty when it was not.
    pub severity_text: String,
    /// Empty for a record that is no event.
    pub event_name: String,
    pub body: String,
    /// Empty when unknown.
    pub service: String,
    pub release: String,
    pub environment: String,
    /// The instrumentation scope, which many SDKs fill with the logger's name.
    pub scope_name: String,
    pub trace_id: Option<String>,
    pub span_id: Option<String>,
    pub session_id: Option<String>,
    pub attributes: BTreeMap<String, String>,
    pub resource: BTreeMap<String, String>,
}

#[derive(Debug, Row, Deserialize)]
struct LogRow {
    time_nano: i64,
    received_nano: i64,
    log_id: u64,
    severity_number: u8,
    severity_text: String,
    event_name: String,
    body: String,
    service: String,
    release: String,
    environment: String,
    scope_name: String,
    trace: String,
    span: String,
    session_id: String,
    attributes: Vec<(String, String)>,
    resource: Vec<(String, String)>,
}

/// What is read of a log record, for `LogRow`.
const COLUMNS: &str = "toUnixTimestamp64Nano(time) AS time_nano, toUnixTimestamp64Nano(received) AS received_nano, log_id, \
    severity_number, severity_text, event_name, body, service, release, environment, scope_name, \
    lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span, session_id, attributes, resource";

/// `since`: only what was received after that moment, which `next_since` of the answer before gave.
pub async fn logs(
    store: &Store,
    scope: &Scope,
    search: &LogSearch,
    cursor: &Cursor,
    since: Option<&str>,
    limit: u32,
) -> Result<LogsAnswer, QueryError> {
    if !(1..=LIST_ROWS_MAX).contains(&limit) {
        return Err(ScopeError::Limit { max: LIST_ROWS_MAX }.into());
    }
    let since = since.map_or(Ok(0), |text| {
        text.parse::<i64>().map_err(|_| ScopeError::Cursor { value: crate::scope::clipped(text) })
    })?;
    let sql = statement(include_str!("logs/logs.sql"), scope, search);
    let mut rows: Vec<LogRow> = search
        .bind(scope.bind(prepare(store, &sql)))
        .param("since", since)
        .param("cursor_start", cursor.start())
        .param("cursor_id", cursor.id())
        // One more than asked for tells whether the list goes on.
        .param("limit", limit + 1)
        .fetch_all()
        .await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let newest = rows.iter().map(|row| row.received_nano - LOG_TAIL_OVERLAP.as_nanos() as i64).max();
    let next_since = newest.unwrap_or_default().max(since).to_string();
    let logs: Vec<LogItem> = rows.into_iter().map(LogItem::from).collect();
    let next_cursor = logs.last().filter(|_| more).map(|last| Cursor::after(last.time, &last.id));
    Ok(LogsAnswer { logs, next_cursor, next_since })
}

fn statement(sql: &str, scope: &Scope, search: &LogSearch) -> String {
    let conditions = format!("{}{}", scope.log_conditions(), search.conditions());
    sql.replace("{columns}", COLUMNS).replace("{filters}", &conditions)
}

impl From<LogRow> for LogItem {
    fn from(row: LogRow) -> Self {
        let text = |text: String| (!text.is_empty()).then_some(text);
        // An id of zeros stands for none.
        let id = |id: String| id.bytes().any(|digit| digit != b'0').then_some(id);
        Self {
            id: row.log_id.to_string(),
            time: Time(row.time_nano),
            level: Level::of(row.severity_number),
            severity_text: row.severity_text,
            event_name: row.event_name,
            body: row.body,
            service: row.service,
            release: row.release,
            environment: row.environment,
            scope_name: row.scope_name,
            trace_id: id(row.trace),
            span_id: id(row.span),
            session_id: text(row.session_id),
            attributes: row.attributes.into_iter().collect(),
            resource: row.resource.into_iter().collect(),
        }
    }
}
