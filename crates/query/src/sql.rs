//! Free questions: one SELECT over Limen's own tables, read-only, within limits.
//!
//! Two fences stand around it. The statement is parsed by the engine itself and its tree is looked through (`fence.rs`): nothing but
//! reading, no table of others, no function that reaches outside. Then it runs read-only, as a subquery of ours, with limits
//! that it cannot change.

mod fence;

use std::time::Instant;

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{SQL_ANSWER_BYTES_MAX, SQL_BYTES_MAX, SQL_MEMORY_BYTES_MAX, SQL_ROWS_MAX, SQL_SECONDS_MAX};
use crate::{QueryError, ScopeError};

/// What a statement says.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SqlAnswer {
    pub columns: Vec<SqlColumn>,
    /// Each with a value for each column, as ClickHouse writes it in JSON; integers of 64 bits are texts.
    #[schema(value_type = Vec<Vec<Object>>)]
    pub rows: Vec<Vec<serde_json::Value>>,
    /// Whether there are more than these.
    pub more: bool,
    /// How long the engine took, in milliseconds.
    pub took: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SqlColumn {
    pub name: String,
    /// In ClickHouse's words.
    pub r#type: String,
}

/// What can be asked about.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SqlTablesAnswer {
    pub tables: Vec<SqlTable>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SqlTable {
    pub name: String,
    pub columns: Vec<SqlColumn>,
}

#[derive(Debug, Row, Deserialize)]
struct ColumnRow {
    table: String,
    name: String,
    kind: String,
}

#[derive(Deserialize)]
struct Document {
    meta: Vec<SqlColumn>,
    data: Vec<Vec<serde_json::Value>>,
}

/// Asks one SELECT; more rows than `limit` are left out.
pub async fn sql(store: &Store, text: &str, limit: u32) -> Result<SqlAnswer, QueryError> {
    if !(1..=SQL_ROWS_MAX).contains(&limit) {
        return Err(ScopeError::Limit { max: SQL_ROWS_MAX }.into());
    }
    if text.len() > SQL_BYTES_MAX {
        return Err(ScopeError::SqlTooLong { max: SQL_BYTES_MAX }.into());
    }
    let text = text.trim().trim_end_matches(';');
    // On lines of its own, so that no comment of it hides our part.
    let whole = format!("SELECT * FROM (\n{text}\n) LIMIT {}", limit + 1);
    let tree: Vec<String> = read_only(store, &format!("EXPLAIN AST {whole}")).fetch_all().await.map_err(refused)?;
    fence::check(&tree)?;
    let began = Instant::now();
    let mut bytes = read_only(store, &whole).fetch_bytes("JSONCompact").map_err(refused)?;
    let mut answer = Vec::new();
    while let Some(part) = bytes.next().await.map_err(refused)? {
        answer.extend_from_slice(&part);
        if answer.len() > SQL_ANSWER_BYTES_MAX {
            return Err(QueryError::TooLarge);
        }
    }
    let took = began.elapsed().as_secs_f64() * 1000.0;
    let document: Document =
        serde_json::from_slice(&answer).map_err(|error| ScopeError::Sql { told: error.to_string() })?;
    let more = document.data.len() > limit as usize;
    let rows = document.data.into_iter().take(limit as usize).collect();
    Ok(SqlAnswer { columns: document.meta, rows, more, took })
}

/// The tables and their columns.
pub async fn sql_tables(store: &Store) -> Result<SqlTablesAnswer, QueryError> {
    let statement = "SELECT table, name, type AS kind FROM system.columns \
         WHERE database = currentDatabase() AND table IN {tables:Array(String)} ORDER BY table, position";
    let query = crate::prepare::prepare(store, statement).param("tables", &fence::TABLES[..]);
    let mut tables: Vec<SqlTable> = Vec::new();
    for row in query.fetch_all::<ColumnRow>().await? {
        let column = SqlColumn { name: row.name, r#type: row.kind };
        match tables.last_mut().filter(|table| table.name == row.table) {
            Some(table) => table.columns.push(column),
            None => tables.push(SqlTable { name: row.table, columns: vec![column] }),
        }
    }
    Ok(SqlTablesAnswer { tables })
}

fn read_only(store: &Store, text: &str) -> clickhouse::query::Query {
    // The client reads a question mark as a place for a value; two are one.
    let text = text.replace('?', "??");
    store
        .client()
        .query(&text)
        .with_setting("readonly", "1")
        .with_setting("max_execution_time", SQL_SECONDS_MAX.to_string())
        .with_setting("max_memory_usage", SQL_MEMORY_BYTES_MAX.to_string())
        .with_setting("max_result_bytes", SQL_ANSWER_BYTES_MAX.to_string())
        .with_setting("output_format_json_quote_64bit_integers", "1")
        .with_setting("output_format_json_quote_denormals", "1")
}

/// What the engine says about a statement is for whom wrote it.
fn refused(error: clickhouse::error::Error) -> QueryError {
    match error {
        clickhouse::error::Error::BadResponse(told) if !told.contains("Could not read columns header") => {
            let told = told.split("Stack trace").next().unwrap_or_default();
            ScopeError::Sql { told: told.chars().take(600).collect() }.into()
        }
        other => other.into(),
    }
}
