//! The same tables on several machines: what a statement of the schema or of a job becomes on a cluster of ClickHouse servers.
//!
//! Each table is two: the rows of one shard, replicated, in the database `limen_local`, and in `limen`, under the name that all
//! questions use, a Distributed table over the shards. Questions therefore stay what they are; only what changes rows in place
//! names the tables behind.

pub(crate) mod open;

use clickhouse::Client;

use crate::StoreError;
use crate::engine::{DATABASE, LOCAL_DATABASE};
use crate::limits::{CLUSTER_DEDUPLICATION_SECONDS, CLUSTER_NAME_BYTES_MAX, CLUSTER_QUORUM_WAIT};

/// By what the rows of a table are divided. What replaces each other, and what is asked of a session, must be together.
const SHARDING: &[(&str, &str)] = &[
    ("views", "cityHash64(app, if(session_id = '', view_id, session_id))"),
    ("events", "cityHash64(app, if(session_id = '', toString(event_id), session_id))"),
    ("spans", "cityHash64(app, if(session_id = '', hex(trace_id), session_id))"),
    (
        "logs",
        "cityHash64(app, multiIf(session_id != '', session_id, trace_id != toFixedString('', 16), hex(trace_id), toString(log_id)))",
    ),
    ("metrics", "cityHash64(app, series)"),
    // A run counts by its row in `rollup_runs`, so both are in one place.
    ("views_rollup", "cityHash64(app, step, start)"),
    ("rollup_runs", "cityHash64(app, step, start)"),
    ("rollup_marks", "cityHash64(name)"),
    ("error_stacks", "cityHash64(app, stack_id)"),
    ("schema_steps", "step"),
];

/// The table of ids that an erasure is about: in the memory of whichever server took them, and read from all.
const ERASING: &str = "erasing";

/// A cluster by its name in the servers' `remote_servers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    name: String,
}

impl Cluster {
    /// Names stand in statements, so only plain ones are taken.
    pub fn named(name: &str) -> Result<Self, StoreError> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '.';
        if name.is_empty() || name.len() > CLUSTER_NAME_BYTES_MAX || !name.chars().all(plain) {
            return Err(StoreError::ClusterName { name: name.chars().take(CLUSTER_NAME_BYTES_MAX).collect() });
        }
        Ok(Self { name: name.to_owned() })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// What makes the two databases.
    pub fn databases(&self) -> [String; 2] {
        [LOCAL_DATABASE, DATABASE].map(|database| {
            format!("CREATE DATABASE IF NOT EXISTS {database} ON CLUSTER `{}` ENGINE = Atomic", self.name)
        })
    }

    /// What a statement of the schema becomes, in order.
    pub fn schema(&self, statement: &str) -> Result<Vec<String>, StoreError> {
        let unknown = || StoreError::ClusterStatement { statement: statement.chars().take(60).collect() };
        let (verb, rest) = [CREATE, ALTER]
            .into_iter()
            .find_map(|verb| Some((verb, statement.strip_prefix(verb)?)))
            .ok_or_else(unknown)?;
        let rest = rest.strip_prefix("IF NOT EXISTS ").unwrap_or(rest);
        let (table, rest) = rest.split_once(char::is_whitespace).ok_or_else(unknown)?;
        if table == ERASING {
            return self.erasing(rest).ok_or_else(unknown);
        }
        let (_, sharding) = SHARDING.iter().find(|(name, _)| *name == table).ok_or_else(unknown)?;
        let on = format!("ON CLUSTER `{}`", self.name);
        if verb == ALTER {
            let local = format!("ALTER TABLE {LOCAL_DATABASE}.{table} {on} {}", rest.trim_start());
            // Indexes are of the rows; a Distributed table has none.
            let seen = format!("ALTER TABLE {DATABASE}.{table} {on} {}", rest.trim_start());
            return Ok(if rest.contains("ADD COLUMN") { vec![local, seen] } else { vec![local] });
        }
        let rest = replicated(table, rest).ok_or_else(unknown)?;
        let name = &self.name;
        Ok(vec![
            format!("CREATE TABLE IF NOT EXISTS {LOCAL_DATABASE}.{table} {on} {rest}"),
            format!(
                "CREATE TABLE IF NOT EXISTS {DATABASE}.{table} {on} AS {LOCAL_DATABASE}.{table} \
                 ENGINE = Distributed(`{name}`, {LOCAL_DATABASE}, {table}, {sharding})"
            ),
        ])
    }

    /// Deleting names this on every server, and the ids are in the memory of one. So each asks all, and none that is away is left out.
    fn erasing(&self, rest: &str) -> Option<Vec<String>> {
        let columns = rest.split_once('(')?.1.split_once("\n)")?.0;
        let name = &self.name;
        Some(vec![
            format!("CREATE TABLE IF NOT EXISTS {LOCAL_DATABASE}.{ERASING} ON CLUSTER `{name}` {rest}"),
            format!(
                "CREATE VIEW IF NOT EXISTS {DATABASE}.{ERASING} ON CLUSTER `{name}` ({columns}) \
                 AS SELECT kind, id FROM clusterAllReplicas(`{name}`, {LOCAL_DATABASE}.{ERASING})"
            ),
        ])
    }

    /// What a statement that changes rows in place becomes: the same about the tables behind, on every shard.
    pub fn change(&self, statement: &str) -> String {
        for verb in [ALTER, TRUNCATE] {
            if let Some((table, rest)) =
                statement.strip_prefix(verb).map(|rest| rest.split_once(' ').unwrap_or((rest, "")))
            {
                return format!("{verb}{LOCAL_DATABASE}.{table} ON CLUSTER `{}` {rest}", self.name)
                    .trim_end()
                    .to_owned();
            }
        }
        statement.to_owned()
    }

