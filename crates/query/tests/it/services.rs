//! The map of services: who is on it, who calls whom, and how it goes.

use limen_model::enriched::{EnrichedBatch, SpanRow};
use limen_query::{ServiceKind, ServicesAnswer, services};

use crate::engine_process::EngineProcess;
use crate::rows::{batch, of_page, scope, span};

/// A page calls the gateway, that the cart, that its database; the page also loads from a host that says nothing of itself.
fn trace() -> EnrichedBatch<'static> {
    let of = |kind, span: SpanRow<'static>| SpanRow { kind, weight: 1.0, ..span };
    let host = |span| SpanRow { server_address: "cdn.example".into(), ..span };
    let sql = SpanRow {
        db_system: "postgresql".into(),
        error_type: "timeout".into(),
        ..span(6, 5, "cart", "SELECT", 40, 30)
    };
    let spans = vec![
        of(1, of_page(span(1, 0, "shop-web", "click", 0, 200))),
        of(3, of_page(host(span(2, 1, "shop-web", "GET", 5, 100)))),
        of(2, span(3, 2, "gateway", "GET /cart", 20, 80)),
        of(3, SpanRow { server_address: "cart.local".into(), ..span(4, 3, "gateway", "GET", 25, 60) }),
        of(2, SpanRow { http_status: 503, ..span(5, 4, "cart", "GET /items", 30, 50) }),
        of(3, sql),
        of(3, of_page(host(span(7, 1, "shop-web", "GET", 5, 300)))),
    ];
    EnrichedBatch { spans, ..batch() }
}

fn said(answer: &ServicesAnswer) -> Vec<String> {
    let own = answer.services.iter().map(|service| {
        format!(
            "{:?} {} {} {} {}",
            service.kind, service.name, service.load.requests, service.load.failed, service.load.p95
        )
    });
    let calls = answer.calls.iter().map(|call| {
        format!("{} > {} {} {} {}", call.from, call.to, call.load.requests, call.load.failed, call.load.p50)
    });
    own.chain(calls).collect()
}

#[tokio::test]
async fn the_map_goes_from_the_page_to_the_database() {
    let engine = EngineProcess::with(&[trace(), trace()]).await;
    let answer = services(&engine.store, &scope(&[])).await.expect("an answer");
    assert_eq!(
        said(&answer),
        [
            "Service cart 1 1 50",
            "Outside cdn.example 1 0 300",
            "Service gateway 1 0 80",
            "Database postgresql 1 1 30",
            "Browser shop-web 1 0 200",
            "cart > postgresql 1 1 30",
            "gateway > cart 1 1 50",
            "shop-web > cdn.example 1 0 300",
            "shop-web > gateway 1 0 80",
        ]
    );
    assert_eq!(answer.one_of, 1);
    assert!((answer.services[0].load.rate - 1.0 / 3600.0).abs() < 1e-9);
    assert_eq!(answer.calls[0].to_kind, ServiceKind::Database);
}

#[tokio::test]
async fn a_sampled_trace_stands_for_others_and_a_filter_leaves_out_services() {
    let mut sampled = trace();
    sampled.spans.iter_mut().for_each(|span| span.weight = 4.0);
    let engine = EngineProcess::with(&[sampled]).await;
    let answer = services(&engine.store, &scope(&["service:cart"])).await.expect("an answer");
    assert_eq!(said(&answer), ["Service cart 4 1 50", "Database postgresql 4 1 30", "cart > postgresql 4 1 30"]);
    let nothing = services(&engine.store, &scope(&["service:none"])).await.expect("an answer");
    assert!(nothing.services.is_empty() && nothing.calls.is_empty());
}
