//! No secret reaches a row, whoever sent it and wherever it stood.

use limen_ingest::Format;
use limen_model::Signal;
use limen_model::redaction::Secret;

use crate::samples::{enrich, from_agent, read, request};

const CARD: &str = "4111 1111 1111 1111";

/// Puts a card into every text value of a body, one by one; ids are left out, as nothing would recognise their rows.
fn check(name: &str, format: Format, signal: Signal) {
    let request = if matches!(format, Format::AgentJson) { from_agent() } else { request() };
    let json = read(name);
    let places: Vec<usize> = json.match_indices("\"stringValue\": \"").map(|(at, found)| at + found.len()).collect();
    assert!(places.len() > 3, "{name} has texts");
    let mut hidden = 0;
    for at in places {
        let planted = format!("{}{CARD} {}", &json[..at], &json[at..]);
        let batch = enrich(&planted, format, signal, &request);
        let text = format!("{batch:?}");
        let is_id = ["session_id", "view_id", "user_id"].iter().any(|id| text.contains(&format!("{id}: \"{CARD}")));
        assert!(is_id || !text.contains("1111 1111"), "{}", &json[at.saturating_sub(120)..at + 20]);
        hidden += batch.redactions.iter().filter(|(secret, _)| *secret == Secret::Card).count();
    }
    assert!(hidden > 2, "{name}: {hidden}");
}

#[test]
fn what_pages_send() {
    check("agent-page-load.json", Format::AgentJson, Signal::Logs);
    check("stock-browser-logs.json", Format::Json, Signal::Logs);
}

#[test]
fn what_services_send() {
    check("service-traces-old-names.json", Format::Json, Signal::Traces);
    check("service-logs.json", Format::Json, Signal::Logs);
    check("service-metrics.json", Format::Json, Signal::Metrics);
}

#[test]
fn names_of_spans_and_statements_of_databases_are_redacted_and_counted() {
    let json = read("service-traces-old-names.json")
        .replace("user_id = $1", "mail = 'jo@shop.example'")
        .replace(r#""name": ""#, r#""name": "jo@shop.example "#);
    let batch = enrich(&json, Format::Json, Signal::Traces, &request());
    assert_eq!(&*batch.spans[1].db_statement, "SELECT * FROM cart WHERE mail = '[redacted:email]'");
    assert!(batch.spans.iter().all(|span| span.name.starts_with("[redacted:email] ")), "{:?}", batch.spans);
    assert!(batch.redactions.iter().any(|(secret, count)| secret == Secret::Email && count >= 3));
}

#[test]
fn a_body_without_secrets_counts_nothing() {
    let json = read("agent-page-load.json");
    assert_eq!(enrich(&json, Format::AgentJson, Signal::Logs, &from_agent()).redactions.iter().count(), 0);
}
