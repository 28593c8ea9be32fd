//! Many senders at once, each waiting for its answer before it sends the next batch, as SDKs and browsers do.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use limen_ingest::Encoding;
use reqwest::Client;
use tokio::task::JoinSet;

use crate::processes::Server;
use crate::records::Body;

/// Sends every body once; false when one of them was not taken.
pub async fn send_all(server: &Server, bodies: Vec<Body>, senders: usize) -> Result<bool> {
    let waiting = Arc::new(Mutex::new(VecDeque::from(bodies)));
    let client = Client::builder().pool_max_idle_per_host(senders).build()?;
    let mut tasks = JoinSet::new();
    for _ in 0..senders {
        let (client, waiting) = (client.clone(), Arc::clone(&waiting));
        let (url, key) = (format!("{}/v1/logs", server.otlp), server.key.clone());
        tasks.spawn(async move {
            while let Some(body) = next(&waiting) {
                let request = client.post(&url).header("limen-key", &key).header("content-type", body.content_type);
                let request = match body.encoding {
                    Encoding::Gzip => request.header("content-encoding", "gzip"),
                    _ => request,
                };
                if request.body(body.bytes).send().await?.status() != 200 {
                    return Ok(false);
                }
            }
            anyhow::Ok(true)
        });
    }
    let mut all = true;
    while let Some(result) = tasks.join_next().await {
        all &= result??;
    }
    Ok(all)
}

fn next(waiting: &Mutex<VecDeque<Body>>) -> Option<Body> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}
