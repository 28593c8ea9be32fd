//! What Limen must remember beside telemetry: its applications, their keys and settings, and erasures, in SQLite.

mod erasures;
mod error_states;
mod keys;
mod steps;
mod usage;

use std::path::Path;

use limen_model::{AppId, IngestKey};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::app_settings::AppSettings;
use crate::keys::{FreshKey, Key, KeyKind, shown};

pub use erasures::AuditEntry;
pub use keys::KeyRefusal;

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
    /// The one that pages are told to send, of all that are taken.
    pub key: IngestKey,
    pub keys: Vec<Key>,
    pub created: OffsetDateTime,
    pub settings: AppSettings,
}

#[derive(Debug, Clone)]
pub struct Metadata {
    pool: SqlitePool,
}

impl Metadata {
    pub async fn open(folder: &Path) -> Result<Self, MetadataError> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("metadata.sqlite"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is erased must not stay in free pages.
            .pragma("secure_delete", "on");
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        steps::migrate(&pool).await?;
        Ok(Self { pool })
    }

    pub async fn apps(&self) -> Result<Vec<App>, MetadataError> {
        let rows: Vec<AppRow> =
            sqlx::query_as("SELECT id, name, created FROM apps ORDER BY created, id").fetch_all(&self.pool).await?;
        let keys = self.keys().await?;
        let read = |row: AppRow| {
            let of_app = keys.iter().filter(|key| key.app.as_str() == row.0).cloned().collect();
            read_app(row, of_app)
        };
        let mut apps = rows.into_iter().map(read).collect::<Result<Vec<App>, _>>()?;
        let documents: Vec<(String, String, String)> =
            sqlx::query_as("SELECT app, name, value FROM app_settings").fetch_all(&self.pool).await?;
        for (id, name, value) in documents {
            if let Some(app) = apps.iter_mut().find(|app| app.id.as_str() == id) {
                let damaged = |told| MetadataError::Damaged(format!("settings of `{id}`: {told}"));
                app.settings.read(&name, &value).map_err(damaged)?;
            }
        }
        Ok(apps)
    }

    /// Makes an application with a new random key. An existing one of that name stays as it is.
    pub async fn create_app(&self, id: &AppId) -> Result<(), MetadataError> {
        let now = OffsetDateTime::now_utc();
        let random = random_bytes().map_err(MetadataError::Random)?;
        let FreshKey { key, text } = FreshKey::of(id, KeyKind::Browser, "first key", random, now.unix_timestamp());
        let mut transaction = self.pool.begin().await?;
        let made =
            sqlx::query("INSERT INTO apps (id, name, key, created) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")
                .bind(id.as_str())
                .bind(id.as_str())
                .bind(text)
                .bind(now.format(&Rfc3339).unwrap_or_default())
                .execute(&mut *transaction)
                .await?;
        if made.rows_affected() > 0 {
            keys::insert(&mut transaction, &key).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Keeps the document of a setting in place of the one before.
    pub async fn set(&self, id: &AppId, name: &str, document: &str) -> Result<(), MetadataError> {
        sqlx::query(
            "INSERT INTO app_settings (app, name, value) VALUES (?, ?, ?) \
             ON CONFLICT (app, name) DO UPDATE SET value = excluded.value",
        )
        .bind(id.as_str())
        .bind(name)
        .bind(document)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// A copy as it is now, in a new file.
    pub async fn copy_to(&self, path: &Path) -> Result<(), MetadataError> {
        sqlx::query("VACUUM INTO ?").bind(path.to_string_lossy().into_owned()).execute(&self.pool).await?;
        Ok(())
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}

type AppRow = (String, String, String);

fn read_app((id, name, created): AppRow, keys: Vec<Key>) -> Result<App, MetadataError> {
    let damaged = |what: String| MetadataError::Damaged(what);
    let key = shown(keys.iter(), OffsetDateTime::now_utc().unix_timestamp());
    Ok(App {
        id: AppId::parse(&id).map_err(|error| damaged(format!("id `{id}`: {error}")))?,
        key: key.ok_or_else(|| damaged(format!("no key of `{id}` is for pages")))?,
        keys,
        created: OffsetDateTime::parse(&created, &Rfc3339).map_err(|error| damaged(format!("{created}: {error}")))?,
        settings: AppSettings::default(),
        name,
    })
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
}
