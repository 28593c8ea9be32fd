//! Takes a backup while the server goes on: spool, tables, metadata, and then the manifest.

use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use limen_store::{Committer, SPOOL_FILE, Store};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tokio::sync::Mutex;

use super::manifest::Manifest;
use super::{ENGINE, METADATA, SOURCE_MAPS};
use crate::error::BackupError;
use crate::metadata::{Metadata, MetadataError};
use crate::serve::Running;
use crate::sourcemaps::SourceMaps;

/// Name of the engine's copy while it is made.
const STAGING: &str = "taking";

/// What backups are taken of. One at a time.
#[derive(Clone)]
pub struct Backups {
    committer: Committer,
    store: Store,
    metadata: Metadata,
    source_maps: SourceMaps,
    /// The engine's folder; nothing when the engine is a server elsewhere.
    engine: Option<PathBuf>,
    busy: Arc<Mutex<()>>,
}

/// A backup that is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub files: usize,
    pub bytes: u64,
}

impl Backups {
    pub fn of(running: &Running) -> Self {
        let settings = &running.settings;
        let embedded = settings.engine.clickhouse.is_none();
        Self {
            committer: running.pipeline.committer.clone(),
            store: running.store.clone(),
            metadata: running.metadata.clone(),
            source_maps: running.source_maps.clone(),
            engine: embedded.then(|| settings.server.data.join("engine")),
            busy: Arc::default(),
        }
    }

    /// Everything that was acknowledged before this is in the backup. The spool is copied before the tables: what moves from
    /// one to the other in between is in both, and comes to one row when it is replayed.
    pub async fn take(&self, to: &Path) -> Result<Taken, BackupError> {
        let _one = self.busy.try_lock().map_err(|_| BackupError::Busy)?;
        let engine = self.engine.as_ref().ok_or(BackupError::Elsewhere)?;
        if self.metadata.is_shared() {
            return Err(MetadataError::NotAFile.into());
        }
        let began = OffsetDateTime::now_utc();
        let staging = engine.join(limen_engine::BACKUPS).join(STAGING);
        remove_if_there(&staging)?;
        make_empty(to)?;
        self.committer.copy_spool(&to.join(SPOOL_FILE)).await?;
        let copied = self.store.back_up(STAGING).await;
        if copied.is_err() {
            remove_if_there(&staging)?;
        }
        copied?;
        let tables = to.join(ENGINE);
        in_background(move || move_folder(&staging, &tables)).await?;
        self.copy_metadata(to).await?;
        let folder = to.to_owned();
        in_background(move || {
            let manifest = Manifest::of(&folder, began)?;
            manifest.write(&folder)?;
            Ok(Taken { files: manifest.files.len(), bytes: manifest.bytes() })
        })
        .await
    }
}

impl Backups {
    /// With the files that its rows name: uploads wait only while the few are copied that came during the first pass.
    async fn copy_metadata(&self, to: &Path) -> Result<(), BackupError> {
        self.copy_source_maps(to).await?;
        let _held = self.source_maps.hold().await;
        self.metadata.copy_to(&to.join(METADATA)).await?;
        self.copy_source_maps(to).await
    }

    async fn copy_source_maps(&self, to: &Path) -> Result<(), BackupError> {
        let (files, target) = (self.source_maps.files().clone(), to.join(SOURCE_MAPS));
        in_background(move || files.copy_to(&target).map_err(|reason| BackupError::file(&target, reason))).await
    }
}

/// Work on files of any size must not hold up requests.
pub async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// Makes the folder, for nobody else to read; one that is there must be empty.
pub fn make_empty(folder: &Path) -> Result<(), BackupError> {
    let failed = |reason| BackupError::file(folder, reason);
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    match fs::read_dir(folder).map_err(failed)?.next() {
        None => Ok(()),
        Some(_) => Err(BackupError::NotEmpty(folder.to_owned())),
    }
}

pub fn remove_if_there(folder: &Path) -> Result<(), BackupError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(BackupError::file(folder, error)),
        _ => Ok(()),
    }
}

/// Renames where both are on one disk, else copies.
fn move_folder(from: &Path, to: &Path) -> Result<(), BackupError> {
    match fs::rename(from, to) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            copy_folder(from, to)?;
            remove_if_there(from)
        }
        Err(error) => Err(BackupError::file(to, error)),
    }
}

pub fn copy_folder(from: &Path, to: &Path) -> Result<(), BackupError> {
    let failed = |reason| BackupError::file(to, reason);
    DirBuilder::new().recursive(true).mode(0o700).create(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(|reason| BackupError::file(from, reason))? {
        let entry = entry.map_err(|reason| BackupError::file(from, reason))?;
        let target = to.join(entry.file_name());
        if entry.file_type().map_err(failed)?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).map_err(|reason| BackupError::file(&target, reason))?;
        }
    }
    Ok(())
}
