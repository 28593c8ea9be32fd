//! What can go wrong when the shop starts or stops, each with what to do next.

use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A port that was asked for is in use.
    #[error("cannot listen on {address}: {source}; stop what uses this port or choose another with {flag}")]
    Listen { address: SocketAddr, flag: &'static str, source: std::io::Error },

    /// No port is free for the gateway's directory or the other host.
    #[error("cannot open a port of this machine: {0}; end programs that hold many connections")]
    Port(std::io::Error),

    /// The build folder cannot be written.
    #[error("cannot use {}: {source}; choose another folder with --build-dir", path.display())]
    Folder { path: PathBuf, source: std::io::Error },

    /// The broken release is said to be built, and is not there.
    #[error("cannot read {}: {source}; build it with crates/demo/release/broken.mjs, or start without --broken-release", path.display())]
    Broken { path: PathBuf, source: std::io::Error },

    /// One of PostgreSQL's programs could not be started at all.
    #[error("cannot run {}: {source}; check the PostgreSQL installation or start with --no-postgres", program.display())]
    Program { program: PathBuf, source: std::io::Error },

    /// One of PostgreSQL's programs ended with an error.
    #[error("{program} failed: {detail}; the log is {}, or start with --no-postgres", log.display())]
    Postgres { program: &'static str, detail: String, log: PathBuf },

    /// PostgreSQL runs but cannot be talked to.
    #[error("cannot talk to the shop's PostgreSQL: {0}; delete the shop's database folder to start afresh")]
    Database(#[from] tokio_postgres::Error),

    /// An address for telemetry is not usable.
    #[error("cannot send telemetry to {endpoint}: {detail}; give --otlp as in http://127.0.0.1:4318")]
    Export { endpoint: String, detail: String },

    /// The client for HTTP could not be made.
    #[error("cannot set up the HTTP client: {0}; check the proxy and certificate settings of this machine")]
    Client(#[from] reqwest::Error),

    /// No secure random numbers.
    #[error("cannot read random numbers: {0}; /dev/urandom must be readable")]
    Random(std::io::Error),
}
