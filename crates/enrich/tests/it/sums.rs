//! Every record that goes in comes out as a row or as a counted rejection, whatever it holds.

use limen_enrich::{EnrichOptions, Enricher, Request};
use limen_model::received::{Group, LogRecord, ReceivedBatch, Scope, Span};
use limen_model::{Attributes, SpanId, TraceId, Value, attributes as names};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::samples::{SECOND, START, request};

fn value() -> impl Strategy<Value = Value<'static>> {
    prop_oneof![
        "\\PC{0,20}".prop_map(|text| Value::Text(text.into())),
        "https?://[a-z@:]{0,10}/[a-zA-Z0-9/?=&#;%]{0,20}".prop_map(|text| Value::Text(text.into())),
        any::<f64>().prop_map(Value::Double),
        any::<i64>().prop_map(Value::Int),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Empty),
        vec(any::<i64>().prop_map(Value::Int), 0..3).prop_map(Value::Array),
        vec(any::<u8>(), 0..9).prop_map(|bytes| Value::Bytes(bytes.into())),
    ]
}

/// Any attribute of the vocabulary with any value, right or wrong.
fn attributes() -> impl Strategy<Value = Attributes<'static>> {
    let known = (0..names::ALL.len()).prop_map(|at| names::ALL[at].name.into());
    let place = prop_oneof![Just(names::SESSION_ID), Just(names::VIEW_ID), Just(names::EVENT_ID)];
    let key = prop_oneof![4 => known, 2 => place.prop_map(Into::into), 1 => "[a-z.]{1,10}".prop_map(Into::into)];
    vec((key, value()), 0..12).prop_map(Attributes)
}

fn time() -> impl Strategy<Value = u64> {
    let near = (-5 * SECOND..5 * SECOND).prop_map(|offset| (START + offset) as u64);
    prop_oneof![4 => near, 1 => Just(0), 1 => any::<u64>()]
}

fn log() -> impl Strategy<Value = LogRecord<'static>> {
    let name = prop_oneof![Just("limen.view"), Just("exception"), Just("browser.web_vital"), Just(""), Just("custom")];
    (name, time(), time(), attributes(), value()).prop_map(|(name, time, observed, attributes, body)| LogRecord {
        event_name: name.into(),
        time_unix_nano: time,
        observed_time_unix_nano: observed,
        attributes,
        body,
        ..LogRecord::default()
    })
}

fn span() -> impl Strategy<Value = Span<'static>> {
    (time(), time(), 0..6_u8, attributes()).prop_map(|(start, end, kind, attributes)| Span {
        trace_id: TraceId::from_bytes(&[1; 16]).expect("an id"),
        span_id: SpanId::from_bytes(&[2; 8]).expect("an id"),
        parent_span_id: None,
        trace_state: "".into(),
        name: "GET".into(),
        kind,
        start_time_unix_nano: start.min(end),
        end_time_unix_nano: start.max(end),
        attributes,
        events: Vec::new(),
        links: Vec::new(),
        status_code: 0,
        status_message: "".into(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_in_are_rows_out_and_rejections(
        logs in vec(log(), 0..8),
        spans in vec(span(), 0..8),
        resource in attributes(),
        sent in proptest::option::of(any::<i64>()),
        browser in any::<bool>(),
    ) {
        let records = logs.len() + spans.len();
        let batch = ReceivedBatch {
            logs: vec![Group { resource: resource.clone(), scope: Scope::default(), records: logs }],
            spans: vec![Group { resource, scope: Scope::default(), records: spans }],
            ..ReceivedBatch::default()
        };
        let request = Request { sent_unix_milli: sent, browser, ..request() };
        let rows = Enricher::new(EnrichOptions::default()).expect("no options").enrich(batch, &request);
        let kept = rows.views.len() + rows.events.len() + rows.logs.len() + rows.spans.len();
        let rejected: u64 = rows.rejections.iter().map(|(_, _, count)| count).sum();
        prop_assert_eq!(kept as u64 + rejected, records as u64);
        for view in &rows.views {
            prop_assert!(view.weight >= 1.0 && view.weight <= 10_000.0);
            prop_assert!(view.lcp.is_none_or(|lcp| (0.0..=3_600_000.0).contains(&lcp)));
            prop_assert!(view.route.len() <= 256 && view.session_id.len() <= 128);
        }
    }
}
