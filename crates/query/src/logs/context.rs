//! What did the same service write just before and just after one line?

use limen_model::AppId;
use limen_store::Store;
use serde::Serialize;
use utoipa::ToSchema;

use super::{COLUMNS, LogItem, LogRow};
use crate::limits::{LOG_CONTEXT_LENGTH_MAX, LOG_CONTEXT_LINES};
use crate::prepare::prepare;
use crate::scope::clipped;
use crate::{QueryError, ScopeError, Time};

/// A log record and its neighbours.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LogContextAnswer {
    /// In the order in which they were written; the record itself is among them.
    pub logs: Vec<LogItem>,
    /// The place of the record in `logs`.
    pub at: u32,
}

/// `time` and `id` name a record, `service` whose lines are wanted.
pub async fn log_context(
    store: &Store,
    app: &AppId,
    service: &str,
    time: Time,
    id: &str,
) -> Result<LogContextAnswer, QueryError> {
    let number: u64 = id.parse().map_err(|_| ScopeError::Id { what: "log record", value: clipped(id) })?;
    let sql = include_str!("context.sql").replace("{columns}", COLUMNS);
    let rows: Vec<LogRow> = prepare(store, &sql)
        .param("app", app.as_str())
        .param("service", service)
        .param("time", time.0)
        .param("id", number)
        .param("length", LOG_CONTEXT_LENGTH_MAX.as_nanos() as i64)
        .param("limit", LOG_CONTEXT_LINES + 1)
        .fetch_all()
        .await?;
    let at = rows.iter().position(|row| row.time_nano == time.0 && row.log_id == number);
    let missing = || QueryError::NotFound { what: "log record", id: clipped(id), app: app.to_string() };
    let at = at.and_then(|at| u32::try_from(at).ok()).ok_or_else(missing)?;
    Ok(LogContextAnswer { logs: rows.into_iter().map(LogItem::from).collect(), at })
}
