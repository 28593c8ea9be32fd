//! What remains when the process is killed without warning, and when it is stopped in order.

use crate::inserts::{count, create, insert, rows};
use crate::process::{Engine, folder};

const ROWS_PER_INSERT: u64 = 500;
const ROUNDS: u64 = 3;
const ACKNOWLEDGED_PER_ROUND: u64 = 25;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_engine_has_every_row_it_acknowledged_and_none_twice() {
    let folder = folder();
    let mut acknowledged = 0_u64;
    for _ in 0..ROUNDS {
        let engine = Engine::start(folder.path());
        let client = engine.client();
        create(&client).await;
        let (sender, mut answered) = tokio::sync::mpsc::unbounded_channel();
        let next = acknowledged;
        let writer = tokio::spawn(async move {
            for number in next.. {
                let first = number * ROWS_PER_INSERT;
                if insert(&client, &number.to_string(), rows(first..first + ROWS_PER_INSERT)).await.is_err() {
                    return;
                }
                let _ = sender.send(());
            }
        });
        for _ in 0..ACKNOWLEDGED_PER_ROUND {
            answered.recv().await.expect("acknowledged");
            acknowledged += 1;
        }
        engine.kill();
        writer.await.expect("the writer ended with its engine");
        while answered.recv().await.is_some() {
            acknowledged += 1;
        }
    }

    let engine = Engine::start(folder.path());
    let client = engine.client();
    let limit = acknowledged * ROWS_PER_INSERT;
    let distinct = client.query("SELECT uniqExact(n), max(n) FROM numbers WHERE n < ?").bind(limit);
    let (found, _): (u64, u64) = distinct.fetch_one().await.expect("counted");
    assert_eq!(found, limit, "acknowledged rows are missing");
    let all: u64 = client.query("SELECT uniqExact(n) FROM numbers").fetch_one().await.expect("counted");
    assert_eq!(count(&client).await, all, "rows are there twice");
}

#[tokio::test]
async fn a_stop_lets_running_inserts_end_and_a_restart_finds_all() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    create(&engine.client()).await;
    insert(&engine.client(), "one", rows(0..1000)).await.expect("written");

    assert!(engine.stop().success());
    assert!(!folder.path().join("engine.sock").exists(), "the socket is gone");

    let engine = Engine::start(folder.path());
    assert_eq!(count(&engine.client()).await, 1000);
}
