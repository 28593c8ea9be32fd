//! Makes a new data folder from a backup. It gets its name last: half a restore is never taken for a data folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use limen_store::{Address, SPOOL_FILE, Store};

use super::manifest::Manifest;
use super::take::{copy_folder, in_background, make_empty, remove_if_there};
use super::{ENGINE, METADATA, SOURCE_MAPS};
use crate::error::{BackupError, ServeError};
use crate::serve::wait_until_ready;
use crate::settings::Settings;
use crate::supervisor::{EngineCommand, Supervisor};
use crate::telemetry::Counters;

/// Name of the tables' copy while they are restored from it.
const STAGING: &str = "restoring";

/// The data folder of `settings` must be empty or not there.
pub async fn restore(from: &Path, settings: &Settings) -> Result<Manifest, BackupError> {
    let manifest = Manifest::read(from)?;
    let data = settings.server.data.clone();
    make_empty(&data)?;
    let data = data.canonicalize().map_err(|reason| BackupError::file(&data, reason))?;
    let growing = growing(&data)?;
    remove_if_there(&growing)?;
    let (source, target, checked) = (from.to_owned(), growing.clone(), manifest.clone());
    in_background(move || {
        checked.verify(&source)?;
        copy(&source, &target)
    })
    .await?;
    restore_tables(&growing, settings).await?;
    let target = data.clone();
    in_background(move || finish(&growing, &target)).await?;
    Ok(manifest)
}

/// Beside the data folder, so that it can be renamed.
fn growing(data: &Path) -> Result<PathBuf, BackupError> {
    let name = data.file_name().ok_or_else(|| BackupError::NotEmpty(data.to_owned()))?;
    Ok(data.with_file_name(format!(".{}.restoring", name.to_string_lossy())))
}

fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    make_empty(to)?;
    copy_folder(&from.join(ENGINE), &to.join("engine").join(limen_engine::BACKUPS).join(STAGING))?;
    for name in [METADATA, SPOOL_FILE] {
        let (source, target) = (from.join(name), to.join(name));
        // A server without a spool has none in its backups.
        if source.exists() {
            fs::copy(&source, &target).map_err(|reason| BackupError::file(&target, reason))?;
        }
    }
    // Backups of before there were source maps have none.
    let source_maps = from.join(SOURCE_MAPS);
    if source_maps.exists() {
        copy_folder(&source_maps, &to.join(SOURCE_MAPS))?;
    }
    Ok(())
}

/// The engine itself makes the tables, in a process that ends afterwards.
async fn restore_tables(growing: &Path, settings: &Settings) -> Result<(), BackupError> {
    let socket = growing.join("run").join("engine.sock");
    let command = EngineCommand {
        program: std::env::current_exe().map_err(ServeError::OwnProgram)?,
        data: growing.join("engine"),
        socket: socket.clone(),
        library: limen_engine::find_library(settings.engine.library.as_deref()).map_err(ServeError::Library)?,
        connections: settings.engine.connections,
        memory_max_bytes: settings.engine.memory_max_bytes,
    };
    let engine = Supervisor::start(command, Arc::new(Counters::default()));
    let restored = async {
        wait_until_ready(&mut engine.state()).await?;
        Store::open(&Address::Socket(socket))?.restore(STAGING).await?;
        Ok(())
    };
    let restored = restored.await;
    engine.stop().await;
    restored
}

fn finish(growing: &Path, data: &Path) -> Result<(), BackupError> {
    remove_if_there(&growing.join("engine").join(limen_engine::BACKUPS))?;
    remove_if_there(&growing.join("run"))?;
    let failed = |reason| BackupError::file(data, reason);
    for name in [METADATA, SPOOL_FILE] {
        match File::open(growing.join(name)) {
            Ok(file) => file.sync_all().map_err(failed)?,
            Err(_) => continue,
        }
    }
    let source_maps = growing.join(SOURCE_MAPS);
    if source_maps.exists() {
        sync_below(&source_maps).map_err(failed)?;
    }
    // It is empty, else this had not begun.
    fs::rename(growing, data).map_err(failed)?;
    let parent = data.parent().unwrap_or(data);
    File::open(parent).and_then(|folder| folder.sync_all()).map_err(failed)
}

/// Puts every file and every name in a folder on the disk.
fn sync_below(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_below(&entry.path())?;
        } else {
            File::open(entry.path())?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()
}
