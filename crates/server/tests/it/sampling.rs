//! What agents record is set while the server runs, told with every answer to them, and kept over restarts.

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::records::{attribute, log, logs, now_nano, span, traces};
use crate::serving::{Serving, eventually};

async fn set(server: &Serving, body: &str, kind: &str) -> (StatusCode, Value) {
    let request = Client::new().request(Method::PUT, format!("{}/api/v1/sampling", server.url));
    let response = request.header("content-type", kind).body(body.to_owned()).send().await.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

/// What the server answers when only some of it is set.
fn with_all(set: Value) -> Value {
    let mut all = json!({
        "sample_rate": null, "promote_on": [], "off": [], "high_value": [], "rules": [], "static_rate": null,
        "brought_back_rate": null, "rate_min": null, "rate_max": null
    });
    for (name, value) in set.as_object().expect("an object") {
        all[name] = value.clone();
    }
    all
}

async fn told_to_agents(server: &Serving) -> Value {
    let url = format!("{}/v1/rum?key={}", server.url, server.key);
    let response = Client::new().post(url).body("{}").send().await.expect("an answer");
    response.json::<Value>().await.expect("JSON")["settings"].clone()
}

#[tokio::test]
async fn what_is_set_is_told_to_agents_at_once_and_after_a_restart() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    assert_eq!(server.ask("/sampling").await, with_all(json!({})));
    assert_eq!(told_to_agents(&server).await, json!({}));
    let wanted = json!({ "sample_rate": 0.25, "promote_on": ["checkout.failed"], "off": ["resources"] });
    let answer = set(&server, &wanted.to_string(), "application/json").await;
    assert_eq!(answer, (StatusCode::OK, with_all(wanted.clone())));
    let pushed = json!({ "sampleRate": 0.25, "promoteOn": ["checkout.failed"], "off": ["resources"] });
    assert_eq!(told_to_agents(&server).await, pushed);
    server.stop();

    let server = Serving::start(data.path());
    assert_eq!((server.ask("/sampling").await, told_to_agents(&server).await), (with_all(wanted), pushed));
    // What is taken back is forgotten by agents that had it.
    assert_eq!(set(&server, "{}", "application/json").await.0, StatusCode::OK);
    assert_eq!(told_to_agents(&server).await, json!({}));
}

