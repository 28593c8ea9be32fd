//! What apps on phones and older agents of browsers report: screens, starts, crashes, taps.

use limen_enrich::Request;
use limen_ingest::Format;
use limen_model::Signal;
use limen_model::enriched::EnrichedBatch;

use crate::samples::{START, enrich, request, text};

const ANDROID: [(&str, &str); 5] = [
    ("service.name", "shop-android"),
    ("service.version", "4.2.0"),
    ("os.name", "Android"),
    ("os.version", "15"),
    ("device.model.identifier", "Pixel 9"),
];

fn attributes(pairs: &[(&str, String)]) -> String {
    let pairs = pairs.iter().map(|(key, value)| format!(r#"{{"key":"{key}","value":{value}}}"#));
    format!("[{}]", pairs.collect::<Vec<_>>().join(","))
}

fn resource(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<_> = pairs.iter().map(|(key, value)| (*key, text(value))).collect();
    format!(r#"{{"attributes":{}}}"#, attributes(&pairs))
}

/// A span of 1.25 seconds.
fn span(from: &[(&str, &str)], name: &str, pairs: &[(&str, String)]) -> String {
    let (end, paint) = (START + 1_250_000_000, START + 800_500_000);
    format!(
        r#"{{"resourceSpans":[{{"resource":{},"scopeSpans":[{{"spans":[{{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736",
        "spanId":"00f067aa0ba902b7","name":"{name}","startTimeUnixNano":"{START}","endTimeUnixNano":"{end}",
        "events":[{{"name":"firstContentfulPaint","timeUnixNano":"{paint}"}}],"attributes":{}}}]}}]}}]}}"#,
        resource(from),
        attributes(pairs)
    )
}

fn log(name: &str, pairs: &[(&str, String)]) -> String {
    format!(
        r#"{{"resourceLogs":[{{"resource":{},"scopeLogs":[{{"logRecords":[{{"eventName":"{name}","timeUnixNano":"{START}",
        "attributes":{}}}]}}]}}]}}"#,
        resource(&ANDROID),
        attributes(pairs)
    )
}

fn session() -> (&'static str, String) {
    ("session.id", text("5e551011"))
}

fn spans(json: &str) -> EnrichedBatch<'_> {
    enrich(json, Format::Json, Signal::Traces, &request())
}

fn logs(json: &str) -> EnrichedBatch<'_> {
    enrich(json, Format::Json, Signal::Logs, &request())
}

#[test]
fn the_start_of_an_app_is_a_view_with_its_time_and_its_device() {
    let json = span(&ANDROID, "AppStart", &[session(), ("start.type", text("cold")), ("screen.name", text("unknown"))]);
    let batch = spans(&json);
    let ([view], [span]) = (&*batch.views, &*batch.spans) else { panic!("a view and its span") };
    assert_eq!((&*view.kind, &*view.navigation_type, view.load_time), ("load", "cold", Some(1250.0)));
    assert_eq!((&*view.session_id, &*view.view_id, &*view.route), ("5e551011", "00f067aa0ba902b7", ""));
    assert_eq!((view.start_unix_nano, view.trace_id, view.version), (START, Some(span.trace_id), 1));
    assert_eq!((&*span.view_id, batch.views_of_spans), ("00f067aa0ba902b7", 1));
    let found = &view.dimensions;
    assert_eq!((&*found.service, &*found.release), ("shop-android", "4.2.0"));
    assert_eq!((&*found.os, &*found.os_version, &*found.device, &*found.browser), ("Android", "15", "mobile", ""));
}

#[test]
fn a_screen_is_a_view_by_its_name_and_no_view_without_one_or_without_a_session() {
    let screen = ("screen.name", text("CartActivity"));
    let json = span(&ANDROID, "Created", &[session(), screen.clone()]);
    let batch = spans(&json);
    assert_eq!((&*batch.views[0].kind, &*batch.views[0].route), ("route", "CartActivity"));
    assert_eq!((batch.views[0].transition_time, batch.views[0].load_time), (Some(1250.0), None));
    for pairs in [vec![session()], vec![screen.clone()]] {
        let json = span(&ANDROID, "Created", &pairs);
        let batch = spans(&json);
        assert_eq!((batch.views.len(), batch.spans.len(), batch.views_of_spans), (0, 1, 0), "{pairs:?}");
    }
    // A service may have spans of that name, in a session that was passed on to it.
    let json = span(&[("service.name", "cart"), ("os.name", "linux")], "Created", &[session(), screen]);
    assert!(spans(&json).views.is_empty());
}

