//! A copy of all tables while they are written to: the engine makes it inside its own folder, and restores it from there.

use crate::{Store, StoreError, engine};

impl Store {
    /// Everything that was committed before this was asked is in the copy, in a folder of this name among the engine's
    /// backups. Dropping the future ends the work and leaves half of it behind.
    pub async fn back_up(&self, name: &str) -> Result<(), StoreError> {
        let sql = format!("BACKUP DATABASE {} TO File('{}')", engine::DATABASE, plain(name));
        engine::execute(&self.server(), &sql).await
    }

    /// Makes the tables from the copy of that name; there must be none yet.
    pub async fn restore(&self, name: &str) -> Result<(), StoreError> {
        let sql = format!("RESTORE DATABASE {} FROM File('{}')", engine::DATABASE, plain(name));
        engine::execute(&self.server(), &sql).await
    }

    /// A client that does not need the database to exist.
    fn server(&self) -> clickhouse::Client {
        self.client().clone().with_database("default")
    }
}

/// Names are ours; nothing else may stand between the quotes.
fn plain(name: &str) -> String {
    name.chars().filter(|character| character.is_ascii_alphanumeric() || *character == '-').collect()
}
