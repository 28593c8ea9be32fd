//! Source maps from their upload to the source of an error that came before it, and through a backup.

use std::path::Path;

use futures_util::future::join_all;
use libdeflater::{CompressionLvl, Compressor};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::errors::throw;
use crate::serving::{Serving, eventually, workspace};

/// A map whose first line, column 9, is line 2 of `src/pay.ts`.
const MAP: &str =
    r#"{"version":3,"sources":["src/pay.ts"],"sourcesContent":["one\ntwo\nthree"],"names":["pay"],"mappings":"AACAA"}"#;
const STACK: &str = "TypeError: declined\n    at t (https://shop.example/assets/index.js:1:9)";
const ID: &str = "0a1b2c3d-0000-4000-8000-0123456789ab";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = Compressor::new(CompressionLvl::default());
    let mut packed = vec![0; compressor.gzip_compress_bound(bytes.len())];
    let length = compressor.gzip_compress(bytes, &mut packed).expect("fits its bound");
    packed.truncate(length);
    packed
}

async fn ask(server: &Serving, method: Method, path: &str, packed: bool, body: Vec<u8>) -> (StatusCode, Value) {
    let request = Client::new().request(method, format!("{}/api/v1/sourcemaps{path}", server.url)).body(body);
    let request = if packed { request.header("content-encoding", "gzip") } else { request };
    let response = request.send().await.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

async fn put(server: &Serving, query: &str, map: &str) -> (StatusCode, Value) {
    ask(server, Method::PUT, query, false, map.into()).await
}

async fn listed(server: &Serving, query: &str) -> Vec<Value> {
    server.ask(&format!("/sourcemaps{query}")).await["maps"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn a_map_leads_errors_that_came_before_it_to_their_source() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    throw(&server, "1.2.3", "TypeError", "declined", STACK).await;
    let shown = async || {
        let groups = server.ask("/errors").await;
        let id = groups["groups"][0]["id"].as_str()?.to_owned();
        // Between the two questions the stack may be looked at again, and then its group has another id.
        let path = format!("{}/api/v1/errors/{id}", server.url);
        let answer = reqwest::get(path).await.expect("an answer");
        if answer.status() == StatusCode::NOT_FOUND {
            return None;
        }
        Some(answer.json::<Value>().await.expect("JSON")["shown"].clone())
    };
    let before = eventually("the error is grouped", async || {
        shown().await.filter(|shown| shown["unresolved"] == json!(["nothing_uploaded"]))
    });
    before.await;
    let url = "?app=shop&release=1.2.3&url=https://shop.example/assets/index.js?v=2";
    let (status, item) = ask(&server, Method::PUT, url, true, gzip(MAP.as_bytes())).await;
    assert_eq!(
        (status, &item["path"], &item["bytes"]),
        (StatusCode::CREATED, &json!("/assets/index.js"), &json!(MAP.len()))
    );
    let after = eventually("the error is looked at again", async || {
        shown().await.filter(|shown| shown["unresolved"] == json!([]))
    });
    let frame = &after.await["parts"][0]["frames"][0];
    assert_eq!((&frame["file"], &frame["line"]), (&json!("src/pay.ts"), &json!(2)), "{frame}");
}

#[tokio::test]
async fn maps_are_listed_and_deleted_and_the_same_one_counts_once() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let query = format!("?debug_id={}&release=1&url=/a.js", ID.to_uppercase());
    let all = join_all((0..6).map(|_| put(&server, &query, MAP))).await;
    assert_eq!(all.iter().filter(|(status, _)| *status == StatusCode::CREATED).count(), 1, "{all:?}");
    assert_eq!(all.iter().filter(|(status, _)| *status == StatusCode::OK).count(), 5);
    assert_eq!(put(&server, "?release=2&url=/a.js", MAP).await.0, StatusCode::CREATED);
    let maps = listed(&server, "").await;
    assert_eq!(maps.len(), 2);
    assert_eq!(
        (&maps[0]["release"], &maps[0]["debug_id"], &maps[1]["debug_id"]),
        (&json!("2"), &json!(null), &json!(ID))
    );
    let first = server.ask("/sourcemaps?limit=1").await;
    let cursor = first["next_cursor"].as_str().expect("there is more");
    assert_eq!(server.ask(&format!("/sourcemaps?limit=1&cursor={cursor}")).await["maps"][0], maps[1]);
    let id = maps[0]["id"].as_str().expect("an id");
    assert_eq!(
        ask(&server, Method::DELETE, &format!("/{id}"), false, Vec::new()).await,
        (StatusCode::OK, maps[0].clone())
    );
    assert_eq!(ask(&server, Method::DELETE, &format!("/{id}"), false, Vec::new()).await.0, StatusCode::NOT_FOUND);
    assert_eq!(listed(&server, "").await, maps[1..]);
}

#[tokio::test]
async fn what_is_no_map_is_refused_and_leaves_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let query = "?release=1&url=/a.js";
    for (body, reason) in [("<html>", "not a JSON object"), ("{}", "`version`"), (r#"{"version":3}"#, "`mappings`")] {
        let (status, answer) = put(&server, query, body).await;
        let message = answer["error"]["message"].as_str().expect("a message");
        assert!(status == StatusCode::BAD_REQUEST && message.contains(reason), "{body}: {status} {message}");
    }
    assert_eq!(ask(&server, Method::PUT, query, true, MAP.into()).await.0, StatusCode::BAD_REQUEST, "not packed");
    assert_eq!(put(&server, "", MAP).await.0, StatusCode::BAD_REQUEST, "of nothing");
    let spaces = vec![b' '; (64 << 20) + 1];
    let bomb = gzip(&spaces);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    for (packed, body) in [(true, bomb), (false, spaces)] {
        let (status, answer) = ask(&server, Method::PUT, query, packed, body).await;
        assert_eq!(
            (status, &answer["error"]["code"]),
            (StatusCode::PAYLOAD_TOO_LARGE, &json!("too_large")),
            "{packed}"
        );
    }
    assert!(listed(&server, "").await.is_empty());
    assert_eq!(files(data.path()), 0);
    // A path is a name in the metadata, never one of a file.
    assert_eq!(put(&server, "?release=../../x&url=../../../etc/passwd", MAP).await.0, StatusCode::CREATED);
    assert_eq!((files(data.path()), listed(&server, "").await[0]["path"].clone()), (1, json!("/../../../etc/passwd")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_carries_the_maps() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, again) = (folder.path().join("data"), folder.path().join("copy"), folder.path().join("again"));
    let server = Serving::start(&data);
    assert_eq!(put(&server, "?release=1.2.3&url=/assets/index.js", MAP).await.0, StatusCode::CREATED);
    let maps = listed(&server, "").await;
    limen("backup", &data, "--to", &copy);
    server.stop();
    limen("restore", &again, "--from", &copy);

    let server = Serving::start(&again);
    assert_eq!(listed(&server, "").await, maps);
    throw(&server, "1.2.3", "TypeError", "declined", STACK).await;
    let culprit = eventually("the error is grouped", async || {
        server.ask("/errors").await["groups"][0]["culprit"].as_str().map(str::to_owned)
    });
    assert_eq!(culprit.await, "t src/pay.ts");
    server.stop();
}

fn limen(command: &str, data: &Path, flag: &str, path: &Path) {
    let mut limen = std::process::Command::new(env!("CARGO_BIN_EXE_limen"));
    let limen = limen.arg(command).arg("--data").arg(data).arg(flag).arg(path).current_dir(workspace());
    let output = limen.output().expect("the binary starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn files(data: &Path) -> usize {
    std::fs::read_dir(data.join("sourcemaps/shop")).map_or(0, Iterator::count)
}
