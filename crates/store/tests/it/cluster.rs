//! The tables of a cluster: what this engine can be asked about them without other servers.

use limen_model::AppId;
use limen_model::enriched::View;
use limen_store::{Table, cluster_schema, count_rows, engine};

use crate::engine_process::EngineProcess;
use crate::{filled, shards};

#[tokio::test]
async fn every_statement_of_the_schema_parses_as_it_is_sent() {
    let process = EngineProcess::without_tables();
    let client = process.store.client().clone().with_database("default");
    for statement in cluster_schema(&shards::cluster()).expect("all have a form") {
        let sql = format!("EXPLAIN AST {statement}");
        engine::execute(&client, &sql).await.expect(&statement);
    }
}

#[tokio::test]
async fn rows_are_divided_and_each_counts_once() {
    let process = EngineProcess::sharded().await;
    let sessions: Vec<String> = (0..40).map(|number| format!("session-{number}")).collect();
    let views = sessions.iter().map(|session| View {
        session_id: session.clone().into(),
        view_id: "v".into(),
        version: 1,
        start_unix_nano: 1_772_366_400_000_000_000,
        ..Default::default()
    });
    let batch = limen_model::enriched::EnrichedBatch { views: views.collect(), ..filled::batch() };
    process.insert(&[batch]).await;
    let client = process.store.client();
    let sql = "SELECT _shard_num, count() FROM views GROUP BY _shard_num ORDER BY _shard_num";
    let shards: Vec<(u32, u64)> = client.query(sql).fetch_all().await.expect("counted");
    assert_eq!(shards.len(), 2, "{shards:?}");
    assert!(shards.iter().all(|(_, rows)| *rows > 0), "{shards:?}");
    let shop = AppId::parse("shop").expect("valid");
    assert_eq!(count_rows(client, &shop, Table::Views).await.expect("counted"), 40);
}