#[test]
fn the_page_load_of_an_older_agent_is_a_view_with_its_first_paint() {
    let browser = [("service.name", "web"), ("telemetry.sdk.language", "webjs")];
    let pairs =
        [("splunk.rumSessionId", text("5e551011")), ("location.href", text("https://shop.example/product/7?a=secret"))];
    let json = span(&browser, "documentLoad", &pairs);
    let batch = spans(&json);
    let [view] = &*batch.views else { panic!("a view") };
    assert_eq!((&*view.kind, view.load_time, view.fcp), ("load", Some(1250.0), Some(800.5)));
    assert_eq!((&*view.route, &*view.url), ("/product/:id", "https://shop.example/product/7?a="));
}

#[test]
fn a_navigation_that_completed_is_a_view_and_the_same_one_when_it_is_sent_again() {
    for (name, key) in
        [("app.navigation.complete", "app.navigation.destination.name"), ("app.nav_complete", "app.nav.destination")]
    {
        let json = log(name, &[session(), (key, text("Checkout")), ("app.action.end_type", text("success"))]);
        let batch = logs(&json);
        let [view] = &*batch.views else { panic!("a view") };
        assert_eq!((&*view.kind, &*view.route, &*view.session_id), ("route", "Checkout", "5e551011"));
        assert_eq!(view.view_id.len(), 16);
        assert_eq!(view.view_id, logs(&json).views[0].view_id);
        assert!(batch.events.is_empty() && batch.rejections.is_empty());
    }
    let nowhere = log("app.nav_complete", &[session()]);
    assert_eq!(logs(&nowhere).rejections.count(Signal::Logs), 1);
}

#[test]
fn crashes_and_hangs_are_errors() {
    let crash = [
        session(),
        ("exception.type", text("java.lang.IllegalStateException")),
        ("exception.message", text("cart is gone")),
        ("screen.name", text("CartActivity")),
    ];
    let (crash, hang) = (log("app.crash", &crash), log("device.anr", &[session()]));
    let (crash, hang) = (logs(&crash), logs(&hang));
    let (crash, hang) = (&crash.events[0], &hang.events[0]);
    assert_eq!((&*crash.name, &*crash.exception_type), ("exception", "java.lang.IllegalStateException"));
    assert_eq!((&*crash.exception_message, &*crash.route), ("cart is gone", "CartActivity"));
    assert_eq!((crash.severity_number, crash.exception_handled), (21, false));
    assert_eq!((&*hang.name, &*hang.exception_type, hang.severity_number), ("exception", "ANR", 17));
    assert_eq!(crash.attributes.text("limen.exception.mechanism"), Some("crash"));
    assert_eq!(hang.attributes.text("limen.exception.mechanism"), Some("anr"));
}

#[test]
fn jank_and_taps_have_typed_columns() {
    let number = |number: f64| format!(r#"{{"doubleValue":{number}}}"#);
    let json = log("app.jank", &[session(), ("app.jank.frame_count", number(7.0)), ("app.jank.period", number(2.5))]);
    let batch = logs(&json);
    assert_eq!((batch.events[0].value, batch.events[0].duration), (Some(7.0), Some(2500.0)));
    let json = log("app.widget.click", &[session(), ("app.widget.id", text("buy")), ("app.widget.name", text("Buy"))]);
    let batch = logs(&json);
    assert_eq!((&*batch.events[0].target, &*batch.events[0].label), ("buy", "Buy"));
}

#[test]
fn a_tablet_is_told_from_a_phone() {
    let device = |os: &str, model: &str| {
        let from = [("os.name", os), ("os.version", "18.1.1"), ("device.model.identifier", model)];
        let json = span(&from, "AppStart", &[session()]);
        let batch = enrich(&json, Format::Json, Signal::Traces, &Request { user_agent: Some("OTel/1"), ..request() });
        let found = &batch.views[0].dimensions;
        (found.os.to_string(), found.os_version.to_string(), found.device.to_string())
    };
    let texts = |os: &str, class: &str| (os.to_owned(), "18".to_owned(), class.to_owned());
    assert_eq!(device("iOS", "iPhone17,1"), texts("iOS", "mobile"));
    assert_eq!(device("iOS", "iPad16,3"), texts("iOS", "tablet"));
    assert_eq!(device("iPadOS", "iPad16,3"), texts("iOS", "tablet"));
}
