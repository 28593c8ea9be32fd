//! What agents record is set while the server runs, told with every answer to them, and kept over restarts.

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::records::{span, traces};
use crate::serving::{Serving, eventually};

async fn set(server: &Serving, body: &str, kind: &str) -> (StatusCode, Value) {
    let request = Client::new().request(Method::PUT, format!("{}/api/v1/sampling", server.url));
    let response = request.header("content-type", kind).body(body.to_owned()).send().await.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

async fn told_to_agents(server: &Serving) -> Value {
    let url = format!("{}/v1/rum?key={}", server.url, server.key);
    let response = Client::new().post(url).body("{}").send().await.expect("an answer");
    response.json::<Value>().await.expect("JSON")["settings"].clone()
}

#[tokio::test]
async fn what_is_set_is_told_to_agents_at_once_and_after_a_restart() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    assert_eq!(server.ask("/sampling").await, json!({ "sample_rate": null, "promote_on": [], "off": [] }));
    assert_eq!(told_to_agents(&server).await, json!({}));
    let wanted = json!({ "sample_rate": 0.25, "promote_on": ["checkout.failed"], "off": ["resources"] });
    let answer = set(&server, &wanted.to_string(), "application/json").await;
    assert_eq!(answer, (StatusCode::OK, wanted.clone()));
    let pushed = json!({ "sampleRate": 0.25, "promoteOn": ["checkout.failed"], "off": ["resources"] });
    assert_eq!(told_to_agents(&server).await, pushed);
    server.stop();

    let server = Serving::start(data.path());
    assert_eq!((server.ask("/sampling").await, told_to_agents(&server).await), (wanted, pushed));
    // What is taken back is forgotten by agents that had it.
    assert_eq!(set(&server, "{}", "application/json").await.0, StatusCode::OK);
    assert_eq!(told_to_agents(&server).await, json!({}));
}

#[tokio::test]
async fn what_makes_no_sense_changes_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let long = format!(r#"{{"promote_on": ["{}"]}}"#, "x".repeat(300));
    for (body, kind, word) in [
        (r#"{"sample_rate": 2}"#, "application/json", "between 0 and 1"),
        (r#"{"sample_rate": "half"}"#, "application/json", "sample_rate"),
        (r#"{"off": ["errors"]}"#, "application/json", "leave off"),
        (&long, "application/json", "300 bytes"),
        (r#"{"rate": 0.5}"#, "application/json", "unknown field"),
        ("{", "application/json", "EOF"),
        // A page of another site can send this much without being asked whether it may: it must not be taken.
        (r#"{"sample_rate": 0}"#, "text/plain", "Content-Type"),
    ] {
        let (status, answer) = set(&server, body, kind).await;
        assert_eq!(
            (status, answer["error"]["code"].as_str()),
            (StatusCode::BAD_REQUEST, Some("bad_request")),
            "{body}"
        );
        let message = answer["error"]["message"].as_str().expect("a message");
        assert!(message.contains(word), "{body}: {message}");
    }
    let big = format!(r#"{{"off": [{}"scroll"]}}"#, "\"scroll\",".repeat(10_000));
    assert_eq!(set(&server, &big, "application/json").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(told_to_agents(&server).await, json!({}));
}

/// The `n`th span of as many traces, whose ids are spread over all that there are.
fn spread_span(n: u64) -> Value {
    let spread = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    span(&format!("{:016x}{spread:016x}", n + 1), &format!("{:016x}", n + 1), "GET /cart")
}

#[tokio::test]
async fn with_more_than_may_come_traces_are_left_out_for_others_to_stand_for_them_and_agents_are_told() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let policy = Client::new().put(format!("{}/api/v1/admission", server.url));
    let policy = policy.json(&json!({ "max_events_per_second": 1000 })).send().await.expect("an answer");
    assert_eq!(policy.status(), StatusCode::OK);
    assert_eq!(told_to_agents(&server).await, json!({}));

    const BATCH: u64 = 2000;
    let mut sent = 0;
    eventually("a trace is left out", async || {
        let spans: Vec<Value> = (sent..sent + BATCH).map(spread_span).collect();
        let request = Client::new().post(format!("{}/v1/traces?key={}", server.otlp, server.key));
        let answer = request.json(&traces(&spans)).send().await.expect("an answer");
        // What is refused is no part of what the others stand for: its sender comes again.
        if answer.status() == StatusCode::OK {
            sent += BATCH;
            assert_eq!(answer.json::<Value>().await.expect("JSON"), json!({}), "nothing that its sender could mend");
        }
        (server.outcome("sampled").await > 0).then_some(())
    })
    .await;
    assert_eq!(server.outcome("accepted").await + server.outcome("sampled").await, sent);
    let usage = server.ask("/usage").await;
    let traces = usage["signals"].as_array().expect("a list").iter().find(|signal| signal["signal"] == "traces");
    let stands_for = traces.expect("it")["stands_for"].as_f64().expect("a number");
    assert!((stands_for / sent as f64 - 1.0).abs() < 0.25, "{stands_for} for {sent}");
    let rate = told_to_agents(&server).await["sampleRateMax"].as_f64().expect("a share");
    assert!(rate < 1.0, "{rate}");
}
