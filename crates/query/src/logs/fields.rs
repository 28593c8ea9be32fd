//! What fields do the log records have, and with which values? Of the newest that match.

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{LogSearch, statement};
use crate::limits::{LOG_FIELD_LINES_MAX, LOG_FIELD_VALUES_MAX, LOG_FIELDS_MAX};
use crate::prepare::prepare;
use crate::{QueryError, Scope};

/// The fields of log records.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LogFieldsAnswer {
    /// Records that were looked at: the newest that match, and no more than a limit.
    pub lines: u64,
    /// Those with a column of their own first, then attributes, the most frequent first.
    pub fields: Vec<LogField>,
}

/// One field, by the name that a search takes.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LogField {
    pub name: String,
    /// Records that have it.
    pub lines: u64,
    /// How many different values it has; about right when there are many.
    pub different: u64,
    /// The most frequent ones.
    pub values: Vec<LogFieldValue>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LogFieldValue {
    pub value: String,
    pub lines: u64,
}

#[derive(Debug, Row, Deserialize)]
struct FieldRow {
    name: String,
    looked_at: u64,
    lines: u64,
    different: u64,
    values: Vec<(String, u64)>,
}

pub async fn log_fields(store: &Store, scope: &Scope, search: &LogSearch) -> Result<LogFieldsAnswer, QueryError> {
    let sql = statement(include_str!("fields.sql"), scope, search);
    let rows: Vec<FieldRow> = search
        .bind(scope.bind(prepare(store, &sql)))
        .param("lines", LOG_FIELD_LINES_MAX)
        .param("fields", LOG_FIELDS_MAX)
        .param("values", LOG_FIELD_VALUES_MAX)
        .fetch_all()
        .await?;
    let lines = rows.first().map_or(0, |row| row.looked_at);
    let fields = rows.into_iter().map(|row| LogField {
        name: row.name,
        lines: row.lines,
        different: row.different,
        values: row.values.into_iter().map(|(value, lines)| LogFieldValue { value, lines }).collect(),
    });
    Ok(LogFieldsAnswer { lines, fields: fields.collect() })
}
