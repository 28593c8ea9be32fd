//! How the database is set up: what the server part reads once, and what every connection starts with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::limits::{
    CACHE_BYTES_MAX, MERGE_THREADS, OLD_PARTS_LIFETIME, SCHEDULE_THREADS, TOKENS_REMEMBERED, WIDE_PART_BYTES_MIN,
};

/// The file of server settings, written anew at every start.
const FILE: &str = "engine.xml";
/// Where the database itself is, inside the data folder.
const DATABASE: &str = "database";
/// The only place, inside the data folder, that backups are written to and restored from.
pub const BACKUPS: &str = "backups";

/// What opens the database and each connection to it.
pub struct Settings {
    arguments: Vec<String>,
    per_connection: Vec<(&'static str, String)>,
}

impl Settings {
    /// Writes the file of server settings and returns what connections need.
    pub fn write(data: &Path, memory_max_bytes: u64) -> io::Result<Self> {
        let file = data.join(FILE);
        fs::write(&file, server_settings(memory_max_bytes, &data.join(BACKUPS)))?;
        let per_connection = vec![
            // `selec 1` is a mistake, not the question for a column named `selec`.
            ("implicit_select", "0".to_owned()),
            // An answer to an insert must mean that its rows are on disk.
            ("async_insert", "0".to_owned()),
            // One question must not use up the memory that inserts need.
            ("max_memory_usage", (server_memory(memory_max_bytes) / 2).to_string()),
        ];
        let path = data.join(DATABASE);
        let arguments = vec![
            "limen".to_owned(),
            argument("path", &path),
            argument("config-file", &file),
            "--logger.level=none".to_owned(),
        ];
        Ok(Self { arguments, per_connection })
    }

    /// The arguments of the connection called `name`, by which its statement is found when it must be ended.
    pub fn arguments(&self, name: &str) -> Vec<String> {
        let settings = self.per_connection.iter().map(|(setting, value)| format!("--{setting}={value}"));
        let name = format!("--{NAME_SETTING}={name}");
        self.arguments.iter().cloned().chain(settings).chain([name]).collect()
    }

    /// What `setting` is on a fresh connection, as SQL.
    pub fn at_start(&self, setting: &str) -> String {
        let own = self.per_connection.iter().find(|(name, _)| *name == setting);
        own.map_or_else(|| "DEFAULT".to_owned(), |(_, value)| format!("'{value}'"))
    }
}

/// The query setting that carries a connection's name; it is free text to the engine.
pub const NAME_SETTING: &str = "log_comment";

fn argument(name: &str, path: &Path) -> String {
    format!("--{name}={}", PathBuf::from(path).display())
}

/// Real use was seen to overshoot the engine's own limit by about a third.
fn server_memory(memory_max_bytes: u64) -> u64 {
    memory_max_bytes / 4 * 3
}

/// The table settings stand here so that no table can be created without them: an answered insert is on disk.
fn server_settings(memory_max_bytes: u64, backups: &Path) -> String {
    let cache = (memory_max_bytes / 16).min(CACHE_BYTES_MAX);
    format!(
        "<!-- Written by Limen at every start; changes here are lost. -->
<clickhouse>
    <max_server_memory_usage>{memory}</max_server_memory_usage>
    <background_pool_size>{MERGE_THREADS}</background_pool_size>
    <background_schedule_pool_size>{SCHEDULE_THREADS}</background_schedule_pool_size>
    <mark_cache_size>{cache}</mark_cache_size>
    <primary_index_cache_size>{cache}</primary_index_cache_size>
    <index_mark_cache_size>{cache}</index_mark_cache_size>
    <uncompressed_cache_size>0</uncompressed_cache_size>
    <query_condition_cache_size>{cache}</query_condition_cache_size>
    <merge_tree>
        <fsync_after_insert>1</fsync_after_insert>
        <fsync_part_directory>1</fsync_part_directory>
        <non_replicated_deduplication_window>{TOKENS_REMEMBERED}</non_replicated_deduplication_window>
        <min_bytes_for_wide_part>{WIDE_PART_BYTES_MIN}</min_bytes_for_wide_part>
        <old_parts_lifetime>{lifetime}</old_parts_lifetime>
        <lightweight_mutation_projection_mode>rebuild</lightweight_mutation_projection_mode>
    </merge_tree>
    <backups>
        <allowed_path>{backups}</allowed_path>
    </backups>
</clickhouse>
",
        memory = server_memory(memory_max_bytes),
        backups = escaped(&backups.display().to_string()),
        lifetime = OLD_PARTS_LIFETIME.as_secs(),
    )
}

/// A path as text of XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
