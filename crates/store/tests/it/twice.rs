//! Sending anything twice, late or in pieces changes no figure.

use limen_model::AppId;
use limen_model::enriched::View;
use limen_store::{EncodedBatch, Table, count_rows, engine, migrate};

use crate::engine_process::EngineProcess;
use crate::filled;

async fn insert(process: &EngineProcess, batch: &limen_model::enriched::EnrichedBatch<'_>, token: &str) {
    for (table, rows) in EncodedBatch::encode(batch).into_tables() {
        let statement = table.insert_statement();
        let token = format!("{token}-{}", table.name());
        engine::insert(process.store.client(), &statement, &token, rows.bytes.into()).await.expect("inserted");
    }
}

#[tokio::test]
async fn a_batch_sent_again_counts_once_whatever_its_token() {
    let process = EngineProcess::start().await;
    let shop = AppId::parse("shop").expect("valid");
    for token in ["first", "first", "second"] {
        insert(&process, &filled::batch(), token).await;
    }
    for table in Table::ALL {
        let count = count_rows(process.store.client(), &shop, table).await.expect("counted");
        assert_eq!(count, 1, "{}", table.name());
    }
}

#[tokio::test]
async fn the_highest_version_of_a_view_wins_even_when_it_comes_first() {
    let process = EngineProcess::start().await;
    let mut batch = filled::batch();
    batch.views = vec![View { version: 9, lcp: Some(900.0), ..filled::view() }];
    insert(&process, &batch, "late").await;
    batch.views = vec![View { version: 8, lcp: Some(800.0), ..filled::view() }];
    insert(&process, &batch, "early").await;
    let lcp: Vec<f64> =
        process.store.client().query("SELECT assumeNotNull(lcp) FROM views FINAL").fetch_all().await.expect("one row");
    assert_eq!(lcp, [900.0]);
}

#[tokio::test]
async fn of_the_versions_of_a_view_in_one_insert_the_highest_wins() {
    let process = EngineProcess::start().await;
    let mut batch = filled::batch();
    let versions = [(8, 800.0), (9, 900.0), (7, 700.0)];
    batch.views = versions.map(|(version, lcp)| View { version, lcp: Some(lcp), ..filled::view() }).to_vec();
    batch.events = vec![batch.events[0].clone(); 3];
    insert(&process, &batch, "all").await;
    let client = process.store.client();
    let lcp: Vec<f64> = client.query("SELECT assumeNotNull(lcp) FROM views FINAL").fetch_all().await.expect("one row");
    assert_eq!(lcp, [900.0]);
    let events: u64 = client.query("SELECT count() FROM events FINAL").fetch_one().await.expect("a count");
    assert_eq!(events, 1);
}

#[tokio::test]
async fn tables_of_the_first_step_get_the_columns_of_the_later_ones_and_keep_their_rows() {
    let process = EngineProcess::with(&[filled::batch()]).await;
    let client = process.store.client();
    // As it was before the second step, which was then interrupted after its first column.
    for column in ["value_int", "zero_threshold", "exemplar_times", "exemplar_attributes"] {
        engine::execute(client, &format!("ALTER TABLE metrics DROP COLUMN {column}")).await.expect("dropped");
    }
    engine::execute(client, "TRUNCATE TABLE schema_steps").await.expect("emptied");
    engine::execute(client, "INSERT INTO schema_steps (step) VALUES (1)").await.expect("noted");
    migrate(client).await.expect("migrated");
    let sql = "SELECT count, isNull(value_int), length(exemplar_times) FROM metrics FINAL";
    let rows: Vec<(u64, u8, u64)> = client.query(sql).fetch_all().await.expect("one row");
    assert_eq!(rows, [(14, 1, 0)]);
    let step: u32 = client.query("SELECT max(step) FROM schema_steps").fetch_one().await.expect("a step");
    assert_eq!(step, limen_store::SCHEMA_VERSION);
}
