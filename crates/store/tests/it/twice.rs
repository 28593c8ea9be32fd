//! Sending anything twice, late or in pieces changes no figure.

use limen_model::AppId;
use limen_model::enriched::View;
use limen_store::{EncodedBatch, Table, count_rows, engine};

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
