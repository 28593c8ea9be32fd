//! More than the engine takes: every sender is told something true, and memory stays where limits.rs says.

use std::collections::BTreeMap;
use std::path::Path;

use futures_util::{StreamExt, stream};
use limen_server::limits::BODIES_BYTES_MAX;
use limen_store::limits::{GROUP_BYTES_MAX, GROUPS_IN_FLIGHT, WAITING_BYTES_MAX};
use limen_store::{Address, Store};
use reqwest::Client;
use serde_json::Value;

use crate::load::{Told, spool_emptied, try_post};
use crate::records::{log, logs, now_nano};
use crate::serving::{Serving, command};

/// Log records of one batch, and the bytes of each: as long as a text may be.
const RECORDS: usize = 16;
const TEXT_BYTES: usize = 60_000;
/// Senders at the same time.
const SENDERS: usize = 400;

/// Ten times what may wait.
const BATCHES: usize = 10 * WAITING_BYTES_MAX / (RECORDS * TEXT_BYTES);

/// A group on its way: joined, in the connection, and a last batch over the group's limit.
const COPIES_IN_FLIGHT: usize = 3;
/// Groups go through the spool one by one: as SQLite's value and as its record, kept by the statements for the next
/// one, and once more for the replay.
const COPIES_IN_SPOOL: usize = 6;
/// What the program takes for itself in a debug build, the buffers of its connections, and what the allocator keeps.
const MEMORY_BESIDE: usize = 224 * 1024 * 1024;

fn batch(number: usize, filling: &str) -> Value {
    let records: Vec<_> = (0..RECORDS).map(|n| log(now_nano(), &format!("{number} {n} {filling}"))).collect();
    logs(&records)
}

/// How many records of each batch questions see.
async fn found(data: &Path) -> BTreeMap<u64, u64> {
    let socket = data.canonicalize().expect("a folder").join("run").join("engine.sock");
    let store = Store::open(&Address::Socket(socket)).expect("a client");
    let sql = "SELECT toUInt64(splitByChar(' ', substring(body, 1, 32))[1]), count() FROM logs FINAL GROUP BY 1";
    store.client().query(sql).fetch_all::<(u64, u64)>().await.expect("an answer").into_iter().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_times_what_may_wait_is_kept_whole_or_refused_whole_within_the_memory_that_is_allowed() {
    let folder = tempfile::tempdir().expect("a folder");
    // How many heaps glibc makes depends on how busy the machine is, and each keeps some of what was freed.
    let mut command = command(folder.path());
    command.env("MALLOC_ARENA_MAX", "1");
    let server = Serving::from(command);
    let (client, url) = (Client::new(), format!("{}/v1/logs", server.otlp));
    let filling = "x".repeat(TEXT_BYTES);
    println!("{} MiB at rest", server.memory_peak_bytes() >> 20);
    let paused = server.pause_engine();
    let told: Vec<(u64, Told)> = stream::iter(0..BATCHES)
        .map(|number| {
            let body = batch(number, &filling);
            let (client, url, key) = (&client, &url, &server.key);
            async move { (number as u64, try_post(client, url, key, &body).await) }
        })
        .buffer_unordered(SENDERS)
        .collect()
        .await;
    // Read before the engine goes on: replays take their memory one entry at a time.
    let peak = server.memory_peak_bytes() as usize;
    drop(paused);
    spool_emptied(&server).await;

    let with = |wanted: fn(&Told) -> bool| told.iter().filter(|(_, told)| wanted(told)).count();
    let acknowledged = with(|told| *told == Told::Acknowledged);
    println!("{BATCHES} batches: {acknowledged} kept, peak of memory {} MiB", peak >> 20);
    assert_eq!(with(|told| *told == Told::Nothing), 0, "the server stays up");
    assert!(acknowledged > 0 && with(|told| matches!(told, Told::Later(429, _))) > 0, "both happen");
    let groups = (COPIES_IN_FLIGHT * GROUPS_IN_FLIGHT + COPIES_IN_SPOOL) * GROUP_BYTES_MAX;
    let allowed = BODIES_BYTES_MAX + WAITING_BYTES_MAX + groups + MEMORY_BESIDE;
    assert!(peak < allowed, "{peak} bytes, {allowed} allowed");
    let found = found(folder.path()).await;
    for (number, told) in &told {
        let count = found.get(number).copied().unwrap_or_default();
        let whole = count == RECORDS as u64;
        assert!(whole || (count == 0 && *told != Told::Acknowledged), "batch {number}: {count} records, {told:?}");
    }
    server.stop();
}
