//! Whose the time of a stored view is: the row lock, found from the browser's view.

use limen_model::attributes as names;
use limen_model::enriched::{EnrichedBatch, Event, SpanRow, View};
use limen_model::{Attributes, Value};
use limen_query::{BlamedVital, Divided, OwnerKind, QueryError, Time, blame};

use crate::engine_process::EngineProcess;
use crate::rows::{MILLI, app, at, batch, of_page, span, span_id, trace_id, view};

fn attributes(pairs: &[(&'static str, Value<'static>)]) -> Attributes<'static> {
    Attributes(pairs.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())
}

/// The page calls its API, whose database waits 400 of 500 ms; the service's clock is ten seconds behind.
fn checkout() -> EnrichedBatch<'static> {
    let page = View {
        trace_id: Some(trace_id(1)),
        ttfb: Some(100.0),
        request: Some(60.0),
        response: Some(5.0),
        lcp: Some(900.4),
        lcp_resource_load_delay: Some(0.0),
        lcp_resource_load_duration: Some(0.0),
        lcp_element_render_delay: Some(800.4),
        inp: Some(248.0),
        inp_input_delay: Some(48.0),
        inp_processing_duration: Some(150.0),
        ..view("s", "v", 0)
    };
    let call = SpanRow {
        kind: 3,
        attributes: attributes(&[
            (names::REQUEST_WAIT, Value::Double(500.0)),
            (names::REQUEST_RESPONSE, Value::Double(10.0)),
        ]),
        ..of_page(span(2, 1, "shop-web", "GET", 200, 520))
    };
    let server = SpanRow { kind: 2, ..span(3, 2, "orders", "GET /order", 230 - 10_000, 460) };
    let lock = SpanRow { kind: 3, db_system: "postgresql".into(), ..span(4, 3, "orders", "SELECT", 240 - 10_000, 400) };
    // The same span id in another trace of the session is another span.
    let other = SpanRow { trace_id: trace_id(9), ..span(4, 3, "other", "SELECT", 240, 400) };
    let script = "[{\"start_time\":5000,\"duration\":40,\"source_url\":\"https://tag.example/t.js\"}]";
    let event = |name: &'static str, number: u64, after: i64, pairs: &[(&'static str, Value<'static>)]| Event {
        session_id: "s".into(),
        view_id: "v".into(),
        event_id: number,
        time_unix_nano: at(after * MILLI),
        name: name.into(),
        attributes: attributes(pairs),
        weight: 1.0,
        ..Event::default()
    };
    let tag =
        [(names::URL_FULL, Value::Text("https://tag.example/t.js".into())), (names::THIRD_PARTY, Value::Bool(true))];
    let frame = [
        ("browser.long_animation_frame.start_time", Value::Double(5000.0)),
        ("browser.long_animation_frame.scripts", Value::Text(script.into())),
    ];
    let events = vec![
        event(names::EVENT_RESOURCE, 1, 90, &tag),
        event(names::EVENT_LONG_FRAME, 2, 5000, &frame),
        Event { label: "inp".into(), value: Some(248.0), ..event(names::EVENT_WEB_VITAL, 3, 4990, &[]) },
    ];
    let load = of_page(span(1, 0, "shop-web", "documentLoad", 0, 900));
    EnrichedBatch { views: vec![page], spans: vec![load, call, server, lock, other], events, ..batch() }
}

#[tokio::test]
async fn the_lock_is_found_from_the_view_and_the_ledger_sums_to_the_vital() {
    let engine = EngineProcess::with(&[checkout(), checkout()]).await;
    let answer = blame(&engine.store, &app(), "s", "v", Divided::OfItsKind).await.expect("an answer");
    assert_eq!((answer.vital, answer.total), (Some(BlamedVital::Lcp), 900));
    assert_eq!(answer.ledger.iter().map(|line| line.millis).sum::<u64>(), 900);
    let first = &answer.ledger[0];
    assert_eq!((first.owner.kind, first.owner.name.as_str(), first.millis), (OwnerKind::Database, "postgresql", 400));
    let service = answer.ledger.iter().find(|line| line.owner.kind == OwnerKind::Service).expect("the service");
    assert_eq!((service.owner.name.as_str(), service.millis), ("orders", 60));
    // The call was away from 210 to 710 ms, the service worked for 460 of them; it is put into the middle.
    let [clock] = answer.clocks.as_slice() else { panic!("one clock") };
    assert_eq!((clock.service.as_str(), clock.shift, clock.error), ("orders", 10_000.0, 20.0));
    assert_eq!(answer.clock_error, 20.0);
    let lock = answer.pieces.iter().find(|piece| piece.owner.kind == OwnerKind::Database).expect("the lock");
    assert_eq!((lock.offset, lock.duration, lock.span_id.clone()), (240.0, 400.0, Some(span_id(4).to_string())));
    assert_eq!(lock.trace_id, Some(trace_id(1).to_string()));
    assert!(answer.missing.iter().any(|what| what.contains("server's span")), "{:?}", answer.missing);
}

#[tokio::test]
async fn an_interaction_was_held_up_by_the_script_of_a_third_party() {
    let engine = EngineProcess::with(&[checkout()]).await;
    let answer = blame(&engine.store, &app(), "s", "v", Divided::Vital(BlamedVital::Inp)).await.expect("an answer");
    let lines: Vec<(OwnerKind, &str, u64)> =
        answer.ledger.iter().map(|line| (line.owner.kind, line.owner.name.as_str(), line.millis)).collect();
    let expected =
        [(OwnerKind::Browser, "", 158), (OwnerKind::RenderDelay, "", 50), (OwnerKind::ThirdParty, "tag.example", 40)];
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn a_request_of_a_view_is_divided_up_to_the_first_byte_of_its_answer() {
    let engine = EngineProcess::with(&[checkout()]).await;
    let id = |span: u8| "01".repeat(16) + &format!("{span:02x}").repeat(8);
    let answer = blame(&engine.store, &app(), "s", "v", Divided::Request(&id(2))).await.expect("an answer");
    assert_eq!((answer.vital, answer.start, answer.total), (None, Time(at(200 * MILLI)), 510));
    let lines: Vec<_> =
        answer.ledger.iter().map(|line| (line.owner.kind, line.owner.name.as_str(), line.millis)).collect();
    let expected = [
        (OwnerKind::Database, "postgresql", 400),
        (OwnerKind::Service, "orders", 60),
        (OwnerKind::Network, "", 40),
        (OwnerKind::Browser, "", 10),
    ];
    assert_eq!(lines, expected);
    // The document's span, a service's, and one that nobody sent.
    for span in [1, 3, 77] {
        let error = blame(&engine.store, &app(), "s", "v", Divided::Request(&id(span))).await.expect_err("not found");
        assert!(matches!(error, QueryError::NotFound { what: "request of this view", .. }), "{error}");
    }
}

#[tokio::test]
async fn a_view_that_nobody_sent_and_a_vital_that_it_has_not_are_not_found() {
    let engine = EngineProcess::with(&[checkout()]).await;
    for (session, id, vital) in [
        ("s", "x", Divided::OfItsKind),
        ("x", "v", Divided::OfItsKind),
        ("s", "v", Divided::Vital(BlamedVital::Transition)),
    ] {
        let error = blame(&engine.store, &app(), session, id, vital).await.expect_err("not found");
        assert!(matches!(error, QueryError::NotFound { .. }), "{error}");
    }
}