#[tokio::test]
async fn what_makes_no_sense_changes_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let long = format!(r#"{{"promote_on": ["{}"]}}"#, "x".repeat(300));
    for (body, kind, word) in [
        (r#"{"sample_rate": 2}"#, "application/json", "between 0 and 1"),
        (r#"{"sample_rate": "half"}"#, "application/json", "sample_rate"),
        (r#"{"off": ["errors"]}"#, "application/json", "leave off"),
        (&long, "application/json", "300 bytes"),
        (r#"{"rate": 0.5}"#, "application/json", "unknown field"),
        (r#"{"rules": [{"route": "/help", "rate": 7}]}"#, "application/json", "between 0 and 1"),
        (r#"{"high_value": [{"route": "/a", "event": "b"}]}"#, "application/json", "either a route or an event"),
        ("{", "application/json", "EOF"),
        // A page of another site can send this much without being asked whether it may: it must not be taken.
        (r#"{"sample_rate": 0}"#, "text/plain", "Content-Type"),
    ] {
        let (status, answer) = set(&server, body, kind).await;
        assert_eq!(
            (status, answer["error"]["code"].as_str()),
            (StatusCode::BAD_REQUEST, Some("bad_request")),
            "{body}"
        );
        let message = answer["error"]["message"].as_str().expect("a message");
        assert!(message.contains(word), "{body}: {message}");
    }
    let big = format!(r#"{{"off": [{}"scroll"]}}"#, "\"scroll\",".repeat(10_000));
    assert_eq!(set(&server, &big, "application/json").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(told_to_agents(&server).await, json!({}));
}

/// The `n`th span of as many traces, whose ids are spread over all that there are.
fn spread_span(n: u64) -> Value {
    let spread = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    span(&format!("{:016x}{spread:016x}", n + 1), &format!("{:016x}", n + 1), "GET /cart")
}

#[tokio::test]
async fn with_more_than_may_come_traces_are_left_out_for_others_to_stand_for_them_and_agents_are_told() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let policy = Client::new().put(format!("{}/api/v1/admission", server.url));
    let policy = policy.json(&json!({ "max_events_per_second": 1000 })).send().await.expect("an answer");
    assert_eq!(policy.status(), StatusCode::OK);
    assert_eq!(told_to_agents(&server).await, json!({}));

    const BATCH: u64 = 2000;
    let mut sent = 0;
    eventually("a trace is left out", async || {
        let spans: Vec<Value> = (sent..sent + BATCH).map(spread_span).collect();
        let request = Client::new().post(format!("{}/v1/traces?key={}", server.otlp, server.key));
        let answer = request.json(&traces(&spans)).send().await.expect("an answer");
        // What is refused is no part of what the others stand for: its sender comes again.
        if answer.status() == StatusCode::OK {
            sent += BATCH;
            assert_eq!(answer.json::<Value>().await.expect("JSON"), json!({}), "nothing that its sender could mend");
        }
        (server.outcome("sampled").await > 0).then_some(())
    })
    .await;
    assert_eq!(server.outcome("accepted").await + server.outcome("sampled").await, sent);
    let usage = server.ask("/usage").await;
    let traces = usage["signals"].as_array().expect("a list").iter().find(|signal| signal["signal"] == "traces");
    let stands_for = traces.expect("it")["stands_for"].as_f64().expect("a number");
    assert!((stands_for / sent as f64 - 1.0).abs() < 0.25, "{stands_for} for {sent}");
    let rate = told_to_agents(&server).await["sampleRateMax"].as_f64().expect("a share");
    assert!(rate < 1.0, "{rate}");
}

/// A view and its click on a route, of a session whose id begins with this number and ends with this draw.
fn view_and_click(number: u64, drawn: u64, route: &str) -> [Value; 2] {
    let session = format!("{number:018x}{drawn:014x}");
    let record = |name: &str, id: u64| {
        let mut record = log(now_nano(), "");
        record["eventName"] = json!(name);
        record["attributes"] = json!([
            attribute("session.id", &session),
            attribute("limen.view.id", &format!("{number:016x}")),
            attribute("limen.view.name", route),
            { "key": "limen.event.id", "value": { "intValue": id.to_string() } },
        ]);
        record
    };
    [record("limen.view", number * 2), record("browser.user_action.click", number * 2 + 1)]
}

#[tokio::test]
async fn rules_hold_from_the_next_request_on_and_figures_stay_what_they_were() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let rules = json!({
        "rules": [{ "route": "/help", "rate": 0.25 }], "high_value": [{ "route": "/checkout" }], "rate_max": 0.5
    });
    assert_eq!(set(&server, &rules.to_string(), "application/json").await.0, StatusCode::OK);
    assert_eq!(told_to_agents(&server).await, json!({ "sampleRateMax": 0.5, "promoteOn": ["/checkout"] }));
    let spread = |n: u64| (n * 2 + 1) << 49;
    let routes = ["/", "/help/faq", "/checkout"];
    // 64 sessions on each route, whose draws are spread evenly over all that there are.
    let records: Vec<Value> =
        (0..192_u64).flat_map(|n| view_and_click(n + 1, spread(n % 64), routes[(n / 64) as usize])).collect();
    let request = Client::new().post(format!("{}/v1/logs?key={}", server.otlp, server.key));
    let answer = request.json(&logs(&records)).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(server.outcome("sampled").await, 2 * (32 + 48));
    let rows = server.ask("/breakdown?dimension=route").await["rows"].clone();
    let figures = |route: &str| {
        let row = rows.as_array().expect("rows").iter().find(|row| row["value"] == route).expect("the route");
        (row["views"].as_f64().expect("a number").round(), row["sessions"].as_f64().expect("a number").round())
    };
    assert_eq!(routes.map(figures), [(64.0, 64.0); 3]);
    let usage = server.ask("/usage").await;
    assert_eq!(usage["saved"]["events"].as_f64().map(f64::round), Some(160.0), "{usage}");
}

#[tokio::test]
async fn spans_count_for_as_many_as_the_tracestate_of_their_sdk_says() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let spans: Vec<Value> = [Some("ot=th:c;rv:fe123456789abc"), Some("vendor=1"), None]
        .into_iter()
        .zip(1..)
        .map(|(state, n)| {
            let mut span = spread_span(n);
            span["traceState"] = json!(state);
            span
        })
        .collect();
    let request = Client::new().post(format!("{}/v1/traces?key={}", server.otlp, server.key));
    assert_eq!(request.json(&traces(&spans)).send().await.expect("an answer").status(), StatusCode::OK);
    let usage = server.ask("/usage").await;
    let traces = usage["signals"].as_array().expect("a list").iter().find(|signal| signal["signal"] == "traces");
    let traces = traces.expect("it");
    assert_eq!((traces["events"].as_u64(), traces["stands_for"].as_f64()), (Some(3), Some(6.0)), "{usage}");
}
