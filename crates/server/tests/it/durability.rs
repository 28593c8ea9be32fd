//! What was acknowledged stays: over a restart, and over the sudden death of the engine under load.

use std::collections::BTreeSet;

use reqwest::Client;

use crate::records::{numbered_span, traces};
use crate::serving::{Serving, eventually};

/// Batches that are sent at the same time.
const GROUP: u64 = 8;
/// Spans of one batch; each batch is a trace of its own, so that the API can show it whole.
const BATCH: u64 = 10;

/// Batches sent so far, and which of them were acknowledged.
struct Load<'a> {
    client: &'a Client,
    server: &'a Serving,
    next: u64,
    acknowledged: Vec<u64>,
}

impl Load<'_> {
    async fn send_group(&mut self) {
        let traces = self.next..self.next + GROUP;
        self.next = traces.end;
        let sending = traces.clone().map(|trace| send(self.client, &self.server.otlp, &self.server.key, trace));
        for (trace, status) in traces.zip(futures_util::future::join_all(sending).await) {
            match status {
                200 => self.acknowledged.push(trace),
                503 => {}
                other => panic!("answered {other}"),
            }
        }
    }
}

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
    let mut load = Load { client: &client, server: &server, next: 0, acknowledged: Vec::new() };
    load.send_group().await;
    // Killed again and again, the engine is sooner or later away when a batch comes.
    eventually("a batch is refused", async || {
        let before = load.acknowledged.len();
        server.kill_engine_if_it_runs();
        load.send_group().await;
        (load.acknowledged.len() < before + GROUP as usize).then_some(())
    })
    .await;
    eventually("the engine is back", async || {
        let before = load.acknowledged.len();
        load.send_group().await;
        (load.acknowledged.len() == before + GROUP as usize).then_some(())
    })
    .await;
    let Load { next, acknowledged, .. } = load;
    assert!(server.outcome("store_unavailable").await > 0);
    // A sender repeats what was refused, and once more what was accepted: no figure may change.
    let again = (0..next).map(|trace| send(&client, &server.otlp, &server.key, trace));
    assert!(futures_util::future::join_all(again).await.into_iter().all(|status| status == 200));
    assert!(acknowledged.len() > GROUP as usize);
    for trace in 0..next {
        assert_whole(&server, trace).await;
    }
    server.stop();
}
