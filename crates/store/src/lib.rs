//! From enriched batches to durable rows: the tables, the encoding, the group commit and the engine's client.

mod backup;
mod batch;
mod commit;
mod encode;
pub mod engine;
mod erase;
mod error;
mod errors;
mod export;
mod insert;
pub mod limits;
mod native;
mod person;
mod replay;
mod retention;
pub mod rollup;
mod rows;
mod schema;
mod spool;

pub use batch::{EncodedBatch, EncodedRows, Piece, Table};
pub use commit::{COMMIT_SECONDS, CommitFigures, Committer, Kept, SlowInsert};
pub use engine::Address;
pub use erase::{Found, OldParts, Proof};
pub use error::StoreError;
pub use errors::{GroupSince, KnownStack, StackFrames, StackRow, StackSample};
pub use export::Export;
pub use person::{Subject, SubjectKind};
pub use retention::{Flow, Keep, Longer};
pub use schema::{SCHEMA_VERSION, count_rows, migrate, migrate_to};
pub use spool::{Loss, SPOOL_FILE, Spool, SpoolLevel};

/// The engine as `query` uses it. Clones share their connections.
#[derive(Clone)]
pub struct Store {
    client: clickhouse::Client,
}

impl Store {
    pub fn open(address: &Address) -> Result<Self, StoreError> {
        Ok(Self { client: engine::client(address)? })
    }

    pub fn client(&self) -> &clickhouse::Client {
        &self.client
    }

    /// Whether the engine answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        engine::execute(&self.client.clone().with_database("default"), "SELECT 1 FORMAT Null").await
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}
