//! `--clickhouse URL`: the same code against a server that somebody else runs.

use std::process::Stdio;

use reqwest::Client;

use crate::elsewhere::Elsewhere;
use crate::records::{log, logs, now_nano};
use crate::serving::{command, eventually, refused};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_elsewhere_takes_and_answers_as_the_embedded_engine_does() {
    let elsewhere = Elsewhere::start().await;
    let data = tempfile::tempdir().expect("a folder");
    let server = elsewhere.serve(data.path(), &[]).await;
    assert_eq!(server.ask("/status").await["engine"]["kind"], "clickhouse");
    let request = Client::new().post(format!("{}/v1/logs", server.otlp)).header("limen-key", &server.key);
    let response = request.json(&logs(&[log(now_nano(), "far away")])).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert_eq!(server.outcome("accepted").await, 1);
    server.stop();
}

#[test]
fn an_address_that_is_none_ends_the_start_without_showing_the_password() {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = command(data.path());
    command.args(["--clickhouse", "ftp://limen:secret@host"]);
    let said = refused(command);
    assert!(said.contains("http://user:password@host:8123") && !said.contains("secret"), "{said}");
}

#[tokio::test]
async fn while_the_server_elsewhere_is_away_the_start_waits_for_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let mut waiting = command(folder.path());
    waiting.args(["--clickhouse", &format!("http://{free}")]).stderr(Stdio::null());
    let mut child = waiting.spawn().expect("it starts");
    // It is still there after it has tried: the metadata file is made before.
    eventually("it has begun", async || folder.path().join("metadata.sqlite").exists().then_some(())).await;
    assert!(child.try_wait().expect("known").is_none(), "it waits");
    child.kill().expect("ended");
    child.wait().expect("ended");
}
