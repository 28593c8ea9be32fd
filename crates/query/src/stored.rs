//! What does an application keep in the store, what of it weighs most, and what has more different values than it should?

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{
    ATTRIBUTE_RECORDS_MAX, ATTRIBUTE_VALUES_WARNED, EVENT_NAMES_WARNED, ROUTES_WARNED, USAGE_ROWS_MAX,
};
use crate::prepare::prepare;
use crate::{QueryError, Scope};

/// What is in the store: tables as they are now, the rest in the range.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StoredAnswer {
    pub tables: Vec<StoredTable>,
    /// The most frequent ones first.
    pub events: Vec<StoredEvent>,
    /// Those that weigh most first.
    pub attributes: Vec<StoredAttribute>,
    /// The attributes are those of so many records of each table at most.
    pub attribute_records_max: u64,
    pub warnings: Vec<UsageWarning>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StoredTable {
    /// `views`, `events`, `spans`, `logs` or `metrics`.
    pub table: String,
    pub rows: u64,
    /// On the disk, packed: the share of the table's bytes that the rows are of its rows.
    pub bytes: u64,
}

/// One kind of event.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StoredEvent {
    pub name: String,
    pub rows: u64,
    /// How many these rows stand for: more than there are where sessions are sampled.
    pub stands_for: f64,
    /// On the disk, by its share of the rows of all events.
    pub bytes: u64,
}

/// One attribute that has no column of its own.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StoredAttribute {
    pub table: String,
    pub key: String,
    pub records: u64,
    /// Of keys and values, before they are packed.
    pub bytes: u64,
    /// Different values, about.
    pub values: u64,
}

/// Something with so many different values that questions about it become slow and answers useless.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UsageWarning {
    /// `routes`, `event_names` or `attribute_values`.
    pub kind: String,
    /// The attribute's key; empty for the other kinds.
    pub subject: String,
    pub values: u64,
    /// From so many on it is told.
    pub warned_from: u64,
    /// For people: what to do.
    pub hint: String,
}

#[derive(Debug, Row, Deserialize)]
struct TableRow {
    table: String,
    kept_rows: u64,
    kept_bytes: u64,
}

#[derive(Debug, Row, Deserialize)]
struct EventRow {
    name: String,
    kept: u64,
    stands_for: f64,
}

#[derive(Debug, Row, Deserialize)]
struct AttributeRow {
    table: String,
    key: String,
    records: u64,
    bytes: u64,
    different: u64,
}

#[derive(Debug, Row, Deserialize)]
struct DifferentRow {
    routes: u64,
    event_names: u64,
}

/// The filters of a scope are about views and do not apply.
pub async fn stored(store: &Store, scope: &Scope) -> Result<StoredAnswer, QueryError> {
    let ask = |sql: &str| {
        let query = prepare(store, sql).param("app", scope.app.as_str());
        query.param("from", scope.range.from.0).param("to", scope.range.to.0)
    };
    let (parts, database) = store.parts();
    let tables: Vec<TableRow> = prepare(store, &include_str!("stored.sql").replace("{parts}", &parts))
        .param("app", scope.app.as_str())
        .param("database", database)
        .fetch_all()
        .await?;
    let events: Vec<EventRow> =
        ask(include_str!("stored_events.sql")).param("limit", USAGE_ROWS_MAX).fetch_all().await?;
    let attributes: Vec<AttributeRow> = ask(include_str!("stored_attributes.sql"))
        .param("limit", USAGE_ROWS_MAX)
        .param("sample", ATTRIBUTE_RECORDS_MAX)
        .fetch_all()
        .await?;
    let different: DifferentRow = ask(include_str!("stored_different.sql")).fetch_one().await?;
    let bytes_a_row = tables.iter().find(|row| row.table == "events").map_or(0.0, bytes_a_row);
    let attributes: Vec<StoredAttribute> = attributes.into_iter().map(attribute).collect();
    Ok(StoredAnswer {
        warnings: warnings(&different, &attributes),
        tables: tables.into_iter().map(table).collect(),
        events: events.into_iter().map(|row| event(row, bytes_a_row)).collect(),
        attributes,
        attribute_records_max: ATTRIBUTE_RECORDS_MAX,
    })
}

fn bytes_a_row(row: &TableRow) -> f64 {
    if row.kept_rows == 0 { 0.0 } else { row.kept_bytes as f64 / row.kept_rows as f64 }
}

fn table(row: TableRow) -> StoredTable {
    StoredTable { table: row.table, rows: row.kept_rows, bytes: row.kept_bytes }
}

fn event(row: EventRow, bytes_a_row: f64) -> StoredEvent {
    let bytes = (row.kept as f64 * bytes_a_row) as u64;
    StoredEvent { name: row.name, rows: row.kept, stands_for: row.stands_for, bytes }
}

fn attribute(row: AttributeRow) -> StoredAttribute {
    let AttributeRow { table, key, records, bytes, different } = row;
    StoredAttribute { table, key, records, bytes, values: different }
}

fn warnings(different: &DifferentRow, attributes: &[StoredAttribute]) -> Vec<UsageWarning> {
    let warning = |kind: &str, subject: &str, values, warned_from, hint: &str| UsageWarning {
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        values,
        warned_from,
        hint: hint.to_owned(),
    };
    let routes = (different.routes >= ROUTES_WARNED).then(|| {
        let hint = "name the views by their route, by an adapter of the agent or `view.name`, so that ids in paths do not count";
        warning("routes", "", different.routes, ROUTES_WARNED, hint)
    });
    let names = (different.event_names >= EVENT_NAMES_WARNED).then(|| {
        let hint = "put what differs into an attribute of the event, not into its name";
        warning("event_names", "", different.event_names, EVENT_NAMES_WARNED, hint)
    });
    let values = attributes.iter().filter(|attribute| attribute.values >= ATTRIBUTE_VALUES_WARNED).map(|attribute| {
        let hint = "send it shorter, in classes, or not at all, if nobody asks for single values of it";
        warning("attribute_values", &attribute.key, attribute.values, ATTRIBUTE_VALUES_WARNED, hint)
    });
    routes.into_iter().chain(names).chain(values).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_too_many_values_is_named_with_what_to_do() {
        let attribute = |key: &str, values| StoredAttribute {
            table: "events".to_owned(),
            key: key.to_owned(),
            records: values,
            bytes: values,
            values,
        };
        let quiet = DifferentRow { routes: ROUTES_WARNED - 1, event_names: EVENT_NAMES_WARNED - 1 };
        assert_eq!(warnings(&quiet, &[attribute("plan", ATTRIBUTE_VALUES_WARNED - 1)]), []);
        let loud = DifferentRow { routes: ROUTES_WARNED, event_names: EVENT_NAMES_WARNED };
        let told = warnings(&loud, &[attribute("order", ATTRIBUTE_VALUES_WARNED)]);
        let kinds: Vec<_> = told.iter().map(|warning| (warning.kind.as_str(), warning.subject.as_str())).collect();
        assert_eq!(kinds, [("routes", ""), ("event_names", ""), ("attribute_values", "order")]);
        assert!(told.iter().all(|warning| !warning.hint.is_empty()));
    }
}
