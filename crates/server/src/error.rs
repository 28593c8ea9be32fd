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
