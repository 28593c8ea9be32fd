//! While the engine is away, the spool: what it tells, that it outlives the server, and where it ends.

use reqwest::Client;

use crate::elsewhere::{Elsewhere, Gate};
use crate::load::{Told, assert_whole, send, send_all, spool_emptied};
use crate::serving::{Serving, eventually};

async fn ready(server: &Serving) -> (u16, String) {
    let response = reqwest::get(format!("{}/readyz", server.url)).await.expect("an answer");
    (response.status().as_u16(), response.text().await.expect("text"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_while_the_engine_is_away_replays_after_its_next_start() {
    let elsewhere = Elsewhere::start().await;
    let (data, client) = (tempfile::tempdir().expect("a folder"), Client::new());
    let server = elsewhere.serve(data.path(), &[]).await;
    assert_eq!(send(&client, &server, 0).await, Told::Acknowledged);
    elsewhere.set(Gate::Closed);
    assert_eq!(send_all(&client, &server, 1..9).await.len(), 8);
    let status = server.ask("/status").await;
    assert!(status["spool"]["entries"].as_u64() > Some(0) && status["spool"]["bytes"].as_u64() > Some(0), "{status}");
    assert!(status["spool"]["oldest_age"].is_number(), "{status}");
    assert_eq!((server.outcome("accepted").await, server.outcome("spooled").await), (10, 80));
    eventually("it says that the spool takes over", async || {
        let (status, text) = ready(&server).await;
        (status == 200 && text.contains("but the engine is down") && text.contains("the spool holds")).then_some(())
    })
    .await;
    server.kill();

    elsewhere.set(Gate::Open);
    let again = elsewhere.serve(data.path(), &[]).await;
    spool_emptied(&again).await;
    for trace in 0..9 {
        assert_whole(&again, trace).await;
    }
    assert_eq!(ready(&again).await, (200, "ready\n".to_owned()));
    again.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_spool_asks_senders_to_come_again_and_keeps_what_it_acknowledged() {
    let elsewhere = Elsewhere::start().await;
    let (data, client) = (tempfile::tempdir().expect("a folder"), Client::new());
    let server = elsewhere.serve(data.path(), &["--spool-max", "32KiB"]).await;
    elsewhere.set(Gate::Closed);
    let (mut sent, mut acknowledged) = (0, Vec::new());
    let said = eventually("the spool is full", async || {
        let told = send(&client, &server, sent).await;
        sent += 1;
        match told {
            Told::Acknowledged => {
                acknowledged.push(sent - 1);
                None
            }
            Told::Later(status, said) => Some((status, said)),
            Told::Nothing => None,
        }
    })
    .await;
    assert!(said.0 == 503 && said.1.contains("the spool is full"), "{said:?}");
    assert!(!acknowledged.is_empty() && server.outcome("spool_full").await == 1);
    let spool = server.ask("/status").await["spool"].clone();
    assert!(spool["bytes"].as_u64() <= Some(32 * 1024) && spool["bytes_max"] == 32 * 1024, "{spool}");
    elsewhere.set(Gate::Open);
    spool_emptied(&server).await;
    for trace in acknowledged {
        assert_whole(&server, trace).await;
    }
    server.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_orderly_end_while_the_engine_is_away_leaves_its_data_to_the_next_start() {
    let elsewhere = Elsewhere::start().await;
    let (data, client) = (tempfile::tempdir().expect("a folder"), Client::new());
    let server = elsewhere.serve(data.path(), &[]).await;
    elsewhere.set(Gate::Closed);
    assert_eq!(send_all(&client, &server, 0..4).await.len(), 4);
    server.stop();
    elsewhere.set(Gate::Open);
    let again = elsewhere.serve(data.path(), &[]).await;
    spool_emptied(&again).await;
    for trace in 0..4 {
        assert_whole(&again, trace).await;
    }
    again.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stops_acknowledging_with_a_clear_message_and_goes_on_by_itself() {
    let elsewhere = Elsewhere::start().await;
    let (data, client) = (tempfile::tempdir().expect("a folder"), Client::new());
    let server = elsewhere.serve(data.path(), &[]).await;
    elsewhere.set(Gate::DiskFull);
    let told = send(&client, &server, 0).await;
    assert!(matches!(&told, Told::Later(503, said) if said.contains("disk is full")), "{told:?}");
    assert_eq!(server.ask("/status").await["spool"]["entries"], 0);
    elsewhere.set(Gate::Open);
    assert_eq!(send(&client, &server, 0).await, Told::Acknowledged);
    assert_whole(&server, 0).await;
    server.stop();
}
