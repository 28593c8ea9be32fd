//! The rows of one request, written out and ready to be inserted with those of other requests.

use limen_model::enriched::{EnrichedBatch, Event, Log, MetricPoint, SpanRow, View};

use crate::encode::RowWriter;
use crate::rows::{Row, insert_statement};

/// The tables in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Spans,
    Logs,
    Metrics,
    Events,
    Views,
}

impl Table {
    pub const ALL: [Table; 5] = [Table::Spans, Table::Logs, Table::Metrics, Table::Events, Table::Views];

    pub fn name(self) -> &'static str {
        match self {
            Table::Spans => SpanRow::TABLE,
            Table::Logs => Log::TABLE,
            Table::Metrics => MetricPoint::TABLE,
            Table::Events => Event::TABLE,
            Table::Views => View::TABLE,
        }
    }

    /// The statement under which the rows are inserted.
    pub fn insert_statement(self) -> String {
        match self {
            Table::Spans => insert_statement::<SpanRow<'_>>(),
            Table::Logs => insert_statement::<Log<'_>>(),
            Table::Metrics => insert_statement::<MetricPoint<'_>>(),
            Table::Events => insert_statement::<Event<'_>>(),
            Table::Views => insert_statement::<View<'_>>(),
        }
    }
}

/// Rows of several tables in the engine's format.
#[derive(Debug, Default, Clone)]
pub struct EncodedBatch {
    tables: [EncodedRows; Table::ALL.len()],
}

/// Rows of one table in RowBinary.
#[derive(Debug, Default, Clone)]
pub struct EncodedRows {
    pub count: usize,
    pub bytes: Vec<u8>,
}

impl EncodedBatch {
    pub fn encode(batch: &EnrichedBatch<'_>) -> Self {
        Self {
            tables: [
                encode(&batch.spans, batch),
                encode(&batch.logs, batch),
                encode(&batch.metrics, batch),
                encode(&batch.events, batch),
                encode(&batch.views, batch),
            ],
        }
    }

    pub fn rows(&self) -> usize {
        self.tables.iter().map(|rows| rows.count).sum()
    }

    pub fn bytes(&self) -> usize {
        self.tables.iter().map(|rows| rows.bytes.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.rows() == 0
    }

    /// Appends the rows of another batch: rows of RowBinary stand one after the other without anything between.
    pub fn append(&mut self, other: &EncodedBatch) {
        for (mine, theirs) in self.tables.iter_mut().zip(&other.tables) {
            mine.count += theirs.count;
            mine.bytes.extend_from_slice(&theirs.bytes);
        }
    }

    pub fn into_tables(self) -> impl Iterator<Item = (Table, EncodedRows)> {
        Table::ALL.into_iter().zip(self.tables).filter(|(_, rows)| rows.count > 0)
    }
}

fn encode<R: Row>(records: &[R], batch: &EnrichedBatch<'_>) -> EncodedRows {
    let mut out = RowWriter::default();
    records.iter().for_each(|record| record.write(batch, &mut out));
    EncodedRows { count: records.len(), bytes: out.into_bytes() }
}
