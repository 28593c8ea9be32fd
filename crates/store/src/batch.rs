//! The rows of one request, written out and ready to be inserted with those of other requests.

use limen_model::enriched::{EnrichedBatch, Event, Log, MetricPoint, SpanRow, View};
use limen_model::{AppId, Signal};

use crate::encode::RowWriter;
use crate::native;
use crate::rows::{Column, Row, insert_statement};

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

    /// The table of that name, as it stands in the spool.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// The kind of telemetry that the rows came as.
    pub fn signal(self) -> Signal {
        match self {
            Table::Spans => Signal::Traces,
            Table::Metrics => Signal::Metrics,
            Table::Logs | Table::Events | Table::Views => Signal::Logs,
        }
    }

    /// The columns that are written.
    pub(crate) fn columns(self) -> &'static [Column] {
        match self {
            Table::Spans => SpanRow::COLUMNS,
            Table::Logs => Log::COLUMNS,
            Table::Metrics => MetricPoint::COLUMNS,
            Table::Events => Event::COLUMNS,
            Table::Views => View::COLUMNS,
        }
    }

    /// The rows as columns, with the statement for these: what the engine takes at the least cost. None for rows that
    /// another Limen has left in the spool, which go as they are.
    pub fn columns_of(self, statement: &str, rows: &[u8]) -> Option<(String, Vec<u8>)> {
        if statement != self.insert_statement() {
            return None;
        }
        let block = native::block(self.columns(), rows)?;
        Some((statement.replace("FORMAT RowBinary", "FORMAT Native"), block))
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
    /// Whose the rows are, request by request in their order.
    pub pieces: Vec<Piece>,
}

/// The part of a table's rows that came with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub app: AppId,
    pub rows: usize,
    pub bytes: usize,
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

    /// The rows of all batches in their order: rows of RowBinary stand one after the other without anything between.
    pub fn joined<'a>(batches: impl Iterator<Item = &'a EncodedBatch> + Clone) -> Self {
        let mut all = Self::default();
        for (index, rows) in all.tables.iter_mut().enumerate() {
            rows.bytes.reserve_exact(batches.clone().map(|batch| batch.tables[index].bytes.len()).sum());
        }
        batches.for_each(|batch| all.append(batch));
        all
    }

    /// Puts the rows of another batch behind these.
    pub fn append(&mut self, other: &EncodedBatch) {
        for (mine, theirs) in self.tables.iter_mut().zip(&other.tables) {
            mine.count += theirs.count;
            mine.bytes.extend_from_slice(&theirs.bytes);
            mine.pieces.extend_from_slice(&theirs.pieces);
        }
    }

    pub fn into_tables(self) -> impl Iterator<Item = (Table, EncodedRows)> {
        Table::ALL.into_iter().zip(self.tables).filter(|(_, rows)| rows.count > 0)
    }
}

fn encode<R: Row>(records: &[R], batch: &EnrichedBatch<'_>) -> EncodedRows {
    let mut out = RowWriter::default();
    records.iter().for_each(|record| record.write(batch, &mut out));
    let (count, mut bytes) = (records.len(), out.into_bytes());
    // What waits is counted by its length: it must not hold twice as much.
    bytes.shrink_to_fit();
    let pieces = match count {
        0 => Vec::new(),
        rows => vec![Piece { app: batch.app.clone(), rows, bytes: bytes.len() }],
    };
    EncodedRows { count, bytes, pieces }
}
