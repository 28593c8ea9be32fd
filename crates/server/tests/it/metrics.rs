//! `/metrics` of a real server: what was sent is counted, and the text is what scrapers read.

use std::collections::BTreeSet;

use reqwest::Client;

use crate::load::{BATCH, send_all};
use crate::serving::{Serving, eventually};

async fn scrape(server: &Serving, accept: &str) -> (String, String) {
    let request = Client::new().get(format!("{}/metrics", server.url)).header("accept", accept);
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let kind = response.headers()["content-type"].to_str().expect("text").to_owned();
    (kind, response.text().await.expect("text"))
}

/// The value of a sample by its name and labels.
fn value(text: &str, sample: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(sample)?.strip_prefix(' ')?.parse().ok())
}

#[tokio::test]
async fn what_was_sent_is_counted() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let sent = send_all(&Client::new(), &server, 0..4).await.len() as f64;
    let unknown = Client::new().post(format!("{}/v1/traces", server.otlp)).header("limen-key", "lkp_nobody");
    assert_eq!(unknown.body("{}").send().await.expect("an answer").status(), 401);

    let (kind, text) = scrape(&server, "").await;
    let is = |sample: &str, expected: f64| assert_eq!(value(&text, sample), Some(expected), "{sample} in {text}");
    assert_eq!(kind, "text/plain; version=0.0.4; charset=utf-8");
    is(r#"limen_outcomes_total{app="shop",signal="traces",outcome="accepted"}"#, sent * BATCH as f64);
    is(r#"limen_outcomes_total{app="",signal="traces",outcome="key_unknown"}"#, 1.0);
    is(r#"limen_intake_requests_total{door="otlp_http"}"#, 5.0);
    is("limen_commit_rows_total", sent * BATCH as f64);
    is("limen_engine_up", 1.0);
    is("limen_engine_restarts_total", 0.0);
    is("limen_spool_entries", 0.0);
    is("limen_intake_held_bytes", 0.0);
    let groups = value(&text, r#"limen_commit_groups_total{result="committed"}"#).expect("counted");
    is("limen_commit_duration_seconds_count", groups);
    is(r#"limen_commit_duration_seconds_bucket{le="+Inf"}"#, groups);
    assert!(value(&text, r#"limen_intake_body_bytes_total{door="otlp_http"}"#).expect("counted") > 1000.0);
    // This very request is one.
    assert!(value(&text, r#"limen_open_connections{port="main"}"#).expect("counted") >= 1.0);
}

#[tokio::test]
async fn a_dead_engine_is_seen_and_counted() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    server.kill_engine_if_it_runs();
    eventually("the restart is counted and the engine is back", async || {
        let (_, text) = scrape(&server, "").await;
        let again = value(&text, "limen_engine_restarts_total") == Some(1.0);
        (again && value(&text, "limen_engine_up") == Some(1.0)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn every_sample_has_a_head_and_comes_once() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    for accept in ["", "application/openmetrics-text;version=1.0.0"] {
        let (kind, text) = scrape(&server, accept).await;
        let open = kind.starts_with("application/openmetrics-text; version=1.0.0");
        assert_eq!(open, !accept.is_empty(), "{kind}");
        assert_eq!(text.ends_with("# EOF\n"), open);
        let (mut heads, mut samples) = (BTreeSet::new(), BTreeSet::new());
        for line in text.lines().filter(|line| *line != "# EOF") {
            if let Some(head) = line.strip_prefix("# TYPE ") {
                assert!(heads.insert(head.split(' ').next().expect("a name")), "{line} twice");
            } else if !line.starts_with('#') {
                let (sample, number) = line.rsplit_once(' ').expect("a value");
                assert!(number.parse::<f64>().is_ok(), "{line}");
                assert!(samples.insert(sample), "{line} twice");
                let name = sample.split('{').next().expect("a name");
                let ends = ["", "_total", "_info", "_bucket", "_sum", "_count"];
                let known = ends.iter().any(|end| name.strip_suffix(end).is_some_and(|name| heads.contains(name)));
                assert!(known, "{line} has no head before it");
            }
        }
        assert!(samples.len() > 30, "{text}");
    }
}

#[tokio::test]
async fn a_page_under_a_foreign_name_learns_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let request = Client::new().get(format!("{}/metrics", server.url)).header("host", "evil.example");
    let response = request.send().await.expect("an answer");
    assert!(!response.status().is_success());
    assert!(!response.text().await.expect("text").contains("limen_"));
}
