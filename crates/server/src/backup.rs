//! Copies of everything while the server runs, and a new data folder from such a copy.
//!
//! A backup is a folder: the engine's copy of its tables, the spool, the metadata, the source maps, and a manifest with the hash of every file,
//! which is written last. Without it the backup was interrupted and counts for nothing.

pub mod control;
mod manifest;
pub mod restore;
mod take;

pub use take::{Backups, Taken};

use crate::sourcemaps::FOLDER as SOURCE_MAPS;

/// Names inside a backup, which are those of the data folder.
const METADATA: &str = "metadata.sqlite";
const ENGINE: &str = "engine";
