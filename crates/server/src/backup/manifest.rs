//! What a backup holds, file by file with its hash: the last thing written and the first thing read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::error::BackupError;

const NAME: &str = "manifest.json";
/// Counts up when an older Limen could no longer restore what a newer one wrote.
const FORMAT: u32 = 1;
const BUFFER_BYTES: usize = 1 << 20;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// The Limen that made it.
    pub version: String,
    /// From this time on nothing that was acknowledged need be in the backup.
    pub began: String,
    /// By path, with slashes.
    pub files: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub bytes: u64,
    sha256: String,
}

impl Manifest {
    /// Reads every file of the folder, and sees to it that all of them are on the disk.
    pub fn of(folder: &Path, began: OffsetDateTime) -> Result<Self, BackupError> {
        let mut files = BTreeMap::new();
        for path in files_below(folder)? {
            let file = folder.join(&path);
            let entry = Entry::of(&file).map_err(|reason| BackupError::file(&file, reason))?;
            files.insert(path, entry);
        }
        let began = began.format(&Rfc3339).unwrap_or_default();
        Ok(Self { format: FORMAT, version: env!("CARGO_PKG_VERSION").to_owned(), began, files })
    }

    /// From here on the backup is whole.
    pub fn write(&self, folder: &Path) -> Result<(), BackupError> {
        let (part, whole) = (folder.join("manifest.json.part"), folder.join(NAME));
        let written = || {
            let mut file = File::create(&part)?;
            file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
            file.sync_all()?;
            fs::rename(&part, &whole)?;
            File::open(folder)?.sync_all()
        };
        written().map_err(|reason| BackupError::file(&whole, reason))
    }

    pub fn read(folder: &Path) -> Result<Self, BackupError> {
        let path = folder.join(NAME);
        let text = fs::read_to_string(&path).map_err(|reason| match reason.kind() {
            ErrorKind::NotFound => BackupError::Incomplete(folder.to_owned()),
            _ => BackupError::file(&path, reason),
        })?;
        let damaged = |reason: String| BackupError::Damaged { path: path.clone(), reason };
        let manifest: Self = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        if manifest.format != FORMAT {
            return Err(BackupError::Format { found: manifest.format, known: FORMAT });
        }
        if let Some(outside) = manifest.files.keys().find(|path| !stays_inside(path)) {
            return Err(damaged(format!("it names a file outside of the backup: {outside}")));
        }
        Ok(manifest)
    }

    /// Refuses a backup in which a file is missing or is not what was written.
    pub fn verify(&self, folder: &Path) -> Result<(), BackupError> {
        for (path, entry) in &self.files {
            let file = folder.join(path);
            let found = Entry::of(&file).map_err(|reason| BackupError::file(&file, reason))?;
            if found != *entry {
                let reason = format!("it has {} bytes and another content than the manifest says", found.bytes);
                return Err(BackupError::Damaged { path: file, reason });
            }
        }
        Ok(())
    }

    pub fn bytes(&self) -> u64 {
        self.files.values().map(|entry| entry.bytes).sum()
    }
}

impl Entry {
    fn of(path: &Path) -> std::io::Result<Self> {
        let mut file = File::open(path)?;
        let (mut hash, mut bytes) = (Sha256::new(), 0);
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
            bytes += read as u64;
        }
        file.sync_all()?;
        let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { bytes, sha256 })
    }
}

fn stays_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|component| matches!(component, Component::Normal(_)))
}

/// Paths relative to the folder. Folders are put on the disk on the way, so that no name in them is lost.
fn files_below(folder: &Path) -> Result<Vec<String>, BackupError> {
    let (mut found, mut folders) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(relative) = folders.pop() {
        let path = folder.join(&relative);
        let failed = |reason| BackupError::file(&path, reason);
        for entry in fs::read_dir(&path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let below = relative.join(entry.file_name());
            if entry.file_type().map_err(failed)?.is_dir() {
                folders.push(below);
            } else {
                found.push(below.to_string_lossy().into_owned());
            }
        }
        File::open(&path).and_then(|folder| folder.sync_all()).map_err(failed)?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backup() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("engine/data")).expect("made");
        fs::write(folder.path().join("engine/data/part.bin"), b"rows").expect("written");
        fs::write(folder.path().join("metadata.sqlite"), b"apps").expect("written");
        Manifest::of(folder.path(), OffsetDateTime::UNIX_EPOCH).expect("read").write(folder.path()).expect("written");
        folder
    }

    fn check(folder: &Path) -> Result<(), BackupError> {
        Manifest::read(folder)?.verify(folder)
    }

    #[test]
    fn what_is_as_it_was_written_is_taken() {
        let folder = backup();
        check(folder.path()).expect("whole");
        let manifest = Manifest::read(folder.path()).expect("there");
        assert_eq!((manifest.files.len(), manifest.bytes()), (2, 8));
        assert_eq!(manifest.began, "1970-01-01T00:00:00Z");
    }

    #[test]
    fn a_changed_or_missing_file_is_found() {
        let folder = backup();
        let part = folder.path().join("engine/data/part.bin");
        fs::write(&part, b"rowz").expect("changed");
        assert!(matches!(check(folder.path()), Err(BackupError::Damaged { path, .. }) if path == part));
        fs::remove_file(&part).expect("removed");
        assert!(matches!(check(folder.path()), Err(BackupError::File { path, .. }) if path == part));
    }

    #[test]
    fn without_its_manifest_a_backup_is_incomplete() {
        let folder = backup();
        fs::rename(folder.path().join(NAME), folder.path().join("manifest.json.part")).expect("moved");
        let error = check(folder.path()).expect_err("incomplete");
        assert!(error.to_string().contains("interrupted"), "{error}");
    }

    #[test]
    fn a_manifest_that_points_elsewhere_or_is_newer_is_refused() {
        let folder = backup();
        let manifest = Manifest::read(folder.path()).expect("there");
        for path in ["../passwd", "/etc/passwd", "a/../../b", ""] {
            let mut other = manifest.clone();
            let entry = other.files["metadata.sqlite"].clone();
            other.files.insert(path.to_owned(), entry);
            other.write(folder.path()).expect("written");
            assert!(matches!(check(folder.path()), Err(BackupError::Damaged { .. })), "{path}");
        }
        Manifest { format: FORMAT + 1, ..manifest }.write(folder.path()).expect("written");
        assert!(matches!(check(folder.path()), Err(BackupError::Format { found: 2, known: 1 })));
    }
}
