//! One record per table with every field filled, each with another value, so that swapped columns show.

use limen_model::enriched::{Dimensions, EnrichedBatch, Event, Exemplar, Log, MetricPoint, SpanRow, View};
use limen_model::{AppId, Attributes, SpanId, TraceId, Value};

/// 2026-03-01 12:00:00 UTC.
const NOON_NANO: i64 = 1_772_366_400_000_000_000;

fn trace(last: u8) -> TraceId {
    TraceId::from_bytes(&[[0xA0; 15].as_slice(), &[last]].concat()).expect("16 bytes")
}

fn span(last: u8) -> SpanId {
    SpanId::from_bytes(&[[0xB0; 7].as_slice(), &[last]].concat()).expect("8 bytes")
}

fn attributes(name: &'static str) -> Attributes<'static> {
    Attributes(vec![
        (name.into(), Value::Text("text".into())),
        ("count".into(), Value::Int(-3)),
        ("list".into(), Value::Array(vec![Value::Bool(true), Value::Double(0.5)])),
    ])
}

fn dimensions() -> Dimensions<'static> {
    Dimensions {
        service: "shop-web".into(),
        release: "1.42.0".into(),
        environment: "production".into(),
        country: "SG".into(),
        browser: "Chrome".into(),
        browser_version: "140".into(),
        os: "Android".into(),
        os_version: "10".into(),
        device: "mobile".into(),
        network: "4g".into(),
        language: "en-SG".into(),
        bot: true,
    }
}

pub fn batch() -> EnrichedBatch<'static> {
    EnrichedBatch {
        app: AppId::parse("shop").expect("valid"),
        received_unix_nano: NOON_NANO + 1,
        views: vec![view()],
        events: vec![event()],
        spans: vec![span_row()],
        logs: vec![log()],
        metrics: vec![metric()],
        views_of_spans: 0,
        rejections: Default::default(),
        redactions: Default::default(),
        routes_over_limit: 0,
    }
}

pub fn view() -> View<'static> {
    View {
        session_id: "session".into(),
        view_id: "view".into(),
        version: 7,
        start_unix_nano: NOON_NANO + 2,
        kind: "load".into(),
        route: "/product/:id".into(),
        url: "https://shop.example/product/1".into(),
        referrer: "https://shop.example/".into(),
        navigation_type: "navigate".into(),
        dimensions: dimensions(),
        screen_width: 390,
        screen_height: 844,
        user_id: "user".into(),
        trace_id: Some(trace(1)),
        lcp: Some(1.5),
        inp: Some(2.5),
        cls: Some(0.0),
        fcp: Some(3.5),
        ttfb: None,
        lcp_target: "img#hero".into(),
        lcp_url: "https://shop.example/hero.webp".into(),
        lcp_resource_load_delay: Some(4.5),
        lcp_resource_load_duration: Some(5.5),
        lcp_element_render_delay: Some(6.5),
        inp_target: "button".into(),
        inp_type: "pointer".into(),
        inp_input_delay: Some(7.5),
        inp_processing_duration: Some(8.5),
        inp_presentation_delay: Some(9.5),
        cls_target: "footer".into(),
        redirect: Some(10.5),
        worker: Some(11.5),
        dns: Some(12.5),
        tcp: Some(13.5),
        tls: Some(14.5),
        request: Some(15.5),
        response: Some(16.5),
        dom_processing: Some(17.5),
        load: Some(18.5),
        load_time: Some(19.5),
        transition_time: Some(20.5),
        blocking_time: Some(21.5),
        duration: Some(22.5),
        errors: 23,
        requests: 24,
        failed_requests: 25,
        actions: 26,
        weight: 2.0,
        attributes: attributes("view"),
    }
}

