//! Why the server does not start or had to end; every message says what to do.

use std::net::SocketAddr;
use std::path::PathBuf;

use limen_engine::EngineError;
use limen_enrich::EnrichError;
use limen_store::StoreError;

use crate::metadata::MetadataError;

#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another process listens there.
    #[error("the address {address} is taken by another process: stop it, or choose another with --{flag}")]
    AddressTaken { address: SocketAddr, flag: &'static str },
    /// The address cannot be listened on for another reason.
    #[error("cannot listen on {address}: {reason}; choose another with --{flag}")]
    Listen { address: SocketAddr, flag: &'static str, reason: std::io::Error },
    /// The data folder cannot be made or written.
    #[error("cannot use the data folder {path}: {reason}; choose another with --data")]
    DataFolder { path: PathBuf, reason: std::io::Error },
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    #[error(transparent)]
    Enrich(#[from] EnrichError),
    /// The engine's library is not there.
    #[error(transparent)]
    Library(#[from] EngineError),
    /// The embedded engine said that it cannot start.
    #[error("the engine cannot start: {0}")]
    Engine(String),
    #[error("the store cannot be used: {0}")]
    Store(#[from] StoreError),
    /// This program's own file cannot be found, so the engine cannot be started from it.
    #[error("cannot find this program's own file: {0}")]
    OwnProgram(std::io::Error),
    /// The operating system gave no random numbers or no signal handler.
    #[error("the operating system refused: {0}")]
    System(std::io::Error),
}

/// Why there is no backup, or no data folder from one.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Nobody listens on the control socket.
    #[error("no server runs on {data} ({reason}): start one, or copy the whole folder while none runs")]
    NoServer { data: PathBuf, reason: std::io::Error },
    /// The server said why not.
    #[error("the server took no backup: {0}")]
    Refused(String),
    /// The connection to the server broke; the folder has no manifest, unless it was written just then.
    #[error("the server did not answer to the end: {0}; what it has written is no backup without its manifest.json")]
    Lost(String),
    /// Another backup is being taken.
    #[error("another backup is being taken: wait for its end")]
    Busy,
    #[error("the server is stopping")]
    Stopping,
    /// The engine is not ours.
    #[error("the data is in a ClickHouse server: back that up by its own means, and the data folder by copying it")]
    Elsewhere,
    /// There is something where nothing may be.
    #[error("{0} is not empty: name a folder that is, or that is not there yet")]
    NotEmpty(PathBuf),
    /// There is no manifest.
    #[error("{0} holds no whole backup: it has no manifest.json, so the backup was interrupted or this is none")]
    Incomplete(PathBuf),
    /// A file is not what was written.
    #[error("{path} is damaged: {reason}; take another backup")]
    Damaged { path: PathBuf, reason: String },
    /// A newer Limen wrote it.
    #[error("the backup is of format {found}, this binary knows {known}: restore it with the Limen that made it")]
    Format { found: u32, known: u32 },
    /// A file cannot be read or written.
    #[error("{path}: {reason}")]
    File { path: PathBuf, reason: std::io::Error },
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Serve(#[from] ServeError),
}

impl BackupError {
    pub fn file(path: &std::path::Path, reason: std::io::Error) -> Self {
        Self::File { path: path.to_owned(), reason }
    }
}
