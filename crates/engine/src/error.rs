//! Why the engine's process could not start, each with what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use crate::exit;

#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// No file at any of the places.
    #[error(
        "the engine library libchdb was not found in {}; run `cargo xtask engine` to fetch it, \
         or set LIMEN_ENGINE_LIBRARY to its file",
        list(.searched)
    )]
    LibraryMissing { searched: Vec<PathBuf> },
    /// The system's loader refused the file.
    #[error(
        "the engine library {} cannot be loaded: {reason}; it must be the one for this system and processor: \
         delete it and run `cargo xtask engine`",
        .path.display()
    )]
    LibraryNotLoadable { path: PathBuf, reason: String },
    /// It is a library, but of another or an older kind.
    #[error(
        "the engine library {} has no function `{symbol}`, so it is not the version this Limen was built for; \
         run `cargo xtask engine` to fetch the right one",
        .path.display()
    )]
    LibraryLacksSymbol { path: PathBuf, symbol: &'static str },
    #[error(
        "the data folder {} is locked by another process{}; stop that one first, or choose another folder with --data",
        .path.display(),
        holder(*.pid)
    )]
    DataLocked { path: PathBuf, pid: Option<u32> },
    #[error(
        "the data folder {} was written by a newer Limen ({written_by}): it has {found} and this binary knows {known}; \
         install that version or a later one, or choose another folder with --data",
        .path.display()
    )]
    DataNewer { path: PathBuf, written_by: String, found: String, known: String },
    #[error(
        "the file {} does not say what the data folder holds ({reason}); restore it from a backup, \
         or choose another folder with --data",
        .path.display()
    )]
    DataFormatUnreadable { path: PathBuf, reason: String },
    #[error("the data folder {} cannot be used: {source}; check that it exists, whose it is and its rights", .path.display())]
    DataUnusable { path: PathBuf, source: io::Error },
    #[error("the disk of the data folder {} is full; free some space and start again", .path.display())]
    DiskFull { path: PathBuf },
    #[error(
        "the socket's path {} has {bytes} bytes and this system allows {}; choose a shorter one with --socket",
        .path.display(),
        .max_bytes
    )]
    SocketPathTooLong { path: PathBuf, bytes: usize, max_bytes: usize },
    #[error(
        "another process serves on the socket {}; stop that one first, or choose another path with --socket",
        .path.display()
    )]
    SocketTaken { path: PathBuf },
    #[error("the socket {} cannot be created: {source}; check whose its folder is and its rights", .path.display())]
    SocketUnusable { path: PathBuf, source: io::Error },
    #[error("the database in {} did not open: {reason}", .path.display())]
    DatabaseRefused { path: PathBuf, reason: String },
    #[error("the operating system refused {what}: {source}")]
    SystemRefused { what: &'static str, source: io::Error },
}

impl EngineError {
    /// The code the process ends with, see [`exit`].
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            EngineError::LibraryMissing { .. } => exit::LIBRARY_MISSING,
            EngineError::LibraryNotLoadable { .. } | EngineError::LibraryLacksSymbol { .. } => exit::LIBRARY_UNUSABLE,
            EngineError::DataLocked { .. } => exit::DATA_LOCKED,
            EngineError::DataNewer { .. } => exit::DATA_NEWER,
            EngineError::DataFormatUnreadable { .. } | EngineError::DataUnusable { .. } => exit::DATA_UNUSABLE,
            EngineError::DiskFull { .. } => exit::DISK_FULL,
            EngineError::SocketPathTooLong { .. } => exit::SOCKET_PATH_TOO_LONG,
            EngineError::SocketTaken { .. } => exit::SOCKET_TAKEN,
            EngineError::SocketUnusable { .. } => exit::SOCKET_UNUSABLE,
            EngineError::DatabaseRefused { .. } => exit::DATABASE_REFUSED,
            EngineError::SystemRefused { .. } => exit::SYSTEM_REFUSED,
        }
    }

    /// What went wrong with a file of the data folder: a full disk has its own answer.
    pub(crate) fn data(path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                EngineError::DiskFull { path: path.to_owned() }
            }
            _ => EngineError::DataUnusable { path: path.to_owned(), source },
        }
    }
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn holder(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (pid {pid})")).unwrap_or_default()
}
