//! How a record becomes a row: the columns of each table in order, beside the code that writes them.

mod events;
mod logs;
mod metrics;
mod spans;
mod views;

use limen_model::enriched::{Dimensions, EnrichedBatch};

use crate::encode::RowWriter;
use crate::native::Kind;

/// A column that is written.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
}

impl Column {
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind }
    }
}

/// A record that has a table. `COLUMNS` and `write` name the same columns in the same order; the round-trip test of
/// each table would fail if they did not.
pub trait Row {
    const TABLE: &'static str;
    const COLUMNS: &'static [Column];

    fn write(&self, batch: &EnrichedBatch<'_>, out: &mut RowWriter);
}

/// The statement that the rows of `R` are inserted with.
pub fn insert_statement<R: Row>() -> String {
    let names: Vec<&str> = R::COLUMNS.iter().map(|column| column.name).collect();
    format!("INSERT INTO {} ({}) FORMAT RowBinary", R::TABLE, names.join(", "))
}

/// The columns from `service` to `bot`, which views and events have alike.
fn write_dimensions(dimensions: &Dimensions<'_>, out: &mut RowWriter) {
    out.text(&dimensions.service);
    out.text(&dimensions.release);
    out.text(&dimensions.environment);
    out.text(&dimensions.country);
    out.text(&dimensions.browser);
    out.text(&dimensions.browser_version);
    out.text(&dimensions.os);
    out.text(&dimensions.os_version);
    out.text(&dimensions.device);
    out.text(&dimensions.network);
    out.text(&dimensions.language);
    out.bool(dimensions.bot);
}
