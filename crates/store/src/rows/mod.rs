//! How a record becomes a row: the columns of each table in order, beside the code that writes them.

mod events;
mod logs;
mod metrics;
mod spans;
mod views;

use limen_model::enriched::EnrichedBatch;

use crate::encode::RowWriter;

/// A record that has a table. `COLUMNS` and `write` name the same columns in the same order; the round-trip test of
/// each table would fail if they did not.
pub trait Row {
    const TABLE: &'static str;
    const COLUMNS: &'static [&'static str];

    fn write(&self, batch: &EnrichedBatch<'_>, out: &mut RowWriter);
}

/// The statement that the rows of `R` are inserted with.
pub fn insert_statement<R: Row>() -> String {
    format!("INSERT INTO {} ({}) FORMAT RowBinary", R::TABLE, R::COLUMNS.join(", "))
}
