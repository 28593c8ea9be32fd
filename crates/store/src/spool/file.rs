//! The spool's SQLite file: one connection that locks it, a journal that is on the disk before a commit returns.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteLockingMode, SqliteSynchronous,
};
use sqlx::{Connection, Row};

use super::entry::{Stored, checksum, size, write_pieces};
use super::{Next, SpoolLevel};
use crate::StoreError;
use crate::insert::Insert;
use crate::limits::SPOOL_JOURNAL_BYTES_MAX;

pub const NAME: &str = "spool.sqlite";
/// Where a file goes that cannot be replayed whole. There is one: a second one takes its place.
pub(super) const ASIDE: &str = "spool-aside.sqlite";
/// What SQLite keeps beside a file.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];
const VERSION: i64 = 1;
/// A server that was killed has let go of the file by then.
const LOCK_WAIT: Duration = Duration::from_secs(1);

/// SQLite's result codes that ask for a reaction of their own.
const BUSY: i32 = 5;
const CORRUPT: i32 = 11;
const NOT_A_DATABASE: i32 = 26;

/// Why the file could not be used.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// What stands in it is no entry, or no SQLite file at all.
    Damaged(String),
    /// Another process has it open.
    Locked,
    /// A newer Limen has made it.
    Newer(i64),
    /// The disk is full, not writable, or broken.
    Failed(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Damaged(reason) => write!(f, "the file is damaged: {reason}"),
            Trouble::Locked => f.write_str("another process has it open: end that one, or choose another with --data"),
            Trouble::Newer(found) => write!(
                f,
                "it is of version {found}, this binary knows versions up to {VERSION}: install the newer Limen again"
            ),
            Trouble::Failed(reason) => f.write_str(reason),
        }
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
        // The low byte is the kind of error, the rest says more about it.
        match code.map(|code| code & 0xff) {
            Some(CORRUPT | NOT_A_DATABASE) => Trouble::Damaged(error.to_string()),
            Some(BUSY) => Trouble::Locked,
            _ => match error {
                // A value of another type than this code writes.
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Trouble::Damaged(error.to_string()),
                _ => Trouble::Failed(error.to_string()),
            },
        }
    }
}

pub(super) struct File {
    folder: PathBuf,
    /// Nothing after an error: whatever the connection was in the middle of ends with it.
    connection: Option<SqliteConnection>,
    /// Stands in for a disk of this many pages.
    #[cfg(test)]
    pub pages_max: Option<u32>,
}

impl File {
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            connection: None,
            #[cfg(test)]
            pages_max: None,
        }
    }

    pub fn unusable(&self, trouble: Trouble) -> StoreError {
        StoreError::SpoolUnusable { path: self.folder.join(NAME).display().to_string(), reason: trouble.to_string() }
    }

    pub async fn push(&mut self, inserts: &[Insert], unix_milli: i64) -> Result<(), Trouble> {
        let pushed = push(self.open().await?, inserts, unix_milli).await;
        self.ended(pushed).await
    }

    pub async fn next(&mut self, after: i64) -> Result<Next, Trouble> {
        let found = next(self.open().await?, after).await;
        self.ended(found).await
    }

    /// Returns when the oldest entry that is left came.
    pub async fn remove(&mut self, id: i64) -> Result<Option<i64>, Trouble> {
        let removed = remove(self.open().await?, id).await;
        self.ended(removed).await
    }

    /// What is in the file, which is read for it from end to end; the limit is not known here.
    pub async fn level(&mut self) -> Result<SpoolLevel, Trouble> {
        let level = level(self.open().await?).await;
        self.ended(level).await
    }

    pub async fn shrink(&mut self) -> Result<(), Trouble> {
        let connection = self.open().await?;
        let shrunk = async {
            for pragma in ["PRAGMA incremental_vacuum", "PRAGMA wal_checkpoint(TRUNCATE)"] {
                // Each row that is read is a step of the work.
                sqlx::query(pragma).fetch_all(&mut *connection).await?;
            }
            Ok(())
        };
        let shrunk = shrunk.await;
        self.ended(shrunk).await
    }

    pub async fn copy_to(&mut self, path: &Path) -> Result<(), Trouble> {
        let connection = self.open().await?;
        let copied = sqlx::query("VACUUM INTO ?").bind(path.to_string_lossy().into_owned()).execute(connection).await;
        self.ended(copied.map(|_| ()).map_err(Trouble::from)).await
    }

    /// Renames the file, so that the next use makes a new one.
    pub async fn put_aside(&mut self, reason: &str) -> Result<(), Trouble> {
        self.close().await;
        let path = |name: &str, ending: &str| self.folder.join(format!("{name}{ending}"));
        tracing::error!(reason, kept = %path(ASIDE, "").display(), "the spool's file is put aside, a new one is begun");
        // The journal first: a new file must never find an old one's.
        for ending in ENDINGS.into_iter().rev() {
            let moved = std::fs::rename(path(NAME, ending), path(ASIDE, ending));
            match moved {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    let _ = std::fs::remove_file(path(ASIDE, ending));
                }
                other => other.map_err(failed)?,
            }
        }
        sync_folder(&self.folder)
    }

    pub async fn close(&mut self) {
        if let Some(connection) = self.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::debug!(%error, "the spool was not closed in order");
        }
    }

    async fn ended<T>(&mut self, result: Result<T, Trouble>) -> Result<T, Trouble> {
        if result.is_err() {
            self.close().await;
        }
        result
    }

    async fn open(&mut self) -> Result<&mut SqliteConnection, Trouble> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        Ok(self.connection.insert(connection))
    }

    async fn connect(&self) -> Result<SqliteConnection, Trouble> {
        let options = SqliteConnectOptions::new()
            .filename(self.folder.join(NAME))
            .create_if_missing(true)
            .auto_vacuum(SqliteAutoVacuum::Incremental)
            .locking_mode(SqliteLockingMode::Exclusive)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(LOCK_WAIT)
            // On macOS a plain fsync leaves data in the drive's cache.
            .pragma("fullfsync", "1")
            .pragma("checkpoint_fullfsync", "1")
            .pragma("journal_size_limit", SPOOL_JOURNAL_BYTES_MAX.to_string());
        #[cfg(test)]
        let options = match self.pages_max {
            Some(pages) => options.pragma("max_page_count", pages.to_string()),
            None => options,
        };
        let mut connection = SqliteConnection::connect_with(&options).await?;
        let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await?;
        if found > VERSION {
            return Err(Trouble::Newer(found));
        }
        if found < VERSION {
            // Ids are never used twice: the replay remembers how far it is.
            sqlx::raw_sql(
                "BEGIN; \
                 CREATE TABLE entries (id INTEGER PRIMARY KEY AUTOINCREMENT, created INTEGER NOT NULL, \
                     size INTEGER NOT NULL, row_count INTEGER NOT NULL, target TEXT NOT NULL, token TEXT NOT NULL, \
                     statement TEXT NOT NULL, pieces TEXT NOT NULL, checksum INTEGER NOT NULL, rows BLOB NOT NULL) \
                     STRICT; \
                 PRAGMA user_version = 1; \
                 COMMIT;",
            )
            .execute(&mut connection)
            .await?;
            sync_folder(&self.folder)?;
        }
        Ok(connection)
    }
}

