//! From enriched batches to durable rows: the tables, the encoding, the group commit and the engine's client.

mod backup;
mod batch;
mod cluster;
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
pub use cluster::Cluster;
pub use commit::{COMMIT_SECONDS, CommitFigures, Committer, Kept, SlowInsert};
pub use engine::Address;
pub use erase::{Found, OldParts, Proof};
pub use error::StoreError;
pub use errors::{GroupSince, KnownStack, StackFrames, StackRow, StackSample};
pub use export::Export;
pub use person::{Subject, SubjectKind};
pub use retention::{Flow, Keep, Longer};
pub use schema::{SCHEMA_VERSION, cluster_schema, count_rows, migrate, migrate_to};
pub use spool::{Loss, SPOOL_FILE, Spool, SpoolLevel};

/// The engine as `query` uses it. Clones share their connections.
#[derive(Clone)]
pub struct Store {
    client: clickhouse::Client,
    /// Where the tables are spread over several servers.
    cluster: Option<Cluster>,
}

impl Store {
    pub fn open(address: &Address) -> Result<Self, StoreError> {
        Ok(Self { client: engine::client(address)?, cluster: None })
    }

    /// The tables spread over the servers of a cluster; `address` is any of them.
    pub fn open_cluster(address: &Address, cluster: Cluster) -> Result<Self, StoreError> {
        Ok(Self { client: Cluster::settings(engine::client(address)?), cluster: Some(cluster) })
    }

    /// The same, with a setting of the engine that every statement carries.
    pub fn with_setting(self, name: &str, value: &str) -> Self {
        Self { client: self.client.with_setting(name, value), ..self }
    }

    pub fn cluster(&self) -> Option<&Cluster> {
        self.cluster.as_ref()
    }

    /// Brings the tables to `SCHEMA_VERSION`, on a cluster after a look whether it can hold them.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match &self.cluster {
            Some(cluster) => schema::migrate_cluster(&self.client, cluster).await,
            None => migrate(&self.client).await,
        }
    }

    /// Where it is written what lies on the disks of the shards, and the database of that.
    pub fn parts(&self) -> (String, &'static str) {
        match &self.cluster {
            Some(cluster) => (cluster.parts(), engine::LOCAL_DATABASE),
            None => ("system.parts".to_owned(), engine::DATABASE),
        }
    }

    /// A statement that changes rows in place, as it is sent: on a cluster to the tables behind, on every shard.
    pub(crate) fn change(&self, statement: &str) -> String {
        self.cluster.as_ref().map_or_else(|| statement.to_owned(), |cluster| cluster.change(statement))
    }

    /// Returns when the parts are written anew; those before them follow when the engine removes them.
    pub(crate) async fn mutate(&self, statement: &str) -> Result<(), StoreError> {
        engine::execute(&self.client, &format!("{} SETTINGS mutations_sync = 2", self.change(statement))).await
    }

    /// Returns when every replica knows all rows of a table.
    pub(crate) async fn catch_up(&self, table: &str) -> Result<(), StoreError> {
        match &self.cluster {
            Some(cluster) => engine::execute(&self.client, &cluster.catch_up(table)).await,
            None => Ok(()),
        }
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
