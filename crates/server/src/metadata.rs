//! What Limen must remember beside telemetry: its applications, their keys and settings, and erasures.
//!
//! It is in a SQLite file of one server, or in a PostgreSQL database that several share.

mod backend;
mod dashboards;
mod erasures;
mod error_states;
mod keys;
mod nodes;
#[cfg(test)]
pub mod place;
mod sourcemaps;
mod steps;
mod usage;

use std::path::Path;

use limen_model::{AppId, IngestKey};
use sqlx::AnyPool;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::app_settings::AppSettings;
use crate::keys::{FreshKey, Key, KeyKind, shown};

use backend::Backend;
pub use erasures::AuditEntry;
pub use keys::KeyRefusal;

/// Why the applications cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    /// The file or the database cannot be opened, read or written.
    #[error(
        "the metadata failed: {0}; check that the data folder is writable and its disk has space, or, with a PostgreSQL, \
         that it answers under the address of `--metadata`"
    )]
    Database(#[from] sqlx::Error),
    /// Not shown: there may be a password in it.
    #[error("the address of `--metadata` is none; write it as postgres://user:password@host:5432/database")]
    Address,
    /// It was written by a newer Limen.
    #[error("the metadata is of version {found}, this binary knows {known}: install the newer Limen again")]
    Newer { found: i64, known: i64 },
    /// Its owner has better means to copy it.
    #[error("the metadata is in PostgreSQL, which is not copied from here: use pg_dump")]
    NotAFile,
    /// A row that this code would not have written.
    #[error("the metadata holds an application that is none: {0}")]
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
    pool: AnyPool,
    backend: Backend,
}

impl Metadata {
    /// In the file of this folder.
    pub async fn open(folder: &Path) -> Result<Self, MetadataError> {
        Self::migrated(Backend::Sqlite, Backend::open_file(&folder.join("metadata.sqlite")).await?).await
    }

    /// In the PostgreSQL database at this address, which others may use at once.
    pub async fn connect(url: &str) -> Result<Self, MetadataError> {
        Self::migrated(Backend::Postgres, Backend::connect(url).await?).await
    }

    async fn migrated(backend: Backend, pool: AnyPool) -> Result<Self, MetadataError> {
        steps::migrate(&pool, backend).await?;
        Ok(Self { pool, backend })
    }

    /// Whether other servers may write to it too.
    pub fn is_shared(&self) -> bool {
        self.backend == Backend::Postgres
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
        let made = sqlx::query(
            "INSERT INTO apps (id, name, key, created) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
        )
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
            "INSERT INTO app_settings (app, name, value) VALUES ($1, $2, $3) \
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
        if self.backend == Backend::Postgres {
            return Err(MetadataError::NotAFile);
        }
        sqlx::query("VACUUM INTO $1").bind(path.to_string_lossy().into_owned()).execute(&self.pool).await?;
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
    use super::place::Place;
    use super::*;

    #[tokio::test]
    async fn an_application_keeps_its_key_over_restarts() {
        for place in Place::both().await {
            let shop = AppId::parse("shop").expect("valid");
            let first = place.open().await;
            first.create_app(&shop).await.expect("made");
            let key = first.apps().await.expect("read")[0].key.clone();
            first.close().await;

            let again = place.open().await;
            again.create_app(&shop).await.expect("kept");
            let apps = again.apps().await.expect("read");
            assert_eq!(apps.len(), 1);
            assert_eq!(apps[0].key, key);
        }
    }

    #[tokio::test]
    async fn a_setting_takes_the_place_of_the_one_before_and_only_a_file_is_copied_from_here() {
        for (place, is_file) in Place::both().await.into_iter().zip([true, false]) {
            let (metadata, shop) = (place.open().await, AppId::parse("shop").expect("valid"));
            metadata.create_app(&shop).await.expect("made");
            for rate in ["0.5", "0.25"] {
                let document = format!(r#"{{"sample_rate":{rate}}}"#);
                metadata.set(&shop, "sampling", &document).await.expect("kept");
            }
            let apps = metadata.apps().await.expect("read");
            assert_eq!(apps[0].settings.sampling.sample_rate, Some(0.25));
            let copied = metadata.copy_to(&tempfile::tempdir().expect("a folder").path().join("copy")).await;
            assert_eq!(copied.is_ok(), is_file);
        }
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_refused_without_showing_the_password() {
        for address in ["mysql://limen:secret@host/limen", "postgres://limen:secret@host:port/limen"] {
            let said = Metadata::connect(address).await.expect_err("no address").to_string();
            assert!(said.contains("postgres://user:password@host") && !said.contains("secret"), "{said}");
        }
    }
}
