//! Tables of every earlier step are brought forward with their rows, and take and count new ones.

use std::collections::BTreeMap;

use clickhouse::Client;
use limen_model::AppId;
use limen_store::{Committer, EncodedBatch, SCHEMA_VERSION, Table, count_rows, engine, migrate, migrate_to};

use crate::engine_process::EngineProcess;
use crate::filled;

/// Rows of each step but the newest; every table that the step has must have some.
const ROWS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
];

#[test]
fn every_step_but_the_newest_has_rows_to_bring_forward() {
    assert_eq!(ROWS.len() as u32 + 1, SCHEMA_VERSION, "write tests/it/migrations/{:04}.sql", SCHEMA_VERSION - 1);
}

/// Each table with its columns.
async fn tables(client: &Client) -> BTreeMap<String, Vec<String>> {
    let sql = "SELECT table, name FROM system.columns \
               WHERE database = currentDatabase() AND table != 'schema_steps' ORDER BY table, position";
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in client.query(sql).fetch_all::<(String, String)>().await.expect("tables") {
        tables.entry(table).or_default().push(column);
    }
    tables
}

/// The rows of every table, by these columns alone.
async fn read(client: &Client, tables: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, String> {
    let mut rows = BTreeMap::new();
    for (table, columns) in tables {
        let columns = columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
        // Ids hold any byte, so a row is read as hex digits of its text. As a setting, FINAL is for the tables that know it.
        let sql = format!("SELECT hex(toString(tuple({columns}))) AS row FROM {table} ORDER BY row SETTINGS final = 1");
        let found: Vec<String> = client.query(&sql).fetch_all().await.expect("rows");
        rows.insert(table.clone(), found.join("\n"));
    }
    rows
}

async fn check(step: u32, sql: &str) {
    let process = EngineProcess::without_tables();
    let client = process.store.client();
    migrate_to(client, step).await.expect("as it was");
    let code: Vec<&str> = sql.lines().filter(|line| !line.starts_with("--")).collect();
    for statement in code.join("\n").split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
        engine::execute(client, statement.trim_end_matches(';')).await.expect("inserted");
    }
    let tables = tables(client).await;
    let before = read(client, &tables).await;
    for (table, rows) in &before {
        assert!(!rows.is_empty(), "step {step}: no rows of {table} in its file");
    }

    migrate(client).await.expect("brought forward");
    assert_eq!(read(client, &tables).await, before, "step {step}");
    let found: u32 = client.query("SELECT max(step) FROM schema_steps").fetch_one().await.expect("a step");
    assert_eq!(found, SCHEMA_VERSION);

    let shop = AppId::parse("shop").expect("valid");
    let (committer, writer) = Committer::start(client.clone(), 1, None);
    committer.commit(EncodedBatch::encode(&filled::batch())).await.expect("rows of today are taken");
    drop(committer);
    writer.await.expect("no panic");
    for table in Table::ALL {
        let old = before[table.name()].lines().count() as u64;
        let count = count_rows(client, &shop, table).await.expect("counted");
        assert_eq!(count, old + 1, "step {step}: {}", table.name());
    }
    migrate(client).await.expect("a second start changes nothing");
}

#[tokio::test]
async fn tables_of_every_earlier_step_are_brought_forward_with_their_rows() {
    for (step, sql) in (1..).zip(ROWS) {
        check(step, sql).await;
    }
}
