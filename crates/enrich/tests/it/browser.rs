//! What browsers send: views, events and spans.

use limen_enrich::{EnrichOptions, Enricher, HintHeaders, Request};
use limen_ingest::{Format, Limits, decode};
use limen_model::enriched::EnrichedBatch;
use limen_model::{Outcome, Signal};

use crate::samples::{SECOND, START, enrich, from_agent, one_log, read, request, text};

const SESSION: &str = "8f14e45fceea167a5a36dedd4bea2543";

fn page_load(json: &str) -> EnrichedBatch<'_> {
    enrich(json, Format::AgentJson, Signal::Logs, &from_agent())
}

#[test]
fn a_page_load_becomes_a_view_with_its_vitals() {
    let json = read("agent-page-load.json");
    let batch = page_load(&json);
    assert!(batch.rejections.is_empty());
    let [view] = &*batch.views else { panic!("one view") };
    assert_eq!((&*view.session_id, &*view.view_id, view.version), (SESSION, "c9f0f895fb98ab91", 3));
    assert_eq!(view.start_unix_nano, START);
    assert_eq!((&*view.route, &*view.url), ("/product/:id", "https://shop.example/product/4711?ref="));
    assert_eq!((view.lcp, view.inp, view.cls), (Some(2345.5), Some(104.0), Some(0.02)));
    assert_eq!((view.fcp, view.ttfb), (Some(812.5), Some(203.25)));
    assert_eq!((view.dns, view.tls, view.load_time), (Some(12.5), None, Some(1800.5)));
    assert_eq!((view.errors, view.requests, view.failed_requests, view.actions), (1, 1, 0, 1));
    assert_eq!((&*view.lcp_target, &*view.navigation_type, view.weight), ("main>img", "navigate", 1.0));
    assert_eq!((view.screen_width, view.screen_height), (412, 915));
    let left: Vec<_> = view.attributes.0.iter().map(|(key, _)| &**key).collect();
    assert_eq!(left, ["limen.device.memory", "limen.device.cores"]);
}

#[test]
fn a_page_load_is_described_by_its_browser_and_release() {
    let json = read("agent-page-load.json");
    let batch = page_load(&json);
    let found = &batch.views[0].dimensions;
    assert_eq!((&*found.service, &*found.release, &*found.environment), ("shop", "1.2.3", "production"));
    assert_eq!((&*found.browser, &*found.browser_version), ("Chrome", "142"));
    assert_eq!((&*found.os, &*found.os_version, &*found.device), ("Android", "10", "mobile"));
    assert_eq!((&*found.network, &*found.language, found.bot), ("4g", "en-GB", false));
}

#[test]
fn events_have_typed_columns() {
    let json = read("agent-page-load.json");
    let batch = page_load(&json);
    let names: Vec<_> = batch.events.iter().map(|event| &*event.name).collect();
    let vital = &batch.events[2];
    let [click, exception] = &batch.events[3..] else { panic!("five events") };
    assert_eq!(
        names,
        ["session.start", "browser.navigation", "browser.web_vital", "browser.user_action.click", "exception"]
    );
    assert_eq!((&*vital.label, vital.value, &*vital.target), ("lcp", Some(2345.5), "main>img"));
    assert_eq!((&*click.label, &*click.target), ("buy", "#buy"));
    assert_eq!(&*exception.exception_type, "TypeError");
    assert!(!exception.exception_handled);
    assert!(exception.exception_stacktrace.contains("app.js?v=:1:20533"), "{}", exception.exception_stacktrace);
    assert!(vital.attributes.get("limen.web_vital.lcp.resource_load_delay").is_some());
    assert!(batch.events.iter().all(|event| event.session_id == SESSION && event.route == "/product/:id"));
    assert!(batch.events.iter().all(|event| event.attributes.get("session.id").is_none()));
}

#[test]
fn spans_keep_what_has_no_column_and_move_what_has_one() {
    let json = read("agent-page-load.json");
    let batch = page_load(&json);
    let [load, fetch, call] = &*batch.spans else { panic!("three spans") };
    assert_eq!((&*load.name, load.duration_nano, &*load.route), ("documentLoad", 1_800_000_000, "/product/:id"));
    assert_eq!(fetch.attributes.text("limen.server_span_id"), Some("53995c3f42cd8ad8"));
    assert_eq!((&*call.http_method, call.http_status, &*call.url_template), ("GET", 503, "/stock/:id"));
    assert_eq!((&*call.server_address, &*call.error_type, call.status_code), ("api.shop.example", "503", 2));
    assert_eq!(&*call.url, "https://api.shop.example/stock/4711?warehouse=");
    let left: Vec<_> = call.attributes.0.iter().map(|(key, _)| &**key).collect();
    assert_eq!(left, ["server.port", "limen.request.wait"]);
    assert_eq!((&*call.session_id, &*call.service), (SESSION, "shop"));
}

#[test]
fn the_same_body_sent_twice_gives_the_same_ids() {
    let json = read("agent-page-load.json");
    let late = Request { received_unix_nano: START + 3600 * SECOND, ..from_agent() };
    let ids = |request: &Request<'_>| {
        let batch = enrich(&json, Format::AgentJson, Signal::Logs, request);
        batch.events.iter().map(|event| (event.event_id, event.time_unix_nano)).collect::<Vec<_>>()
    };
    let mut first = ids(&from_agent());
    assert_eq!(first, ids(&late));
    first.sort_unstable();
    first.dedup();
    assert_eq!(first.len(), 5, "each event has an id of its own");
}

