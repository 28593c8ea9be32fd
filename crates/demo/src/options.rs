//! What the shop can be told on the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::faults::Fault;

#[derive(Debug, Clone, clap::Args)]
pub struct ShopOptions {
    /// Where Limen listens; its script is loaded from there.
    #[arg(long, default_value = "http://127.0.0.1:4600")]
    pub limen: String,

    /// Where telemetry of the services goes (OTLP over HTTP).
    #[arg(long, default_value = "http://127.0.0.1:4318")]
    pub otlp: String,

    /// The application's ingest key. Without it pages carry no script of Limen.
    #[arg(long)]
    pub key: Option<String>,

    /// Address of the gateway, which is the shop's public face.
    #[arg(long, default_value = "127.0.0.1:4700")]
    pub listen: SocketAddr,

    /// First of eight ports in a row for the services behind the gateway; free ports are taken when it is not given.
    #[arg(long)]
    pub service_port: Option<u16>,

    /// Folder for the shop's own PostgreSQL cluster; it is kept and used again.
    #[arg(long, default_value = ".demo")]
    pub build_dir: PathBuf,

    /// Answer from memory instead of starting PostgreSQL.
    #[arg(long)]
    pub no_postgres: bool,

    /// What the shop says its version is.
    #[arg(long, default_value = env!("CARGO_PKG_VERSION"))]
    pub release: String,

    /// Folder with the built script of the broken release, from release/broken.mjs; without it that release is served as its
    /// source.
    #[arg(long)]
    pub broken_release: Option<PathBuf>,

    /// What goes wrong from the start; PUT /faults switches it later.
    #[arg(long, value_enum, default_value = "none")]
    pub fault: Fault,
}
