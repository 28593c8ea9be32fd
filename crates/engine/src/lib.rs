//! The database as a process of its own: libchdb, loaded at run time, behind ClickHouse's HTTP interface on a private socket.
//!
//! Only what the official `clickhouse` crate uses of that interface is served, so the store has one client for the
//! embedded engine and for a server. Limits are in [`limits`], exit codes in [`exit`].

mod answer;
mod blocks;
mod directory;
mod error;
mod exception;
pub mod exit;
mod ffi;
mod form;
mod library;
pub mod limits;
mod pool;
mod reply;
mod request;
mod running;
mod serve;
mod settings;
mod socket;
mod statement;
mod stop;
mod tokens;
mod work;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

pub use error::EngineError;
pub use library::find_library;
pub use settings::BACKUPS;

use crate::directory::Directory;
use crate::ffi::Library;
use crate::limits::CONNECTIONS_MIN;
use crate::pool::Pool;
use crate::settings::Settings;
use crate::stop::Stop;

/// What the engine needs to know; everything is chosen by the supervisor.
#[derive(Debug, Clone)]
pub struct EngineOptions {
    /// The file of libchdb, see [`find_library`].
    pub library: PathBuf,
    /// The folder of all data, made when there is none.
    pub data: PathBuf,
    /// Where to listen.
    pub socket: PathBuf,
    /// Statements that can run at the same time.
    pub connections: usize,
    /// Memory this process should stay within.
    pub memory_max_bytes: u64,
    /// The version of the program, for messages about data that a newer one wrote.
    pub binary_version: &'static str,
}

/// Serves until SIGTERM, SIGINT, or the end of standard input when that is a pipe; then ends requests and closes the data.
///
/// Writes the line `ready` to standard output once the first question was answered.
pub fn run(options: EngineOptions) -> Result<(), EngineError> {
    socket::check_length(&options.socket)?;
    let library_file = find_library(Some(&options.library))?;
    let library = Library::open(&library_file)?;
    let version: Arc<str> = library.version().into();
    let directory = Directory::open(&options.data)?;
    directory.claim(&version, options.binary_version)?;
    let (listener, _socket) = socket::bind(&options.socket)?;
    let runtime = runtime(options.connections)?;
    let pool = open(library, &directory, &options)?;
    let served = runtime.block_on(async {
        let stop = Stop::listen()?;
        let listener = tokio::net::UnixListener::from_std(listener)
            .map_err(|source| EngineError::SocketUnusable { path: options.socket.clone(), source })?;
        say_ready()?;
        serve::serve(listener, Arc::clone(&pool), version, stop).await;
        Ok(())
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    drop(pool);
    // Some of the library's threads may refuse to end; the data is on disk either way.
    library.shut_down();
    served
}

fn runtime(connections: usize) -> Result<Runtime, EngineError> {
    Builder::new_multi_thread()
        // Only bytes are moved here; the database has threads of its own.
        .worker_threads(2)
        // Every connection and, at worst, one thread to end each one's statement.
        .max_blocking_threads(connections.max(CONNECTIONS_MIN) * 2 + 2)
        .thread_name("engine-http")
        .enable_all()
        .build()
        .map_err(|source| EngineError::SystemRefused { what: "threads", source })
}

/// Opens the database and makes sure that it answers.
fn open(library: &'static Library, directory: &Directory, options: &EngineOptions) -> Result<Arc<Pool>, EngineError> {
    let data = directory.path();
    let settings = Settings::write(data, options.memory_max_bytes).map_err(|source| EngineError::data(data, source))?;
    let refused = |reason: String| EngineError::DatabaseRefused { path: data.to_owned(), reason };
    let pool = Pool::open(library, settings, data, options.connections.max(CONNECTIONS_MIN))
        .ok_or_else(|| refused("the library said why in the lines before, if anywhere".to_owned()))?;
    for statement in ["CREATE DATABASE IF NOT EXISTS limen ENGINE = Atomic", "SELECT 1"] {
        pool.control(statement).map_err(|exception| match exception.code {
            exception::code::NOT_ENOUGH_SPACE => EngineError::DiskFull { path: data.to_owned() },
            _ => refused(exception.text),
        })?;
    }
    Ok(pool)
}

/// The supervisor waits for this line.
fn say_ready() -> Result<(), EngineError> {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "ready").and_then(|()| out.flush());
    written.map_err(|source| EngineError::SystemRefused { what: "to write to standard output", source })
}
