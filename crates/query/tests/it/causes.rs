//! What the views of a range are slow for: parts, elements, requests, errors and hours.

use limen_model::enriched::{EnrichedBatch, Event, SpanRow, View};
use limen_query::{CausesAnswer, causes};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, at, batch, exception, scope, span, view};

fn views() -> Vec<View<'static>> {
    let on = |id: &str, route: &'static str, lcp: f64, target: &'static str, url: &'static str| View {
        route: route.into(),
        lcp: Some(lcp),
        lcp_target: target.into(),
        lcp_url: url.into(),
        dns: Some(lcp / 100.0),
        request: Some(lcp / 10.0),
        ..view("s1", id, MINUTE)
    };
    vec![
        on("a", "/", 1000.0, "h1", ""),
        on("b", "/", 5000.0, "img.hero", "https://cdn.example/hero.jpg?v=1"),
        View { weight: 2.0, errors: 1, ..on("c", "/", 6000.0, "img.hero", "https://cdn.example/hero.jpg?v=2") },
        View {
            inp: Some(600.0),
            inp_target: "button".into(),
            inp_type: "click".into(),
            ..on("d", "/cart", 1000.0, "h1", "")
        },
        View { weight: 0.0, ..on("z", "/", 9000.0, "p", "") },
    ]
}

fn request(id: u8, view: &'static str, template: &'static str, start: i64, duration: u64) -> SpanRow<'static> {
    SpanRow {
        kind: 3,
        session_id: "s1".into(),
        view_id: view.into(),
        http_method: "GET".into(),
        url_template: template.into(),
        url: "https://api.example/things/7?q=secret".into(),
        ..span(id, 0, "shop", "GET", start, duration)
    }
}

async fn answered(filters: &[&str]) -> (EngineProcess, CausesAnswer) {
    let spans = vec![
        request(1, "a", "/things/:id", 61_000, 100),
        request(2, "b", "/things/:id", 62_000, 300),
        SpanRow { http_status: 500, ..request(3, "c", "", 63_000, 50) },
        request(4, "d", "/cart", 64_000, 9000),
        request(5, "gone", "/other-range", 65_000, 9000),
    ];
    let late = 59 * MINUTE + 30 * MINUTE;
    let events = vec![
        exception("s1", "c", 1, 2 * MINUTE),
        Event { weight: 2.0, ..exception("s1", "b", 2, late) },
        exception("s1", "d", 3, 2 * MINUTE),
        Event { name: "click".into(), ..exception("s1", "b", 4, 2 * MINUTE) },
    ];
    let engine = EngineProcess::with(&[EnrichedBatch { views: views(), events, spans, ..batch() }]).await;
    let answer = causes(&engine.store, &scope(filters)).await.expect("an answer");
    (engine, answer)
}

#[tokio::test]
async fn a_route_has_its_own_parts_elements_requests_errors_and_hours() {
    let (_engine, answer) = answered(&["route:/"]).await;
    let parts: Vec<_> = answer.parts.iter().map(|part| (part.part.as_str(), part.n, part.p50, part.p75)).collect();
    assert_eq!(parts, [("dns", 3, 50.0, 60.0), ("request", 3, 500.0, 600.0)], "in the order in which they happen");

    let targets: Vec<_> = answer
        .targets
        .iter()
        .map(|row| (row.metric.as_str(), row.target.as_str(), row.detail.as_str(), row.n, row.views, row.p75, row.poor))
        .collect();
    let hero = ("lcp", "img.hero", "https://cdn.example/hero.jpg", 2, 3.0, 6000.0, 1.0);
    assert_eq!(targets, [hero, ("lcp", "h1", "", 1, 1.0, 1000.0, 0.0)], "most poor views first");

    let requests: Vec<_> = answer
        .requests
        .iter()
        .map(|row| (row.what.as_str(), row.n, row.p50, row.p75, row.waited, row.failed))
        .collect();
    let expected = [("/things/:id", 2, 100.0, 300.0, 400.0, 0.0), ("api.example/things/7", 1, 50.0, 50.0, 50.0, 1.0)];
    assert_eq!(requests, expected, "those of other views are not there, and no query of an address is");

    // One session, though its two errors differ in weight.
    assert_eq!(answer.errors[0].sessions, 1.0);
    let errors: Vec<_> =
        answer.errors.iter().map(|row| (row.error_type.as_str(), row.n, row.errors, row.last.0)).collect();
    assert_eq!(
        errors,
        [("TypeError", 2, 3.0, at(89 * MINUTE))],
        "also those after the range, in a view that began in it"
    );

    let hours: Vec<_> = answer.hours.iter().map(|hour| (hour.time.0, hour.views, hour.with_error)).collect();
    assert_eq!(hours, [(at(0), 4.0, 2.0)]);
}

#[tokio::test]
async fn an_interaction_is_blamed_on_its_element_and_nothing_is_said_of_no_views() {
    let (engine, answer) = answered(&["route:/cart"]).await;
    let inp = answer.targets.iter().find(|row| row.metric == "inp").expect("an element");
    assert_eq!((inp.target.as_str(), inp.detail.as_str(), inp.poor), ("button", "click", 1.0));
    assert_eq!(answer.requests.len(), 1);

    let none = causes(&engine.store, &scope(&["route:/nowhere"])).await.expect("an answer");
    let CausesAnswer { parts, targets, requests, errors, hours, .. } = none;
    assert!(parts.is_empty() && targets.is_empty() && requests.is_empty() && errors.is_empty() && hours.is_empty());
}
