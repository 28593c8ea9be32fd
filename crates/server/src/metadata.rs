//! What Limen must remember beside telemetry: its applications, their ingest keys and what their agents record, in SQLite.

use std::path::Path;

use limen_model::{AppId, IngestKey};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::sampling::Sampling;

/// Why the applications cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    /// The file cannot be opened, read or written.
    #[error("the metadata file failed: {0}; check that the data folder is writable and its disk has space")]
    Database(#[from] sqlx::Error),
    /// The file was written by a newer Limen.
    #[error("the metadata file is of version {found}, this binary knows {known}: install the newer Limen again")]
    Newer { found: i64, known: i64 },
    /// A row that this code would not have written.
    #[error("the metadata file holds an application that is none: {0}")]
    Damaged(String),
    /// The system's source of random numbers failed.
    #[error("no random numbers for a key: {0}")]
    Random(std::io::Error),
}

/// One application: what its pages and services write to and people choose in the UI.
#[derive(Debug, Clone, PartialEq)]
pub struct App {
    pub id: AppId,
    pub name: String,
    pub key: IngestKey,
    pub created: OffsetDateTime,
    pub sampling: Sampling,
}

#[derive(Debug, Clone)]
pub struct Metadata {
    pool: SqlitePool,
}

const VERSION: i64 = 2;

impl Metadata {
    pub async fn open(folder: &Path) -> Result<Self, MetadataError> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("metadata.sqlite"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        let metadata = Self { pool };
        metadata.migrate().await?;
        Ok(metadata)
    }

    async fn migrate(&self) -> Result<(), MetadataError> {
        let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&self.pool).await?;
        if found > VERSION {
            return Err(MetadataError::Newer { found, known: VERSION });
        }
        if found < 1 {
            sqlx::raw_sql(
                "BEGIN; \
                 CREATE TABLE apps (id TEXT PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE, \
                     created TEXT NOT NULL) STRICT; \
                 PRAGMA user_version = 1; \
                 COMMIT;",
            )
            .execute(&self.pool)
            .await?;
        }
        if found < 2 {
            sqlx::raw_sql(
                "BEGIN; \
                 ALTER TABLE apps ADD COLUMN sampling TEXT NOT NULL DEFAULT '{}'; \
                 PRAGMA user_version = 2; \
                 COMMIT;",
            )
            .execute(&self.pool)
            .await?;
        }
        Ok(())
    }

    pub async fn apps(&self) -> Result<Vec<App>, MetadataError> {
        let rows: Vec<AppRow> =
            sqlx::query_as("SELECT id, name, key, created, sampling FROM apps ORDER BY created, id")
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter().map(read_app).collect()
    }

    /// Makes an application with a new random key. An existing one of that name stays as it is.
    pub async fn create_app(&self, id: &AppId) -> Result<(), MetadataError> {
        let created = OffsetDateTime::now_utc().format(&Rfc3339).unwrap_or_default();
        sqlx::query("INSERT INTO apps (id, name, key, created) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")
            .bind(id.as_str())
            .bind(id.as_str())
            .bind(random_key()?)
            .bind(created)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn set_sampling(&self, id: &AppId, sampling: &Sampling) -> Result<(), MetadataError> {
        let text = serde_json::to_string(sampling).unwrap_or_default();
        sqlx::query("UPDATE apps SET sampling = ? WHERE id = ?")
            .bind(text)
            .bind(id.as_str())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}

type AppRow = (String, String, String, String, String);

fn read_app((id, name, key, created, sampling): AppRow) -> Result<App, MetadataError> {
    let damaged = |what: String| MetadataError::Damaged(what);
    Ok(App {
        id: AppId::parse(&id).map_err(|error| damaged(format!("id `{id}`: {error}")))?,
        key: IngestKey::parse(&key).map_err(|error| damaged(format!("key of `{id}`: {error}")))?,
        created: OffsetDateTime::parse(&created, &Rfc3339).map_err(|error| damaged(format!("{created}: {error}")))?,
        sampling: serde_json::from_str(&sampling).map_err(|error| damaged(format!("sampling of `{id}`: {error}")))?,
        name,
    })
}

/// 128 random bits, told apart from other secrets by the prefix: "limen key, public".
fn random_key() -> Result<String, MetadataError> {
    let bytes = random_bytes::<16>().map_err(MetadataError::Random)?;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("lkp_{hex}"))
}

/// Random bytes from the operating system.
pub fn random_bytes<const N: usize>() -> std::io::Result<[u8; N]> {
    use std::io::Read;
    let mut bytes = [0; N];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_application_keeps_its_key_over_restarts() {
        let folder = tempfile::tempdir().expect("a folder");
        let shop = AppId::parse("shop").expect("valid");
        let first = Metadata::open(folder.path()).await.expect("opened");
        first.create_app(&shop).await.expect("made");
        let key = first.apps().await.expect("read")[0].key.clone();
        first.close().await;

        let again = Metadata::open(folder.path()).await.expect("opened again");
        again.create_app(&shop).await.expect("kept");
        let apps = again.apps().await.expect("read");
        assert_eq!(apps.len(), 1);
        assert_eq!(apps[0].key, key);
    }

    #[tokio::test]
    async fn a_file_of_the_first_version_is_brought_forward() {
        let folder = tempfile::tempdir().expect("a folder");
        let metadata = Metadata::open(folder.path()).await.expect("opened");
        metadata.create_app(&AppId::parse("shop").expect("valid")).await.expect("made");
        sqlx::raw_sql("ALTER TABLE apps DROP COLUMN sampling; PRAGMA user_version = 1")
            .execute(&metadata.pool)
            .await
            .expect("as it was");
        metadata.close().await;
        let apps = Metadata::open(folder.path()).await.expect("opened again").apps().await.expect("read");
        assert_eq!(apps[0].sampling, Sampling::default());
    }

    #[tokio::test]
    async fn refuses_a_file_of_a_newer_version() {
        let folder = tempfile::tempdir().expect("a folder");
        let metadata = Metadata::open(folder.path()).await.expect("opened");
        sqlx::raw_sql("PRAGMA user_version = 99").execute(&metadata.pool).await.expect("set");
        metadata.close().await;
        assert!(matches!(Metadata::open(folder.path()).await, Err(MetadataError::Newer { found: 99, .. })));
    }
}
