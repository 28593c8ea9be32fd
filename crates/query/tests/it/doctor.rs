//! The doctor names what is missing, for whom, and calls it done when the data shows it.

use limen_model::enriched::{EnrichedBatch, SpanRow, View};
use limen_query::{DoctorAnswer, FindingState, doctor};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, batch, scope, span, trace_id, view};

fn state(answer: &DoctorAnswer, about: &str, subject: &str) -> FindingState {
    let found = answer.findings.iter().find(|finding| finding.about == about && finding.subject == subject);
    found.unwrap_or_else(|| panic!("nothing about {about} {subject}: {answer:?}")).state
}

fn call(id: u8, host: &'static str) -> SpanRow<'static> {
    SpanRow {
        trace_id: trace_id(id),
        kind: 3,
        view_id: "v1".into(),
        server_address: host.into(),
        weight: 1.0,
        ..span(id, 0, "shop-web", "GET", i64::from(id), 20)
    }
}

#[tokio::test]
async fn what_is_missing_is_named_with_where_to_add_it() {
    let views: Vec<View<'static>> = (0..20)
        .map(|number| {
            let mut view = view("s1", "v", MINUTE + number);
            view.view_id = format!("v{number}").into();
            view.dimensions.release = "1.2".into();
            view
        })
        .collect();
    let answered =
        (1..=6).map(|id| SpanRow { trace_id: trace_id(id), kind: 2, ..span(100 + id, id, "cart", "GET", 1, 5) });
    let spans =
        (1..=6).map(|id| call(id, "shop.example")).chain(answered).chain((11..=16).map(|id| call(id, "api.example")));
    let engine = EngineProcess::with(&[EnrichedBatch { views, spans: spans.collect(), ..batch() }]).await;
    let answer = doctor(&engine.store, &scope(&[])).await.expect("an answer");
    assert_eq!(state(&answer, "release", ""), FindingState::Done);
    assert_eq!(state(&answer, "environment", ""), FindingState::Todo);
    assert_eq!(state(&answer, "calls", "shop.example"), FindingState::Done);
    assert_eq!(state(&answer, "calls", "api.example"), FindingState::Todo);
    assert_eq!(state(&answer, "agent", ""), FindingState::Unknown);
    let calls = answer.findings.iter().find(|finding| finding.subject == "api.example").expect("found");
    assert!(calls.to_do.contains("propagateTo") && calls.says.contains("100 %"), "{calls:?}");
    let order: Vec<_> = answer.findings.iter().map(|finding| finding.state).collect();
    assert!(order.is_sorted(), "what is to do comes first");
}
