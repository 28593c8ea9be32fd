//! What was acknowledged stays: over a restart, and over the sudden death of the engine under load.

use std::collections::BTreeSet;

use reqwest::Client;

use crate::records::{numbered_span, traces};
use crate::serving::{Serving, eventually};

/// Spans of one batch; each batch is a trace of its own, so that the API can show it whole.
const BATCH: u64 = 10;

/// Sends one batch and returns the status; a refusal must say when to come again.
async fn send(client: &Client, url: &str, key: &str, trace: u64) -> u16 {
    let spans: Vec<_> = (0..BATCH).map(|n| numbered_span(trace, n)).collect();
    let request = client.post(format!("{url}/v1/traces")).header("limen-key", key);
    let response = request.json(&traces(&spans)).send().await.expect("the server itself stays up");
    let status = response.status().as_u16();
    assert!(status == 200 || response.headers().contains_key("retry-after"), "{status} without Retry-After");
    status
}

async fn assert_whole(server: &Serving, trace: u64) {
    let answer = server.ask(&format!("/traces/{:032x}", trace + 1)).await;
    let ids: Vec<_> = answer["spans"].as_array().expect("spans").iter().map(|span| span["id"].to_string()).collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!((ids.len() as u64, unique.len() as u64), (BATCH, BATCH), "trace {trace}");
}

#[tokio::test]
async fn a_restart_finds_all_data_and_the_same_key() {
    let data = tempfile::tempdir().expect("a folder");
    let client = Client::new();
    let first = Serving::start(data.path());
    let key = first.key.clone();
    assert_eq!(send(&client, &first.otlp, &key, 0).await, 200);
    first.stop();

    let again = Serving::start(data.path());
    assert_eq!(again.key, key);
    assert_whole(&again, 0).await;
    again.stop();
}

#[tokio::test]
async fn killing_the_engine_under_load_loses_nothing_acknowledged_and_doubles_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let client = Client::new();
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    let mut killed = false;
    let mut next = 0;
    // Until the engine is back and has taken batches again: the ends of the loop are events, not times.
    while !killed || refused == 0 || acknowledged.last().is_none_or(|last| *last < refused) {
        let statuses = (next..next + 8).map(|trace| send(&client, &server.otlp, &server.key, trace));
        let group: Vec<_> = if !killed && next >= 24 {
            killed = true;
            let sending = futures_util::future::join_all(statuses);
            let kill = async { server.kill_engine() };
            futures_util::future::join(sending, kill).await.0
        } else {
            futures_util::future::join_all(statuses).await
        };
        for (trace, status) in (next..).zip(group) {
            match status {
                200 => acknowledged.push(trace),
                503 => refused = refused.max(trace),
                other => panic!("answered {other}"),
            }
        }
        next += 8;
    }
    assert!(server.outcome("store_unavailable").await > 0);
    // A sender repeats what was refused, and once more what was accepted: no figure may change.
    for trace in 0..next {
        eventually("the engine takes it", || async {
            (send(&client, &server.otlp, &server.key, trace).await == 200).then_some(())
        })
        .await;
    }
    for trace in acknowledged {
        assert_whole(&server, trace).await;
    }
    server.stop();
}
