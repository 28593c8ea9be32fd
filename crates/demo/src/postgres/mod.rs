//! The shop's own PostgreSQL: found on the system, run in the build folder, asked through a small traced client.

mod binaries;
mod cluster;
pub mod database;
mod owner;
mod pool;
mod prepare;

pub use cluster::Cluster;
pub use database::{Database, Query};
pub use prepare::prepare;
