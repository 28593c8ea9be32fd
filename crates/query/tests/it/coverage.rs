//! Coverage of stored documents: what people were served, what of it reported, and what only looks like a document.

use limen_model::enriched::{EnrichedBatch, SpanRow, View};
use limen_model::{SpanId, TraceId, Value};
use limen_query::{CoverageAnswer, CoverageVisitor, Dimension, LossCause, coverage};

use crate::engine_process::EngineProcess;
use crate::rows::{batch, scope, span, view};

fn trace(number: u16) -> TraceId {
    let mut bytes = [1; 16];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    TraceId::from_bytes(&bytes).expect("16 bytes")
}

fn visitor(agent: &str) -> CoverageVisitor {
    let browser = if agent.contains("Firefox") { "Firefox" } else { "Chrome" };
    CoverageVisitor { browser, device: "desktop", robot: agent.contains("bot") }
}

/// A request that a gateway answered.
fn served(number: u16, route: &'static str, agent: &'static str, country: &'static str) -> SpanRow<'static> {
    let mut span = SpanRow {
        trace_id: trace(number),
        kind: 2,
        http_method: "GET".into(),
        http_status: 200,
        url_template: route.into(),
        country: country.into(),
        ..span(1, 0, "gateway", "GET", i64::from(number), 10)
    };
    span.attributes.0.push(("user_agent.original".into(), Value::Text(agent.into())));
    span
}

fn with(mut span: SpanRow<'static>, name: &'static str, value: &'static str) -> SpanRow<'static> {
    span.attributes.0.push((name.into(), Value::Text(value.into())));
    span
}

fn report(number: u16) -> View<'static> {
    let id = number.to_string();
    View { trace_id: Some(trace(number)), ..view(&id, &id, i64::from(number)) }
}

/// 100 documents for Chrome of which 90 report, 50 for Firefox of which 10 do, 30 of a route without the script, 40 for a robot.
fn world() -> EnrichedBatch<'static> {
    let mut spans: Vec<SpanRow<'static>> = Vec::new();
    spans.extend((0..100).map(|number| served(number, "/", "Chrome", "DE")));
    spans.extend((100..150).map(|number| served(number, "/", "Firefox", "SG")));
    spans.extend((150..190).map(|number| served(number, "/", "a bot", "US")));
    let html = |span| with(span, "http.response.header.content-type", "[\"text/html; charset=utf-8\"]");
    spans.extend((190..220).map(|number| html(served(number, "/old", "Chrome", "DE"))));
    // None of these is a document that a person was to see.
    spans.push(served(300, "/api/cart", "Chrome", "DE"));
    spans.push(SpanRow { parent_span_id: SpanId::from_bytes(&[9; 8]), ..served(301, "/", "Chrome", "DE") });
    spans.push(SpanRow { http_status: 302, ..served(302, "/", "Chrome", "DE") });
    spans.push(SpanRow { http_method: "POST".into(), ..served(303, "/", "Chrome", "DE") });
    spans.push(with(served(304, "/", "Chrome", "DE"), "http.request.header.sec-purpose", "[\"prefetch\"]"));
    spans.push(with(served(305, "/", "Chrome", "DE"), "http.request.header.sec-fetch-dest", "[\"image\"]"));
    let views = (0..90).chain(100..110).map(report).collect();
    EnrichedBatch { spans, views, ..batch() }
}

async fn asked(filters: &[&str]) -> CoverageAnswer {
    let engine = EngineProcess::with(&[world(), world()]).await;
    coverage(&engine.store, &scope(filters), visitor).await.expect("an answer")
}

#[tokio::test]
async fn documents_are_told_from_other_requests_and_losses_by_their_cause() {
    let answer = asked(&[]).await;
    assert_eq!((answer.served, answer.n, answer.reported, answer.robots), (180.0, 180, 100.0, 40.0));
    let losses: Vec<(LossCause, f64)> = answer.losses.iter().map(|loss| (loss.cause, loss.documents)).collect();
    assert_eq!(losses, [(LossCause::NotInstrumented, 30.0), (LossCause::Unseen, 50.0)]);
    let rows = |dimension: Dimension| {
        let by = answer.by.iter().find(|by| by.dimension == dimension).expect("by it");
        by.rows.iter().map(|row| (row.value.clone(), row.served, row.reported)).collect::<Vec<_>>()
    };
    assert_eq!(rows(Dimension::Browser), [("Chrome".to_owned(), 130.0, 90.0), ("Firefox".to_owned(), 50.0, 10.0)]);
    assert_eq!(rows(Dimension::Country), [("DE".to_owned(), 130.0, 90.0), ("SG".to_owned(), 50.0, 10.0)]);
    assert_eq!(rows(Dimension::Route), [("/".to_owned(), 150.0, 100.0), ("/old".to_owned(), 30.0, 0.0)]);
}

#[tokio::test]
async fn filters_that_services_know_hold_and_others_are_named() {
    let answer = asked(&["country:SG", "browser:Firefox", "network:4g"]).await;
    assert_eq!((answer.served, answer.reported), (50.0, 10.0));
    assert_eq!(answer.ignored, [Dimension::Network]);
    assert!(answer.by.iter().all(|by| by.dimension != Dimension::Network), "{:?}", answer.by);
}

#[tokio::test]
async fn networks_are_told_apart_where_services_record_the_hint() {
    let mut world = world();
    // As OpenTelemetry writes headers: a list.
    for (number, span) in world.spans.iter_mut().enumerate().take(150) {
        let hint = if number < 100 { "[\"4g\"]" } else { "[\"slow-2g\"]" };
        span.attributes.0.push(("http.request.header.ect".into(), Value::Text(hint.into())));
    }
    let engine = EngineProcess::with(&[world]).await;
    let answer = coverage(&engine.store, &scope(&[]), visitor).await.expect("an answer");
    let by = answer.by.iter().find(|by| by.dimension == Dimension::Network).expect("by network");
    let rows: Vec<_> = by.rows.iter().map(|row| (row.value.as_str(), row.served, row.reported)).collect();
    assert_eq!(rows, [("4g", 100.0, 90.0), ("slow-2g", 50.0, 10.0), ("", 30.0, 0.0)]);
    let slow = coverage(&engine.store, &scope(&["network:slow-2g"]), visitor).await.expect("an answer");
    assert_eq!((slow.served, slow.reported, slow.ignored), (50.0, 10.0, Vec::new()));
}

#[tokio::test]
async fn views_that_sampling_chose_stand_for_those_that_it_left_out() {
    let mut world = world();
    world.views.retain_mut(|view| {
        view.weight = 2.0;
        view.session_id.parse::<u16>().is_ok_and(|number| number % 2 == 0)
    });
    let engine = EngineProcess::with(&[world]).await;
    let answer = coverage(&engine.store, &scope(&["country:SG"]), visitor).await.expect("an answer");
    // 5 of the 10 reports were chosen, so 10 would have come.
    assert_eq!((answer.served, answer.reported, answer.share), (50.0, 5.0, Some(0.2)));
    let sampled = answer.losses.iter().find(|loss| loss.cause == LossCause::Sampled).expect("a loss");
    assert!(sampled.documents == 5.0 && sampled.low < 2.0 && sampled.high > 8.0, "{sampled:?}");
}
