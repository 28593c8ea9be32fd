//! Continuity of stored traces: which calls were answered by whom, and why others were not.

use limen_model::enriched::{EnrichedBatch, SpanRow, View};
use limen_query::{BrokenCause, ContinuityAnswer, continuity};
use time::{Duration, OffsetDateTime};

use crate::engine_process::EngineProcess;
use crate::rows::{FROM, batch, scope, span, trace_id, view};

fn call(id: u8, host: &'static str) -> SpanRow<'static> {
    SpanRow {
        trace_id: trace_id(id),
        kind: 3,
        view_id: "v".into(),
        server_address: host.into(),
        release: "1".into(),
        ..span(id, 0, "shop-web", "GET", i64::from(id), 20)
    }
}

fn server(id: u8, trace: u8, parent: u8, host: &'static str) -> SpanRow<'static> {
    SpanRow { trace_id: trace_id(trace), kind: 2, server_address: host.into(), ..span(id, parent, "edge", "GET", 1, 5) }
}

async fn asked(spans: Vec<SpanRow<'static>>, now: OffsetDateTime) -> ContinuityAnswer {
    let page = View { url: "https://shop.example/".into(), ..view("s", "v", 0) };
    let batch = || EnrichedBatch { spans: spans.clone(), views: vec![page.clone()], ..batch() };
    let engine = EngineProcess::with(&[batch(), batch()]).await;
    continuity(&engine.store, &scope(&[]), now).await.expect("an answer")
}

fn causes(answer: &ContinuityAnswer, host: &str) -> Vec<(BrokenCause, f64)> {
    let found = answer.hosts.iter().find(|found| found.host == host).expect("the host");
    found.broken.iter().map(|broken| (broken.cause, broken.calls)).collect()
}

fn later() -> OffsetDateTime {
    FROM + Duration::hours(2)
}

#[tokio::test]
async fn each_break_has_its_cause() {
    let spans = vec![
        // Two of one trace, of which one was answered.
        call(1, "shop.example"),
        server(51, 1, 1, "shop.example"),
        SpanRow { trace_id: trace_id(1), ..call(2, "shop.example") },
        // A mesh between kept its span.
        call(3, "shop.example"),
        server(53, 3, 99, "shop.example"),
        // The service began a trace of its own.
        call(5, "shop.example"),
        server(55, 60, 0, "shop.example"),
        call(6, "api.example"),
    ];
    let answer = asked(spans, later()).await;
    let shop = &answer.hosts[0];
    assert_eq!((shop.host.as_str(), shop.n, shop.answered), ("shop.example", 4, 1.0));
    assert_eq!(shop.gateways.len(), 1);
    assert_eq!(shop.gateways[0].service, "edge");
    let mut found = causes(&answer, "shop.example");
    found.sort_by_key(|(cause, _)| format!("{cause:?}"));
    let expected = [(BrokenCause::Rewritten, 1.0), (BrokenCause::Silent, 1.0), (BrokenCause::Stripped, 1.0)];
    assert_eq!(found, expected);
    assert_eq!(causes(&answer, "api.example"), [(BrokenCause::NotSent, 1.0)]);
}

#[tokio::test]
async fn what_was_called_just_now_is_not_blamed_yet() {
    let answer = asked(vec![call(1, "shop.example")], FROM + Duration::seconds(2)).await;
    assert_eq!(causes(&answer, "shop.example"), [(BrokenCause::Late, 1.0)]);
}
