//! Rows with what a test is about; everything else has a plain value.

use limen_model::enriched::{Dimensions, EnrichedBatch, Event, Log, SpanRow, View};
use limen_model::{AppId, Attributes, SpanId, TraceId, Value};
use limen_query::{Scope, ScopeRequest};
use time::OffsetDateTime;
use time::macros::datetime;

/// The hour that every test asks about begins here; the hour before it is the previous one.
pub const FROM: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

pub const MILLI: i64 = 1_000_000;
pub const MINUTE: i64 = 60_000 * MILLI;

/// `FROM`, this many nanoseconds later.
pub fn at(nanos: i64) -> i64 {
    FROM.unix_timestamp_nanos() as i64 + nanos
}

pub fn app() -> AppId {
    AppId::parse("shop").expect("valid")
}

/// The hour from `FROM`, with filters.
pub fn scope(filters: &[&str]) -> Scope {
    let filters: Vec<String> = filters.iter().map(|&filter| filter.to_owned()).collect();
    let request = ScopeRequest {
        from: Some("2026-03-01T12:00:00Z"),
        to: Some("2026-03-01T13:00:00Z"),
        filters: &filters,
        source: None,
        visitors: None,
    };
    Scope::parse(app(), request, FROM).expect("a valid scope")
}

pub fn batch() -> EnrichedBatch<'static> {
    EnrichedBatch {
        app: app(),
        received_unix_nano: at(0),
        views: Vec::new(),
        events: Vec::new(),
        spans: Vec::new(),
        logs: Vec::new(),
        metrics: Vec::new(),
        views_of_spans: 0,
        rejections: Default::default(),
        redactions: Default::default(),
        routes_over_limit: 0,
    }
}

/// A view of a document that began this long after `FROM`.
pub fn view(session: &str, id: &str, after: i64) -> View<'static> {
    View {
        session_id: session.to_owned().into(),
        view_id: id.to_owned().into(),
        version: 1,
        start_unix_nano: at(after),
        kind: "load".into(),
        route: "/".into(),
        dimensions: Dimensions { browser: "Chrome".into(), os: "Linux".into(), ..Default::default() },
        weight: 1.0,
        ..Default::default()
    }
}

pub fn exception(session: &str, view: &str, number: u64, after: i64) -> Event<'static> {
    Event {
        session_id: session.to_owned().into(),
        view_id: view.to_owned().into(),
        event_id: number,
        time_unix_nano: at(after),
        name: "exception".into(),
        route: "/".into(),
        exception_type: "TypeError".into(),
        exception_message: "x is undefined".into(),
        weight: 1.0,
        ..Default::default()
    }
}

pub fn trace_id(number: u8) -> TraceId {
    TraceId::from_bytes(&[number; 16]).expect("16 bytes")
}

pub fn span_id(number: u8) -> SpanId {
    SpanId::from_bytes(&[number; 8]).expect("8 bytes")
}

/// A span of trace 1 that began `start` milliseconds after `FROM` and lasted `duration` milliseconds; parent 0 is none.
pub fn span(
    id: u8,
    parent: u8,
    service: &'static str,
    name: &'static str,
    start: i64,
    duration: u64,
) -> SpanRow<'static> {
    SpanRow {
        trace_id: trace_id(1),
        span_id: span_id(id),
        parent_span_id: SpanId::from_bytes(&[parent; 8]),
        trace_state: "".into(),
        start_unix_nano: at(start * MILLI),
        duration_nano: duration * MILLI as u64,
        name: name.into(),
        kind: 1,
        status_code: 0,
        status_message: "".into(),
        scope_name: "".into(),
        service: service.into(),
        release: "".into(),
        environment: "".into(),
        session_id: "".into(),
        view_id: "".into(),
        route: "".into(),
        country: "".into(),
        http_method: "".into(),
        http_status: 0,
        url_template: "".into(),
        url: "".into(),
        server_address: "".into(),
        db_system: "".into(),
        db_statement: "".into(),
        error_type: "".into(),
        attributes: Attributes::default(),
        resource: Attributes::default(),
        events: Vec::new(),
        links: Vec::new(),
        weight: 1.0,
    }
}

/// The same span as the page of session `s`, view `v`, would send it.
pub fn of_page(span: SpanRow<'static>) -> SpanRow<'static> {
    SpanRow { session_id: "s".into(), view_id: "v".into(), route: "/cart".into(), ..span }
}

pub fn log(number: u64, span: u8, body: &'static str, after: i64) -> Log<'static> {
    Log {
        time_unix_nano: at(after),
        observed_unix_nano: at(after),
        log_id: number,
        severity_number: 9,
        severity_text: "INFO".into(),
        body: body.into(),
        service: "payment".into(),
        trace_id: Some(trace_id(1)),
        span_id: Some(span_id(span)),
        ..Default::default()
    }
}

pub fn attribute(name: &'static str, value: String) -> Attributes<'static> {
    Attributes(vec![(name.into(), Value::Text(value.into()))])
}
