//! What is not the same in SQLite and in PostgreSQL. Statements are written once, for both; this is the rest.
//!
//! Placeholders are `$1`, which both know; flags are 0 and 1; a column that is added to is named with its table.

use std::borrow::Cow;
use std::path::Path;

use sqlx::any::{Any, AnyConnectOptions, AnyPoolOptions};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AnyPool, ConnectOptions, Executor, Transaction};

use super::MetadataError;
use crate::limits::METADATA_CONNECTIONS_MAX;

/// Where the metadata is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file in the data folder, of one server.
    Sqlite,
    /// A database that several servers share.
    Postgres,
}

/// The number of the lock that is held while somebody migrates, or looks before writing: "limen" on a telephone.
const WRITING: i64 = 54_636;

/// The number of the lock that is held while somebody makes tables in the engine.
const TABLES: i64 = WRITING + 1;

/// What is named otherwise in PostgreSQL, longest first. SQLite numbers the rows of every table, PostgreSQL has to be told.
const WORDS: &[(&str, &str)] = &[
    ("CREATE TABLE keys (", "CREATE TABLE keys (rowid BIGINT GENERATED ALWAYS AS IDENTITY, "),
    ("id INTEGER PRIMARY KEY AUTOINCREMENT", "id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    ("lower(hex(randomblob(8)))", "substr(md5(random()::text), 1, 16)"),
    ("unixepoch(created)", "extract(epoch FROM created::timestamptz)::bigint"),
    (" STRICT, WITHOUT ROWID", ""),
    (" STRICT", ""),
    (" INTEGER", " BIGINT"),
    (" BLOB", " BYTEA"),
    (" REAL", " DOUBLE PRECISION"),
];

impl Backend {
    pub async fn open_file(path: &Path) -> Result<AnyPool, MetadataError> {
        sqlx::any::install_default_drivers();
        let url = SqliteConnectOptions::new().filename(path).create_if_missing(true).to_url_lossy();
        let options = AnyConnectOptions::from_url(&url)?;
        let pool = AnyPoolOptions::new().max_connections(METADATA_CONNECTIONS_MAX).after_connect(|connection, _| {
            // What is erased must not stay in free pages.
            let wanted = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = on;";
            Box::pin(async move { connection.execute(sqlx::raw_sql(wanted)).await.map(drop) })
        });
        Ok(pool.connect_with(options).await?)
    }

    pub async fn connect(url: &str) -> Result<AnyPool, MetadataError> {
        sqlx::any::install_default_drivers();
        if !["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Err(MetadataError::Address);
        }
        // What is wrong with it is not said: the message may quote the password.
        let options: AnyConnectOptions = url.parse().map_err(|_| MetadataError::Address)?;
        let pool = AnyPoolOptions::new().max_connections(METADATA_CONNECTIONS_MAX);
        Ok(pool.connect_with(options).await?)
    }

    /// For whoever reads first and writes then: nobody else does so at once.
    pub async fn begin_writing(self, pool: &AnyPool) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self {
            // One that reads first could not write any more once somebody else has written.
            Self::Sqlite => pool.begin_with("BEGIN IMMEDIATE").await,
            Self::Postgres => locked(pool, WRITING).await,
        }
    }

    /// Held by the one server that makes tables, and free when its connection is gone. A server with a file is alone.
    pub async fn begin_making_tables(self, pool: &AnyPool) -> Result<Option<Transaction<'static, Any>>, sqlx::Error> {
        match self {
            Self::Sqlite => Ok(None),
            Self::Postgres => locked(pool, TABLES).await.map(Some),
        }
    }

    /// A step of the migration, which is written for SQLite.
    pub fn step(self, sql: &'static str) -> Cow<'static, str> {
        match self {
            Self::Sqlite => Cow::Borrowed(sql),
            Self::Postgres => Cow::Owned(WORDS.iter().fold(sql.to_owned(), |sql, (from, to)| sql.replace(from, to))),
        }
    }

    /// How many steps were applied.
    pub async fn version(self, to: &mut Transaction<'_, Any>) -> Result<i64, sqlx::Error> {
        match self {
            Self::Sqlite => sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut **to).await,
            Self::Postgres => {
                let made = "CREATE TABLE IF NOT EXISTS metadata_version (version BIGINT NOT NULL)";
                sqlx::raw_sql(made).execute(&mut **to).await?;
                sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM metadata_version").fetch_one(&mut **to).await
            }
        }
    }

    pub async fn note_version(self, to: &mut Transaction<'_, Any>, version: i64) -> Result<(), sqlx::Error> {
        let sql = match self {
            Self::Sqlite => format!("PRAGMA user_version = {version}"),
            Self::Postgres => {
                format!("DELETE FROM metadata_version; INSERT INTO metadata_version VALUES ({version})")
            }
        };
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut **to).await.map(drop)
    }

    /// Seconds since the epoch, by one clock for all servers.
    pub fn now(self) -> &'static str {
        match self {
            Self::Sqlite => "unixepoch()",
            Self::Postgres => "extract(epoch FROM clock_timestamp())::bigint",
        }
    }

    /// Removes what was deleted from where it may still be read. False when it has to be tried again.
    pub async fn forget_deleted(self, pool: &AnyPool) -> Result<bool, sqlx::Error> {
        match self {
            // False while somebody reads.
            Self::Sqlite => {
                let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
                let row = sqlx::query(sql).fetch_one(pool).await?;
                Ok(sqlx::Row::try_get::<i64, _>(&row, 0)? == 0)
            }
            Self::Postgres => sqlx::raw_sql("VACUUM FULL erasures").execute(pool).await.map(|_| true),
        }
    }
}

async fn locked(pool: &AnyPool, number: i64) -> Result<Transaction<'static, Any>, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(number).execute(&mut *transaction).await?;
    Ok(transaction)
}
