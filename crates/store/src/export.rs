//! Everything there is of a person, row by row, as lines of JSON under the names of OpenTelemetry.

use bytes::Bytes;
use clickhouse::query::BytesCursor;
use limen_model::attributes as names;

use crate::person::{Ids, Subject, rows_of};
use crate::{Store, StoreError, Table};

/// The rows of one table after the other. Dropping it ends the query.
pub struct Export {
    store: Store,
    subject: Subject,
    tables: std::vec::IntoIter<Table>,
    rows: Option<BytesCursor>,
}

impl Store {
    /// Nothing is asked before the first piece is taken.
    pub fn export(&self, subject: Subject) -> Export {
        Export { store: self.clone(), subject, tables: TABLES.to_vec().into_iter(), rows: None }
    }
}

/// What people know first, first.
const TABLES: [Table; 5] = [Table::Views, Table::Events, Table::Spans, Table::Logs, Table::Metrics];

impl Export {
    /// The next piece of the text, which may end inside a line; nothing at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, StoreError> {
        loop {
            if let Some(rows) = &mut self.rows {
                match rows.next().await? {
                    Some(piece) => return Ok(Some(piece)),
                    None => self.rows = None,
                }
            }
            let Some(table) = self.tables.next() else { return Ok(None) };
            let query = self.store.client().query(&rows_sql(table, &self.subject));
            let rows = query
                .param("app", self.subject.app.as_str())
                .param("id", self.subject.id.as_str())
                .with_setting("date_time_output_format", "iso")
                // As OTLP's JSON does: a double keeps 53 bits only.
                .with_setting("output_format_json_quote_64bit_integers", "1")
                .with_setting("output_format_json_quote_denormals", "1")
                // What is held in memory is a few blocks of rows, however many there are.
                .with_setting("max_threads", "1")
                .fetch_bytes("JSONEachRow")?;
            self.rows = Some(rows);
        }
    }
}

fn rows_sql(table: Table, subject: &Subject) -> String {
    let columns: Vec<String> = table.columns().iter().map(|column| written(table, column.name)).collect();
    format!(
        "SELECT '{table}' AS `table`, {columns} FROM (SELECT * FROM {table} FINAL WHERE app = {{app:String}} AND ({rows}))",
        table = table.name(),
        columns = columns.join(", "),
        rows = rows_of(table, subject.kind, Ids::Asked),
    )
}

/// A column under its name in the export, ids in hexadecimal digits.
fn written(table: Table, column: &str) -> String {
    let value = match column {
        "trace_id" => format!("nullIf(lower(hex({column})), repeat('0', 32))"),
        "span_id" | "parent_span_id" => format!("nullIf(lower(hex({column})), repeat('0', 16))"),
        "link_trace_ids" | "link_span_ids" | "exemplar_trace_ids" | "exemplar_span_ids" => {
            format!("arrayMap(id -> lower(hex(id)), {column})")
        }
        _ => column.to_owned(),
    };
    format!("{value} AS `{}`", name(table, column))
}

/// What OpenTelemetry or the agent calls it, else the column's own name.
fn name(table: Table, column: &str) -> &str {
    match column {
        "session_id" => names::SESSION_ID,
        "view_id" => names::VIEW_ID,
        "event_id" => names::EVENT_ID,
        "user_id" => names::USER_ID,
        "service" => names::SERVICE_NAME,
        "release" => names::SERVICE_VERSION,
        "environment" => names::DEPLOYMENT_ENVIRONMENT,
        "language" => names::BROWSER_LANGUAGE,
        "network" => names::NETWORK_TYPE,
        "screen_width" => names::SCREEN_WIDTH,
        "screen_height" => names::SCREEN_HEIGHT,
        "url" if matches!(table, Table::Views | Table::Events) => names::DOCUMENT_URL,
        "url" => names::URL_FULL,
        "url_template" => names::URL_TEMPLATE,
        "http_method" => names::HTTP_METHOD,
        "http_status" => names::HTTP_STATUS,
        "server_address" => names::SERVER_ADDRESS,
        "db_system" => names::DB_SYSTEM,
        "db_statement" => names::DB_STATEMENT,
        "error_type" => names::ERROR_TYPE,
        "exception_type" => names::EXCEPTION_TYPE,
        "exception_message" => names::EXCEPTION_MESSAGE,
        "exception_stacktrace" => names::EXCEPTION_STACKTRACE,
        "exception_handled" => names::EXCEPTION_HANDLED,
        other if table == Table::Views => name_of_view(other),
        other => other,
    }
}

fn name_of_view(column: &str) -> &str {
    match column {
        "version" => names::VIEW_VERSION,
        "kind" => names::VIEW_KIND,
        "route" => names::VIEW_NAME,
        "referrer" => names::VIEW_REFERRER,
        "navigation_type" => names::VIEW_NAVIGATION_TYPE,
        "lcp" => names::VIEW_LCP,
        "inp" => names::VIEW_INP,
        "cls" => names::VIEW_CLS,
        "fcp" => names::VIEW_FCP,
        "ttfb" => names::VIEW_TTFB,
        "load_time" => names::VIEW_LOAD_TIME,
        "transition_time" => names::VIEW_TRANSITION_TIME,
        "blocking_time" => names::VIEW_BLOCKING_TIME,
        "duration" => names::VIEW_DURATION,
        "errors" => names::VIEW_ERRORS,
        "requests" => names::VIEW_REQUESTS,
        "failed_requests" => names::VIEW_FAILED_REQUESTS,
        "actions" => names::VIEW_ACTIONS,
        other => other,
    }
}
