//! Makes and upgrades the tables. Each file in `schema/` is one step, applied once and in order.

use clickhouse::Client;
use limen_model::AppId;

use crate::cluster::open;
use crate::{Cluster, StoreError, Table, engine};

/// The steps so far. A released step is never edited: a change is a new step.
const STEPS: &[(u32, &str)] = &[
    (1, include_str!("schema/0001_tables.sql")),
    (2, include_str!("schema/0002_metric_details.sql")),
    (3, include_str!("schema/0003_rollups.sql")),
    (4, include_str!("schema/0004_erasing.sql")),
    (5, include_str!("schema/0005_errors.sql")),
];

const STEPS_TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_steps (step UInt32, applied DateTime64(3, 'UTC') DEFAULT now64(3)) \
    ENGINE = MergeTree ORDER BY step SETTINGS fsync_after_insert = 1, fsync_part_directory = 1";

/// The version of the tables that this binary writes.
pub const SCHEMA_VERSION: u32 = STEPS[STEPS.len() - 1].0;

/// Brings the tables to `SCHEMA_VERSION`; refuses tables that a newer Limen has made.
pub async fn migrate(client: &Client) -> Result<(), StoreError> {
    migrate_to(client, SCHEMA_VERSION).await
}

/// Brings the tables up to a step, as the Limen of that time left them. Only tests of upgrades stop before the last.
pub async fn migrate_to(client: &Client, last: u32) -> Result<(), StoreError> {
    let server = client.clone().with_database("default");
    engine::execute(&server, &format!("CREATE DATABASE IF NOT EXISTS {} ENGINE = Atomic", engine::DATABASE)).await?;
    engine::execute(client, STEPS_TABLE).await?;
    let found = found(client).await?;
    for (step, sql) in STEPS.iter().filter(|(step, _)| (found + 1..=last).contains(step)) {
        for statement in statements(sql) {
            // A step that was interrupted is run again from its first statement.
            let statement = statement.replacen("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", 1);
            engine::execute(client, &statement).await?;
        }
        engine::execute(client, &format!("INSERT INTO schema_steps (step) VALUES ({step})")).await?;
        tracing::info!(step, "tables brought up to schema step");
    }
    Ok(())
}

/// The same on every server of a cluster. Each statement can be run again, so servers that start together do no harm.
pub(crate) async fn migrate_cluster(client: &Client, cluster: &Cluster) -> Result<(), StoreError> {
    let server = client.clone().with_database("default");
    open::check(&server, cluster).await?;
    for statement in cluster.databases().into_iter().chain(cluster.schema(STEPS_TABLE)?) {
        engine::execute(&server, &statement).await?;
    }
    let found = found(client).await?;
    for (step, sql) in STEPS.iter().filter(|(step, _)| *step > found) {
        for statement in statements(sql) {
            for statement in cluster.schema(&statement)? {
                engine::execute(client, &statement).await?;
            }
        }
        engine::execute(client, &format!("INSERT INTO schema_steps (step) VALUES ({step})")).await?;
        tracing::info!(step, cluster = cluster.name(), "tables brought up to schema step");
    }
    Ok(())
}

/// Every statement that makes the tables of a cluster, in order.
pub fn cluster_schema(cluster: &Cluster) -> Result<Vec<String>, StoreError> {
    let mut all = cluster.databases().to_vec();
    all.extend(cluster.schema(STEPS_TABLE)?);
    for statement in STEPS.iter().flat_map(|(_, sql)| statements(sql)) {
        all.extend(cluster.schema(&statement)?);
    }
    Ok(all)
}

/// The step that the tables are at.
async fn found(client: &Client) -> Result<u32, StoreError> {
    let found: u32 = client.query("SELECT max(step) FROM schema_steps").fetch_one().await?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::SchemaNewer { found, known: SCHEMA_VERSION });
    }
    Ok(found)
}

/// Rows of a table that count for one application.
pub async fn count_rows(client: &Client, app: &AppId, table: Table) -> Result<u64, StoreError> {
    let query = client.query(&format!("SELECT count() FROM {} FINAL WHERE app = {{app:String}}", table.name()));
    Ok(query.param("app", app.as_str()).fetch_one().await?)
}

/// The statements of a file; a line that starts with `--` is a comment.
fn statements(sql: &str) -> Vec<String> {
    let code: Vec<&str> = sql.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    code.join("\n")
        .split(";\n")
        .map(|statement| statement.trim().trim_end_matches(';').to_owned())
        .filter(|s| !s.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_into_its_statements() {
        let cut = statements("-- why\nCREATE TABLE a (x UInt8);\n\nCREATE TABLE b\n(\n    y UInt8\n);\n");
        assert_eq!(cut, ["CREATE TABLE a (x UInt8)", "CREATE TABLE b\n(\n    y UInt8\n)"]);
    }

    /// The steps before the newest: tables of that shape lie on somebody's disk, so nothing in them may change.
    const RELEASED: &[u64] = &[
        15_664_806_030_762_171_880,
        16_654_173_547_412_275_459,
        7_991_170_201_334_995_219,
        15_572_097_682_693_193_898,
    ];

    #[test]
    fn a_step_is_not_edited_once_there_is_a_newer_one() {
        let crc = crc::Crc::<u64>::new(&crc::CRC_64_XZ);
        let found: Vec<u64> = STEPS[..STEPS.len() - 1].iter().map(|(_, sql)| crc.checksum(sql.as_bytes())).collect();
        assert_eq!(
            found, RELEASED,
            "a new step freezes the one before: add its number, and rows in tests/it/migrations"
        );
    }

    #[test]
    fn steps_count_up_from_one() {
        assert!(STEPS.iter().zip(1..).all(|((step, sql), expected)| *step == expected && !statements(sql).is_empty()));
    }
}
