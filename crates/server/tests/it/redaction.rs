//! Secrets that senders let slip are counted and do not come back from the store.

use reqwest::Client;
use serde_json::json;

use crate::records::{attribute, span, traces};
use crate::serving::Serving;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

#[tokio::test]
async fn a_secret_in_a_span_is_counted_and_not_kept() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let mut record = span(TRACE, "00f067aa0ba902b7", "charge 4111 1111 1111 1111");
    record["attributes"] = json!([attribute("note", "asked by jo@shop.example"), attribute("to", "a@b.cd")]);
    let request = Client::new().post(format!("{}/v1/traces", server.otlp)).header("limen-key", &server.key);
    let response = request.json(&traces(&[record])).send().await.expect("an answer");
    assert_eq!(response.status(), 200);

    let trace = server.ask(&format!("/traces/{TRACE}")).await.to_string();
    assert!(trace.contains("charge [redacted:card]") && trace.contains("asked by [redacted:email]"), "{trace}");
    assert!(!trace.contains("1111 1111") && !trace.contains("shop.example"), "{trace}");
    let counts = server.ask("/outcomes").await["redactions"].clone();
    let told: Vec<_> = counts.as_array().expect("a list").iter().collect();
    assert_eq!(told.len(), 2, "{counts}");
    assert_eq!((&told[0]["app"], &told[0]["secret"], &told[0]["count"]), (&json!("shop"), &json!("card"), &json!(1)));
    assert_eq!((&told[1]["secret"], &told[1]["count"]), (&json!("email"), &json!(2)));
}