async fn push(connection: &mut SqliteConnection, inserts: &[Insert], unix_milli: i64) -> Result<(), Trouble> {
    let mut transaction = connection.begin().await?;
    for insert in inserts {
        let pieces = write_pieces(&insert.pieces);
        let checksum = checksum(insert.table.name(), &insert.token, &insert.statement, &pieces, &insert.rows);
        sqlx::query(
            "INSERT INTO entries (created, size, row_count, target, token, statement, pieces, checksum, rows) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(unix_milli)
        .bind(number(size(insert)))
        .bind(number(insert.row_count() as u64))
        .bind(insert.table.name())
        .bind(&insert.token)
        .bind(&insert.statement)
        .bind(pieces)
        .bind(checksum)
        .bind(&insert.rows[..])
        .execute(&mut *transaction)
        .await?;
    }
    Ok(transaction.commit().await?)
}

async fn next(connection: &mut SqliteConnection, after: i64) -> Result<Next, Trouble> {
    let id: Option<i64> =
        sqlx::query_scalar("SELECT min(id) FROM entries WHERE id > ?").bind(after).fetch_one(&mut *connection).await?;
    let Some(id) = id else { return Ok(Next::End) };
    let query = sqlx::query("SELECT target, token, statement, pieces, checksum, rows FROM entries WHERE id = ?");
    let read = query.bind(id).fetch_one(&mut *connection).await.and_then(|row| Stored::read(&row));
    match read.map(Stored::into_insert).map_err(Trouble::from) {
        Ok(Some(insert)) => Ok(Next::Insert(id, insert)),
        Ok(None) | Err(Trouble::Damaged(_)) => Ok(Next::Damaged(id, row_count(connection, id).await)),
        Err(trouble) => Err(trouble),
    }
}

async fn remove(connection: &mut SqliteConnection, id: i64) -> Result<Option<i64>, Trouble> {
    sqlx::query("DELETE FROM entries WHERE id = ?").bind(id).execute(&mut *connection).await?;
    let oldest = sqlx::query_scalar("SELECT created FROM entries ORDER BY id LIMIT 1");
    Ok(oldest.fetch_optional(connection).await?)
}

/// How much a damaged entry held, as far as that can still be told.
async fn row_count(connection: &mut SqliteConnection, id: i64) -> u64 {
    let query = sqlx::query_scalar("SELECT row_count FROM entries WHERE id = ?").bind(id);
    let found: Option<i64> = query.fetch_one(connection).await.ok();
    found.map_or(1, |count| count.max(1).unsigned_abs())
}

async fn level(connection: &mut SqliteConnection) -> Result<SpoolLevel, Trouble> {
    let row =
        sqlx::query("SELECT count(*), coalesce(sum(size), 0), coalesce(sum(row_count), 0), min(created) FROM entries")
            .fetch_one(connection)
            .await?;
    let count = |column| Ok::<_, sqlx::Error>(row.try_get::<i64, _>(column)?.max(0).unsigned_abs());
    Ok(SpoolLevel {
        entries: count(0)?,
        bytes: count(1)?,
        bytes_max: 0,
        rows: count(2)?,
        oldest_unix_milli: row.try_get(3)?,
    })
}

fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A new name is safe from a power failure once its folder is on the disk too.
fn sync_folder(folder: &Path) -> Result<(), Trouble> {
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}

fn failed(error: std::io::Error) -> Trouble {
    Trouble::Failed(error.to_string())
}
