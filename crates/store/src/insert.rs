//! One insert as it goes to the engine, now or later from the spool, byte for byte the same.

use bytes::Bytes;
use clickhouse::Client;

use crate::batch::{Piece, Table};
use crate::{StoreError, engine};

/// Rows of one table with the token under which the engine takes them once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Insert {
    pub table: Table,
    /// Kept with the rows: a newer Limen may name other columns.
    pub statement: String,
    pub token: String,
    pub rows: Bytes,
    pub pieces: Vec<Piece>,
}

impl Insert {
    pub fn row_count(&self) -> usize {
        self.pieces.iter().map(|piece| piece.rows).sum()
    }

    /// The same rows request by request. The tokens follow from the whole's, so a second splitting repeats them.
    pub fn split(&self) -> impl Iterator<Item = Insert> {
        let mut start = 0;
        self.pieces.iter().enumerate().map(move |(index, piece)| {
            let rows = self.rows.slice(start..start + piece.bytes);
            start += piece.bytes;
            Insert {
                table: self.table,
                statement: self.statement.clone(),
                token: format!("{}-{index}", self.token),
                rows,
                pieces: vec![piece.clone()],
            }
        })
    }
}

/// Where inserts go: the engine, or a stand-in that fails on purpose.
pub(crate) trait Sink: Send + Sync + 'static {
    fn insert(&self, insert: &Insert) -> impl Future<Output = Result<(), StoreError>> + Send;
}

impl Sink for Client {
    async fn insert(&self, insert: &Insert) -> Result<(), StoreError> {
        match insert.table.columns_of(&insert.statement, &insert.rows) {
            Some((statement, block)) => engine::insert(self, &statement, &insert.token, block.into()).await,
            None => engine::insert(self, &insert.statement, &insert.token, insert.rows.clone()).await,
        }
    }
}