    /// Makes every replica have all rows of a table, before a statement that each of them answers for itself.
    pub fn catch_up(&self, table: &str) -> String {
        format!("SYSTEM SYNC REPLICA ON CLUSTER `{}` {LOCAL_DATABASE}.{table}", self.name)
    }

    /// What lies on the disks of the shards, one replica of each.
    pub fn parts(&self) -> String {
        format!("cluster(`{}`, system.parts)", self.name)
    }

    /// What lies on the disks of all servers.
    pub fn all_parts(&self) -> String {
        format!("clusterAllReplicas(`{}`, system.parts)", self.name)
    }

    /// What every statement is sent with.
    pub(crate) fn settings(client: Client) -> Client {
        client
            // Rows of one question may be on different shards: what a subquery finds is handed to all of them.
            .with_setting("distributed_product_mode", "global")
            // What a shard computes may belong to another: rows are divided by whoever asked.
            .with_setting("parallel_distributed_insert_select", "0")
            // An answer to an insert means that most replicas of each shard have its rows.
            .with_setting("distributed_foreground_insert", "1")
            .with_setting("insert_quorum", "auto")
            .with_setting("insert_quorum_timeout", CLUSTER_QUORUM_WAIT.as_millis().to_string())
            // Whoever asks twice is answered by the same replica, as long as it is there: no figure goes back.
            .with_setting("load_balancing", "in_order")
            .with_setting("prefer_localhost_replica", "0")
            // What deletes looks up ids, and is done by each replica.
            .with_setting("allow_nondeterministic_mutations", "1")
    }
}

const CREATE: &str = "CREATE TABLE ";
const ALTER: &str = "ALTER TABLE ";
const TRUNCATE: &str = "TRUNCATE TABLE ";

/// The columns and settings of a table with the engine that copies its rows.
fn replicated(table: &str, rest: &str) -> Option<String> {
    let (columns, engine) = rest.split_once("ENGINE = ")?;
    let (kind, rest) = engine.split_at(engine.find(['(', ' ', '\n'])?);
    let kind = ["MergeTree", "ReplacingMergeTree"].into_iter().find(|known| *known == kind)?;
    let (arguments, rest) = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')').map(|(arguments, rest)| (format!(", {arguments}"), rest))?,
        None => (String::new(), rest),
    };
    let (before, settings) = rest.split_once("SETTINGS ")?;
    Some(format!(
        "{columns}ENGINE = Replicated{kind}('/clickhouse/tables/{{shard}}/{DATABASE}/{table}', '{{replica}}'{arguments}){before}SETTINGS \
         replicated_deduplication_window_seconds = {CLUSTER_DEDUPLICATION_SECONDS}, {settings}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Cluster {
        Cluster::named("two").expect("a name")
    }

    #[test]
    fn a_name_that_could_end_a_statement_is_refused() {
        for name in ["", "a`b", "a'b", "a b", &"n".repeat(CLUSTER_NAME_BYTES_MAX + 1)] {
            assert!(matches!(Cluster::named(name), Err(StoreError::ClusterName { .. })), "{name}");
        }
        assert!(Cluster::named("eu-west_1.main").is_ok());
    }

    #[test]
    fn a_table_becomes_its_rows_and_what_gathers_them() {
        let made = two().schema("CREATE TABLE metrics\n(\n    a UInt8\n)\nENGINE = ReplacingMergeTree(received)\nORDER BY a\nSETTINGS x = 1");
        assert_eq!(
            made.expect("known"),
            [
                "CREATE TABLE IF NOT EXISTS limen_local.metrics ON CLUSTER `two` (\n    a UInt8\n)\n\
                 ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/limen/metrics', '{replica}', received)\nORDER BY a\n\
                 SETTINGS replicated_deduplication_window_seconds = 604800, x = 1",
                "CREATE TABLE IF NOT EXISTS limen.metrics ON CLUSTER `two` AS limen_local.metrics \
                 ENGINE = Distributed(`two`, limen_local, metrics, cityHash64(app, series))",
            ]
        );
    }

    #[test]
    fn a_table_without_a_sharding_is_refused_rather_than_left_on_one_server() {
        for statement in
            ["CREATE TABLE news\n(a UInt8)\nENGINE = MergeTree ORDER BY a SETTINGS x = 1", "DROP TABLE views"]
        {
            assert!(matches!(two().schema(statement), Err(StoreError::ClusterStatement { .. })), "{statement}");
        }
    }

    #[test]
    fn a_column_is_added_to_both_and_an_index_to_the_rows_alone() {
        let column = two().schema("ALTER TABLE views ADD COLUMN a UInt8").expect("known");
        assert_eq!(column.len(), 2);
        let index = two().schema("ALTER TABLE views ADD INDEX a b TYPE minmax").expect("known");
        assert_eq!(index, ["ALTER TABLE limen_local.views ON CLUSTER `two` ADD INDEX a b TYPE minmax"]);
    }

    #[test]
    fn what_changes_rows_is_about_the_tables_behind() {
        let change = |sql| two().change(sql);
        assert_eq!(
            change("ALTER TABLE views DELETE WHERE a"),
            "ALTER TABLE limen_local.views ON CLUSTER `two` DELETE WHERE a"
        );
        assert_eq!(change("TRUNCATE TABLE erasing"), "TRUNCATE TABLE limen_local.erasing ON CLUSTER `two`");
        assert_eq!(change("INSERT INTO views SELECT 1"), "INSERT INTO views SELECT 1");
    }
}
