//! The spool: inserts that wait on the disk while the engine is away, in a SQLite file
//! (docs/decisions/0005-spool.md says why SQLite).

mod entry;
mod file;

use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use limen_model::{AppId, Outcome, Signal};
use tokio::sync::{Mutex, MutexGuard, watch};

use crate::StoreError;
use crate::insert::Insert;
use file::File;
pub use file::NAME as SPOOL_FILE;
pub(crate) use file::Trouble;

/// What the spool holds. Entries that could be neither read nor written to the engine count until they are put aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SpoolLevel {
    /// Inserts: one table's rows of one group.
    pub entries: u64,
    pub bytes: u64,
    pub bytes_max: u64,
    pub rows: u64,
    /// When the oldest entry came, in milliseconds since the epoch.
    pub oldest_unix_milli: Option<i64>,
}

/// Acknowledged rows that will never be in the engine by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Unknown when the entry cannot be read.
    pub app: Option<AppId>,
    pub signal: Option<Signal>,
    pub outcome: Outcome,
    pub rows: u64,
}

/// An open spool. One process has it at a time.
pub struct Spool {
    file: Mutex<File>,
    level: watch::Sender<SpoolLevel>,
    /// Whether new groups come here without asking the engine first.
    stands_in: AtomicBool,
    losses: Box<dyn Fn(Loss) + Send + Sync>,
}

/// What comes after a given entry.
#[derive(Debug)]
pub(crate) enum Next {
    Insert(i64, Insert),
    /// The entry cannot be read, or is not what was written; with its rows, as far as they can be counted.
    Damaged(i64, u64),
    End,
}

impl Spool {
    /// Opens or makes the file in `folder`. A file that is none is put aside and counted: it must not stop the start.
    pub async fn open(
        folder: &Path,
        bytes_max: u64,
        losses: impl Fn(Loss) + Send + Sync + 'static,
    ) -> Result<Self, StoreError> {
        let mut file = File::new(folder);
        let level = match file.level().await {
            Err(Trouble::Damaged(reason)) => {
                file.put_aside(&reason).await.map_err(|trouble| file.unusable(trouble))?;
                losses(Loss { app: None, signal: None, outcome: Outcome::SpoolDamaged, rows: 1 });
                file.level().await
            }
            level => level,
        };
        let level = SpoolLevel { bytes_max, ..level.map_err(|trouble| file.unusable(trouble))? };
        if level.entries > 0 {
            tracing::info!(entries = level.entries, bytes = level.bytes, "the spool holds data from before the start");
        }
        Ok(Self {
            file: Mutex::new(file),
            level: watch::Sender::new(level),
            stands_in: AtomicBool::new(false),
            losses: Box::new(losses),
        })
    }

    /// Whether a file that was put aside lies in the folder: what is in it is neither replayed nor erased.
    pub fn is_put_aside(folder: &Path) -> bool {
        folder.join(file::ASIDE).exists()
    }

    /// Follows what the spool holds.
    pub fn level(&self) -> watch::Receiver<SpoolLevel> {
        self.level.subscribe()
    }

    /// Returns when all inserts are on the disk; on an error none of them is kept.
    pub(crate) async fn push(&self, inserts: &[Insert]) -> Result<(), StoreError> {
        let mut file = self.file.lock().await;
        let before = *self.level.borrow();
        let size: u64 = inserts.iter().map(entry::size).sum();
        if before.bytes.saturating_add(size) > before.bytes_max {
            return Err(StoreError::SpoolFull { bytes_max: before.bytes_max });
        }
        let now = unix_milli();
        file.push(inserts, now).await.map_err(|trouble| StoreError::SpoolFailed(trouble.to_string()))?;
        self.level.send_modify(|level| {
            level.entries += inserts.len() as u64;
            level.bytes += size;
            level.rows += inserts.iter().map(Insert::row_count).sum::<usize>() as u64;
            level.oldest_unix_milli.get_or_insert(now);
        });
        Ok(())
    }

    /// The oldest entry with a greater id.
    pub(crate) async fn next(&self, after: i64) -> Result<Next, Trouble> {
        self.file.lock().await.next(after).await
    }

    /// Removes an entry as it was read.
    pub(crate) async fn remove(&self, id: i64, insert: &Insert) -> Result<(), Trouble> {
        let mut file = self.file.lock().await;
        let oldest_unix_milli = file.remove(id).await?;
        self.level.send_modify(|level| {
            level.entries = level.entries.saturating_sub(1);
            level.bytes = level.bytes.saturating_sub(entry::size(insert));
            level.rows = level.rows.saturating_sub(insert.row_count() as u64);
            level.oldest_unix_milli = oldest_unix_milli;
        });
        Ok(())
    }

    /// Gives the disk its space back once there is nothing in the file.
    pub(crate) async fn shrink(&self) {
        let mut file = self.file.lock().await;
        if self.level.borrow().entries == 0
            && let Err(trouble) = file.shrink().await
        {
            tracing::debug!(%trouble, "the spool's file keeps its size");
        }
    }

    /// Puts the file aside when it holds nothing after `after`, which is what could not be replayed, and begins a new one.
    /// False when something has come in the meantime.
    pub(crate) async fn put_aside(&self, after: i64) -> Result<bool, Trouble> {
        let mut file = self.file.lock().await;
        match file.next(after).await {
            Ok(Next::Insert(..) | Next::Damaged(..)) => return Ok(false),
            Ok(Next::End) => file.put_aside("some entries cannot be replayed").await?,
            Err(Trouble::Damaged(reason)) => {
                file.put_aside(&reason).await?;
                let rows = self.level.borrow().rows.max(1);
                self.lose(Loss { app: None, signal: None, outcome: Outcome::SpoolDamaged, rows });
            }
            Err(trouble) => return Err(trouble),
        }
        self.look_again(&mut file).await?;
        Ok(true)
    }

    async fn look_again(&self, file: &mut MutexGuard<'_, File>) -> Result<(), Trouble> {
        let found = file.level().await?;
        self.level.send_modify(|level| *level = SpoolLevel { bytes_max: level.bytes_max, ..found });
        Ok(())
    }

    /// Tells about acknowledged rows that are lost.
    pub(crate) fn lose(&self, loss: Loss) {
        (self.losses)(loss);
    }

    /// From now on new groups come here first, until the engine is seen to work again.
    pub(crate) fn stand_in(&self) {
        self.stands_in.store(true, Ordering::Relaxed);
    }

    pub(crate) fn stand_down(&self) {
        self.stands_in.store(false, Ordering::Relaxed);
    }

    /// An empty spool has nothing to try the engine with: then the next group does that.
    pub(crate) fn stands_in(&self) -> bool {
        self.stands_in.load(Ordering::Relaxed) && self.level.borrow().entries > 0
    }

    /// Waits until there is something to replay.
    pub(crate) async fn filled(&self) {
        // The sender is ours: there is no error.
        let _ = self.level.subscribe().wait_for(|level| level.entries > 0).await;
    }

    /// Writes what the file holds into a new one. Nothing can come or go meanwhile.
    pub(crate) async fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let copied = self.file.lock().await.copy_to(path).await;
        copied.map_err(|trouble| StoreError::SpoolFailed(trouble.to_string()))
    }

    /// Writes what the journal holds into the file and gives it free.
    pub(crate) async fn close(&self) {
        self.shrink().await;
        self.file.lock().await.close().await;
    }
}

impl fmt::Debug for Spool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spool").field("level", &*self.level.borrow()).finish_non_exhaustive()
    }
}

fn unix_milli() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
