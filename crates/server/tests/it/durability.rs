//! What was acknowledged stays: over a restart, and over the sudden death of the engine under load.

use reqwest::Client;

use crate::load::{Told, assert_whole, send, send_all, spool_emptied};
use crate::serving::{Serving, command, eventually};

/// Batches that are sent at the same time.
const GROUP: u64 = 8;

#[tokio::test]
async fn a_restart_finds_all_data_and_the_same_key() {
    let data = tempfile::tempdir().expect("a folder");
    let client = Client::new();
    let first = Serving::start(data.path());
    let key = first.key.clone();
    assert_eq!(send(&client, &first, 0).await, Told::Acknowledged);
    first.stop();

    let again = Serving::start(data.path());
    assert_eq!(again.key, key);
    assert_whole(&again, 0).await;
    again.stop();
}

#[tokio::test]
async fn killing_the_engine_under_load_costs_nobody_anything() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let client = Client::new();
    let mut sent = 0;
    // Killed again and again, the engine is sooner or later away when a batch comes.
    eventually("a batch is spooled", async || {
        server.kill_engine_if_it_runs();
        let traces = sent..sent + GROUP;
        sent = traces.end;
        assert_eq!(send_all(&client, &server, traces.clone()).await, traces.collect::<Vec<_>>());
        (server.outcome("spooled").await > 0).then_some(())
    })
    .await;
    spool_emptied(&server).await;
    // A sender that did not see the answer sends once more: no figure may change.
    assert_eq!(send_all(&client, &server, 0..sent).await.len() as u64, sent);
    spool_emptied(&server).await;
    for trace in 0..sent {
        assert_whole(&server, trace).await;
    }
    assert_eq!(server.outcome("store_unavailable").await, 0);
    server.stop();
}

#[tokio::test]
async fn without_a_spool_a_batch_is_refused_while_the_engine_is_away_and_never_half_kept() {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = command(data.path());
    command.args(["--spool-max", "0"]);
    let server = Serving::from(command);
    let client = Client::new();
    assert!(server.ask("/status").await["spool"].is_null());
    let mut sent = 0;
    eventually("a batch is refused", async || {
        server.kill_engine_if_it_runs();
        let traces = sent..sent + GROUP;
        sent = traces.end;
        (send_all(&client, &server, traces).await.len() < GROUP as usize).then_some(())
    })
    .await;
    assert!(server.outcome("store_unavailable").await > 0);
    // A sender repeats what was refused, and once more what was accepted: no figure may change.
    eventually("the engine is back", async || {
        (send_all(&client, &server, 0..sent).await.len() as u64 == sent).then_some(())
    })
    .await;
    for trace in 0..sent {
        assert_whole(&server, trace).await;
    }
    server.stop();
}