fn event() -> Event<'static> {
    Event {
        session_id: "session".into(),
        view_id: "view".into(),
        event_id: 11,
        time_unix_nano: NOON_NANO + 3,
        name: "exception".into(),
        route: "/cart".into(),
        url: "https://shop.example/cart".into(),
        dimensions: dimensions(),
        user_id: "user".into(),
        trace_id: Some(trace(2)),
        span_id: None,
        severity_number: 17,
        body: "body".into(),
        duration: Some(1.25),
        value: Some(2.25),
        target: "a.link".into(),
        label: "label".into(),
        exception_type: "TypeError".into(),
        exception_message: "x is undefined".into(),
        exception_stacktrace: "at a (b.js:1:2)".into(),
        exception_stack_id: 77,
        exception_handled: true,
        weight: 4.0,
        attributes: attributes("event"),
    }
}

fn span_row() -> SpanRow<'static> {
    SpanRow {
        trace_id: trace(3),
        span_id: span(4),
        parent_span_id: Some(span(5)),
        trace_state: "a=b".into(),
        start_unix_nano: NOON_NANO + 4,
        duration_nano: 1_000_001,
        name: "GET /cart".into(),
        kind: 2,
        status_code: 1,
        status_message: "fine".into(),
        scope_name: "scope".into(),
        service: "cart".into(),
        release: "2.0.0".into(),
        environment: "staging".into(),
        session_id: "session".into(),
        view_id: "view".into(),
        route: "/checkout".into(),
        country: "MY".into(),
        http_method: "GET".into(),
        http_status: 204,
        url_template: "/cart/:id".into(),
        url: "https://shop.example/cart/1".into(),
        server_address: "cart.internal".into(),
        db_system: "postgresql".into(),
        db_statement: "SELECT $1".into(),
        error_type: "timeout".into(),
        attributes: attributes("span"),
        resource: attributes("resource"),
        events: vec![
            (NOON_NANO + 5, "retry".into(), attributes("inside")),
            (NOON_NANO + 6, "done".into(), Attributes::default()),
        ],
        links: vec![(trace(6), span(7))],
        weight: 8.0,
    }
}

fn log() -> Log<'static> {
    Log {
        time_unix_nano: NOON_NANO + 7,
        observed_unix_nano: NOON_NANO + 8,
        log_id: 12,
        severity_number: 9,
        severity_text: "INFO".into(),
        event_name: "order.placed".into(),
        body: "order placed".into(),
        service: "payment".into(),
        release: "3.0.0".into(),
        environment: "test".into(),
        scope_name: "scope".into(),
        trace_id: Some(trace(8)),
        span_id: Some(span(9)),
        session_id: "session".into(),
        attributes: attributes("log"),
        resource: attributes("resource"),
    }
}

fn metric() -> MetricPoint<'static> {
    MetricPoint {
        name: "queue.length".into(),
        kind: "histogram".into(),
        unit: "{item}".into(),
        description: "Items waiting".into(),
        service: "pricing".into(),
        release: "4.0.0".into(),
        environment: "demo".into(),
        scope_name: "scope".into(),
        series: 13,
        time_unix_nano: NOON_NANO + 9,
        start_unix_nano: NOON_NANO + 10,
        temporality: "delta".into(),
        monotonic: true,
        stale: true,
        value: 1.75,
        value_int: Some(i64::MIN + 1),
        count: 14,
        sum: Some(2.75),
        min: None,
        max: Some(3.75),
        bounds: vec![0.5, 1.5],
        bucket_counts: vec![1, 2, 3],
        quantile_values: vec![4.75],
        scale: -15,
        zero_count: 16,
        zero_threshold: 0.125,
        positive_offset: -17,
        positive_counts: vec![18],
        negative_offset: 19,
        negative_counts: vec![20, 21],
        exemplars: vec![
            Exemplar {
                time_unix_nano: NOON_NANO + 11,
                value: 5.75,
                trace_id: Some(trace(10)),
                span_id: Some(span(11)),
                attributes: attributes("exemplar"),
            },
            Exemplar { time_unix_nano: NOON_NANO + 12, value: 6.75, ..Exemplar::default() },
        ],
        attributes: attributes("metric"),
        resource: attributes("resource"),
    }
}
