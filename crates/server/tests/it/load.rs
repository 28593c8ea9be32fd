//! Batches of numbered spans: sent, remembered as acknowledged, and counted in the end.

use std::collections::BTreeSet;

use reqwest::Client;
use serde_json::Value;

use crate::records::{numbered_span, traces};
use crate::serving::{Serving, eventually};

/// Spans of one batch; each batch is a trace of its own, so that the API can show it whole.
pub const BATCH: u64 = 10;

/// What a sender knows after it has sent a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    Acknowledged,
    /// To come again: the status and what was said.
    Later(u16, String),
    /// There was no answer.
    Nothing,
}

/// The batch whose trace has this number.
pub fn batch(trace: u64) -> Value {
    let spans: Vec<_> = (0..BATCH).map(|n| numbered_span(trace, n)).collect();
    traces(&spans)
}

/// Sends a body. A refusal must say when to come again, and no other answer is right.
pub async fn try_post(client: &Client, url: &str, key: &str, body: &Value) -> Told {
    let Ok(response) = client.post(url).header("limen-key", key).json(body).send().await else {
        return Told::Nothing;
    };
    let status = response.status().as_u16();
    let again = response.headers().contains_key("retry-after");
    let Ok(said) = response.text().await else { return Told::Nothing };
    match status {
        200 => Told::Acknowledged,
        429 | 503 if again => Told::Later(status, said),
        other => panic!("answered {other}, again: {again}: {said}"),
    }
}

/// Sends one batch to a server that stays up.
pub async fn send(client: &Client, server: &Serving, trace: u64) -> Told {
    let told = try_post(client, &format!("{}/v1/traces", server.otlp), &server.key, &batch(trace)).await;
    assert_ne!(told, Told::Nothing, "the server itself stays up");
    told
}

/// Sends batches at the same time and returns the acknowledged ones.
pub async fn send_all(client: &Client, server: &Serving, traces: std::ops::Range<u64>) -> Vec<u64> {
    let sending = traces.clone().map(|trace| send(client, server, trace));
    let told = futures_util::future::join_all(sending).await;
    traces.zip(told).filter(|(_, told)| *told == Told::Acknowledged).map(|(trace, _)| trace).collect()
}

/// Waits until the spool has nothing left.
pub async fn spool_emptied(server: &Serving) {
    eventually("the spool is empty", async || (server.ask("/status").await["spool"]["entries"] == 0).then_some(()))
        .await;
}

/// Every span of the batch is there once.
pub async fn assert_whole(server: &Serving, trace: u64) {
    let answer = server.ask(&format!("/traces/{:032x}", trace + 1)).await;
    let ids: Vec<_> = answer["spans"].as_array().expect("spans").iter().map(|span| span["id"].to_string()).collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!((ids.len() as u64, unique.len() as u64), (BATCH, BATCH), "trace {trace}");
}
