//! What an application sends is counted, kept over restarts, and told as money when there are prices.

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::records::{log, logs, now_nano, numbered_span, traces};
use crate::serving::Serving;

async fn send(server: &Serving, path: &str, body: &Value) -> u64 {
    let body = body.to_string().into_bytes();
    let bytes = body.len() as u64;
    let request = Client::new().post(format!("{}{path}?key={}", server.otlp, server.key));
    let request = request.header("content-type", "application/json").body(body);
    assert_eq!(request.send().await.expect("an answer").status(), StatusCode::OK);
    bytes
}

fn signal<'a>(usage: &'a Value, name: &str) -> &'a Value {
    let signals = usage["signals"].as_array().expect("a list");
    signals.iter().find(|signal| signal["signal"] == name).expect("every signal")
}

#[tokio::test]
async fn what_was_sent_is_counted_by_signal_with_its_bytes_and_survives_a_restart() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let records: Vec<Value> = (0..5).map(|n| log(now_nano(), &format!("number {n}"))).collect();
    let of_logs = send(&server, "/v1/logs", &logs(&records)).await;
    let of_spans = send(&server, "/v1/traces", &traces(&[numbered_span(1, 1)])).await;
    let before = server.ask("/usage").await;
    server.stop();
    let server = Serving::start(data.path());
    let usage = server.ask("/usage").await;

    let counted = |name: &str| signal(&usage, name).clone();
    assert_eq!(
        counted("logs"),
        json!({ "signal": "logs", "events": 5, "bytes_sent": of_logs, "bytes_opened": of_logs, "stands_for": 5.0 })
    );
    assert_eq!(counted("traces")["bytes_sent"], of_spans);
    assert_eq!(counted("metrics")["events"], 0);
    assert_eq!((&before["signals"], &before["today"]), (&usage["signals"], &usage["today"]));
    assert_eq!(
        usage["today"],
        json!({ "events": 6, "bytes": of_logs + of_spans, "events_max": null, "bytes_max": null })
    );
    assert_eq!(usage["saved"], json!({ "events": 0.0, "share": 0.0, "rate": 1.0 }));
    let tables = usage["stored"]["tables"].as_array().expect("a list");
    let rows = |name: &str| tables.iter().find(|table| table["table"] == name).expect("it")["rows"].clone();
    assert_eq!((rows("logs"), rows("spans"), rows("views")), (json!(5), json!(1), json!(0)));
    assert_eq!(usage["forecast"]["cost"], Value::Null);

    let prices = json!({ "currency": "EUR", "per_million_events": 1.0, "per_gigabyte_in": 1.0, "per_gigabyte_month_stored": 1e6 });
    let set = Client::new().put(format!("{}/api/v1/prices", server.url)).json(&prices);
    assert_eq!(set.send().await.expect("an answer").json::<Value>().await.expect("JSON"), prices);
    let cost = server.ask("/usage").await["forecast"]["cost"].clone();
    assert_eq!(cost["currency"], "EUR");
    assert!(cost["stored"].as_f64().expect("a number") > 0.0, "what is on the disk costs: {cost}");
}

#[tokio::test]
async fn what_sampling_saved_is_told_from_the_weights_of_what_came() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let mut span = numbered_span(1, 1);
    span["attributes"] = json!([{ "key": "limen.sampling.probability", "value": { "doubleValue": 0.25 } }]);
    send(&server, "/v1/traces", &traces(&[span])).await;
    let usage = server.ask("/usage").await;
    assert_eq!(signal(&usage, "traces")["stands_for"], 4.0, "{usage}");
    assert_eq!(usage["saved"], json!({ "events": 3.0, "share": 0.75, "rate": 1.0 }));
}