#[test]
fn a_stock_sdk_is_understood_without_our_agent() {
    let json = read("stock-browser-logs.json");
    let batch = enrich(&json, Format::Json, Signal::Logs, &request());
    let [vital, exception] = &*batch.events else { panic!("two events") };
    assert_eq!((&*vital.label, vital.value), ("lcp", Some(1200.0)));
    assert_eq!((&*vital.route, &*vital.url), ("/product/:id", "https://shop.example/product/4711?token="));
    assert_eq!((&*exception.name, &*exception.exception_message), ("exception", "Script error."));
    assert_eq!(exception.time_unix_nano, START + 2_000_000, "the observed time stands in");
}

#[test]
fn the_user_agent_header_stands_in_for_the_resource() {
    let header = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    let json = read("stock-browser-logs.json");
    let batch = enrich(&json, Format::Json, Signal::Logs, &Request { user_agent: Some(header), ..request() });
    assert_eq!(batch.events[0].dimensions.browser, "Firefox");
}

#[test]
fn the_headers_of_client_hints_count_for_the_browser_that_sent_them_and_not_for_others() {
    let header = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    let hints = HintHeaders {
        brands: Some(r#""Not_A Brand";v="99", "Microsoft Edge";v="142", "Chromium";v="142""#),
        mobile: Some("?0"),
        platform: Some("\"Windows\""),
        platform_version: Some("\"15.0.0\""),
    };
    let request = Request { user_agent: Some(header), hints, ..from_agent() };
    let json = one_log("custom", START, &[("session.id", &text(SESSION))]);
    let own = enrich(&json, Format::AgentJson, Signal::Logs, &request);
    let found = &own.events[0].dimensions;
    assert_eq!((&*found.browser, &*found.os, &*found.os_version), ("Edge", "Windows", "11"));
    // The page load tells another user agent: whoever passed it on has other hints.
    let json = read("agent-page-load.json");
    let passed_on = enrich(&json, Format::AgentJson, Signal::Logs, &request);
    let found = &passed_on.views[0].dimensions;
    assert_eq!((&*found.browser, &*found.os, &*found.os_version), ("Chrome", "Android", "10"));
}

#[test]
fn a_view_that_no_person_looked_at_says_so() {
    let json = read("agent-page-load.json");
    let headless = json.replace("Chrome/142", "HeadlessChrome/142");
    let said = json.replace("\"telemetry.sdk.version\"", "\"user_agent.synthetic.type\"");
    for (json, kind) in [(&headless, "test"), (&said, "bot")] {
        let batch = page_load(json);
        assert_eq!(batch.views[0].attributes.text("user_agent.synthetic.type"), Some(kind));
        assert!(batch.views[0].dimensions.bot && batch.events.iter().all(|event| event.dimensions.bot));
    }
    assert_eq!(page_load(&json).views[0].attributes.text("user_agent.synthetic.type"), None);
}

#[test]
fn a_view_without_session_id_or_start_is_refused() {
    let session = text(SESSION);
    let view = text("c9f0f895fb98ab91");
    for (time, attributes) in [
        (START, vec![("session.id", &*session)]),
        (START, vec![("limen.view.id", &*view)]),
        (0, vec![("session.id", &*session), ("limen.view.id", &*view)]),
    ] {
        let json = one_log("limen.view", time, &attributes);
        let batch = page_load(&json);
        assert!(batch.views.is_empty());
        assert_eq!(batch.rejections.iter().collect::<Vec<_>>(), [(Signal::Logs, Outcome::ViewInvalid, 1)], "{json}");
    }
}

#[test]
fn a_record_of_the_distant_future_is_refused() {
    let json = one_log("custom", START + 48 * 3600 * SECOND, &[("session.id", &text(SESSION))]);
    assert_eq!(page_load(&json).rejections.iter().collect::<Vec<_>>(), [(Signal::Logs, Outcome::TimeOutOfRange, 1)]);
}

#[test]
fn a_browser_whose_clock_is_a_day_ahead_is_set_right() {
    let json = one_log("custom", START + 30 * 3600 * SECOND, &[("session.id", &text(SESSION))]);
    let sent = (START + 30 * 3600 * SECOND) / 1_000_000;
    let batch =
        enrich(&json, Format::AgentJson, Signal::Logs, &Request { sent_unix_milli: Some(sent), ..from_agent() });
    assert_eq!(batch.events[0].time_unix_nano, START);
}

#[test]
fn a_batch_that_comes_hours_late_keeps_its_times_when_its_session_was_heard_of() {
    let json = one_log("custom", START, &[("session.id", &text(SESSION))]);
    let enricher = Enricher::new(EnrichOptions::default()).expect("no options");
    let time = |received: i64| {
        let batch = decode(json.as_bytes(), Format::AgentJson, Signal::Logs, &Limits::BROWSER).expect("decodes");
        let sent_unix_milli = Some(START / 1_000_000);
        let request = Request { received_unix_nano: received, sent_unix_milli, ..from_agent() };
        enricher.enrich(batch, &request).events[0].time_unix_nano
    };
    assert_eq!(time(START + SECOND), START);
    assert_eq!(time(START + 7 * 3600 * SECOND), START);
}

#[test]
fn sampled_sessions_stand_for_the_others() {
    let json = one_log(
        "custom",
        START,
        &[("session.id", &text(SESSION)), ("limen.sampling.probability", r#"{"doubleValue":0.1}"#)],
    );
    assert_eq!(page_load(&json).events[0].weight, 10.0);
}
