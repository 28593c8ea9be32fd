//! The requests of pages by what they ask for.

use limen_model::enriched::{EnrichedBatch, SpanRow};
use limen_model::{Attributes, Value};
use limen_query::{CalledRequest, QueryError, requests};

use crate::engine_process::EngineProcess;
use crate::rows::{batch, scope, span, trace_id};

fn request(
    id: u8,
    template: &'static str,
    status: u16,
    millis: u64,
    attributes: &[(&'static str, &str)],
) -> SpanRow<'static> {
    let pair = |(key, value): &(&'static str, &str)| ((*key).into(), Value::Text((*value).to_owned().into()));
    SpanRow {
        trace_id: trace_id(id),
        kind: 3,
        session_id: "s1".into(),
        view_id: "v1".into(),
        http_method: "GET".into(),
        http_status: status,
        url_template: template.into(),
        server_address: "shop.example".into(),
        weight: 2.0,
        attributes: Attributes(attributes.iter().map(pair).collect()),
        ..span(id, 0, "shop-web", "GET", i64::from(id), millis)
    }
}

#[tokio::test]
async fn calls_are_told_by_time_failures_parts_and_the_service_behind_them() {
    let phases = [("limen.request.dns", "0"), ("limen.request.wait", "70.5")];
    let spans = vec![
        request(1, "/api/cart", 200, 100, &phases),
        request(2, "/api/cart", 503, 300, &[]),
        request(3, "/api/cart", 0, 50, &[("limen.request.aborted", "true")]),
        request(4, "/api/products", 200, 20, &[]),
        // Of the document of that view, which is no answer to its requests.
        SpanRow { trace_id: trace_id(4), kind: 2, ..span(10, 0, "gateway", "GET /", 0, 15) },
        SpanRow { trace_id: trace_id(2), kind: 2, ..span(9, 2, "gateway", "GET /api/cart", 5, 280) },
        // Neither the document nor a call between services.
        SpanRow { name: "documentFetch".into(), ..request(5, "/", 200, 900, &[]) },
        SpanRow { view_id: "".into(), ..request(6, "/other", 200, 900, &[]) },
    ];
    let engine = EngineProcess::with(&[EnrichedBatch { spans, ..batch() }]).await;
    let ask = async |order| requests(&engine.store, &scope(&[]), order, 50).await;
    let answer = ask(None).await.expect("an answer");
    let [cart, products]: &[CalledRequest; 2] = answer.requests.as_slice().try_into().expect("two");
    assert_eq!((cart.what.as_str(), cart.n, cart.requests, cart.waited), ("/api/cart", 3, 6.0, 900.0));
    let third = 1.0 / 3.0;
    assert_eq!([cart.failed, cart.aborted, cart.timed, cart.answered], [third; 4]);
    assert_eq!(cart.slowest_trace.as_deref(), Some("02020202020202020202020202020202"));
    assert_eq!((cart.phases.dns, cart.phases.wait, cart.phases.tls), (Some(0.0), Some(70.5), None));
    let statuses: Vec<_> = cart.statuses.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    assert_eq!(statuses, [("2xx", 2.0), ("5xx", 2.0), ("aborted", 2.0)]);
    assert_eq!((products.p75, products.slowest_trace.as_deref(), products.failed), (20.0, None, 0.0));
    assert!(!answer.more);
    let first = ask(Some("p75")).await.expect("an answer").requests[0].what.clone();
    assert_eq!(first, "/api/cart");
    assert!(matches!(ask(Some("x")).await, Err(QueryError::Scope(_))));
}
