//! Who may send, how fast and how much: set while the server runs, kept over restarts, told to whoever is refused.

use futures_util::future::join_all;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use crate::records::{attribute, log, logs, now_nano};
use crate::serving::{Serving, command};

async fn set(server: &Serving, policy: Value) {
    let request = Client::new().put(format!("{}/api/v1/admission", server.url)).json(&policy);
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK, "{}", response.text().await.expect("text"));
}

/// Sends one log, from a page when there is an origin.
async fn send(server: &Serving, door: &str, headers: &[(&str, &str)]) -> Response {
    let base = if door == "/v1/rum" { &server.url } else { &server.otlp };
    let mut request = Client::new().post(format!("{base}{door}?key={}", server.key));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let kind = if door == "/v1/rum" { "text/plain" } else { "application/json" };
    let body = logs(&[log(now_nano(), "one")]).to_string();
    request.header("content-type", kind).body(body).send().await.expect("an answer")
}

/// Sends more at once than a bucket of one a second holds, and shows one that was refused.
async fn send_too_many(server: &Serving, headers: &[(&str, &str)]) -> Response {
    let answers = join_all((0..40).map(|_| send(server, "/v1/logs", headers))).await;
    assert!(answers.iter().any(|answer| answer.status() == StatusCode::OK));
    answers.into_iter().find(|answer| answer.status() != StatusCode::OK).expect("not all of them come in")
}

fn retry_after(response: &Response) -> u64 {
    response.headers()["retry-after"].to_str().expect("text").parse().expect("seconds")
}

#[tokio::test]
async fn a_page_that_is_not_on_the_list_is_refused_and_its_console_may_read_why() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    assert_eq!(send(&server, "/v1/rum", &[("origin", "https://anywhere.example")]).await.status(), StatusCode::OK);
    set(&server, json!({ "origins": ["https://shop.example", "https://*.shop.example"] })).await;
    for (door, origin, status) in [
        ("/v1/rum", Some("https://shop.example"), 200),
        ("/v1/rum", Some("https://www.shop.example"), 200),
        ("/v1/rum", Some("https://evil.example"), 403),
        ("/v1/rum", None, 403),
        ("/v1/logs", None, 200),
        ("/v1/logs", Some("https://evil.example"), 403),
    ] {
        let headers: Vec<_> = origin.iter().map(|origin| ("origin", *origin)).collect();
        let response = send(&server, door, &headers).await;
        assert_eq!(response.status().as_u16(), status, "{door} {origin:?}");
        if let Some(origin) = origin {
            assert_eq!(response.headers()["access-control-allow-origin"], *origin);
        }
        if status == 403 {
            let told: Value = response.json().await.expect("JSON");
            assert!(told["message"].as_str().expect("why").contains("/api/v1/admission"), "{told}");
        }
    }
    assert_eq!(server.outcome("origin_refused").await, 3);
}

#[tokio::test]
async fn addresses_behind_a_trusted_proxy_have_a_pace_each_and_a_network_of_ipv6_has_one() {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = command(data.path());
    command.args(["--trusted-proxies", "127.0.0.1"]);
    let server = Serving::from(command);
    set(&server, json!({ "address_requests_per_second": 1 })).await;
    // What a client itself wrote there does not help it, in one header or in two.
    for claims in [
        &[("x-forwarded-for", "2001:db8:0:1::7")][..],
        &[("x-forwarded-for", "203.0.113.9, 2001:db8:0:2::7")],
        &[("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "2001:db8:0:3:f::9")],
    ] {
        let refused = send_too_many(&server, claims).await;
        assert_eq!((refused.status().as_u16(), retry_after(&refused)), (429, 1));
    }
    assert_eq!(send(&server, "/v1/logs", &[("x-forwarded-for", "203.0.113.9")]).await.status(), StatusCode::OK);
    assert!(server.outcome("address_rate_limited").await >= 3);
}

#[tokio::test]
async fn a_key_and_an_application_have_their_pace() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    set(&server, json!({ "key_requests_per_second": 1 })).await;
    let refused = send_too_many(&server, &[]).await;
    assert_eq!((refused.status().as_u16(), retry_after(&refused)), (429, 1));
    assert!(server.outcome("key_rate_limited").await >= 1);

    set(&server, json!({ "max_events_per_second": 1 })).await;
    let many: Vec<Value> = (0..100).map(|n| log(now_nano(), &format!("number {n}"))).collect();
    let request = Client::new().post(format!("{}/v1/logs?key={}", server.otlp, server.key));
    let request = request.header("content-type", "application/json").body(logs(&many).to_string());
    assert_eq!(request.send().await.expect("an answer").status(), StatusCode::OK);
    let refused = send(&server, "/v1/logs", &[]).await;
    assert_eq!(refused.status().as_u16(), 429);
    assert!((60..=91).contains(&retry_after(&refused)), "the batch before was 90 s too large: {refused:?}");
    assert_eq!(server.outcome("event_rate_limited").await, 1);
}

#[tokio::test]
async fn a_session_that_sends_too_fast_loses_only_what_is_too_much() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    set(&server, json!({ "session_events_per_second": 1 })).await;
    let of = |session: &str, n: usize| {
        let mut record = log(now_nano(), &format!("number {n}"));
        record["attributes"] = json!([attribute("session.id", session)]);
        record
    };
    let records: Vec<Value> = (0..60).map(|n| of("fast", n)).chain([of("slow", 0)]).collect();
    let request = Client::new().post(format!("{}/v1/logs?key={}", server.otlp, server.key));
    let request = request.header("content-type", "application/json").body(logs(&records).to_string());
    let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
    let dropped: u64 = answer["partialSuccess"]["rejectedLogRecords"].as_str().expect("a count").parse().expect("one");
    assert!((40..=50).contains(&dropped), "60 of which 10 and a few come in: {answer}");
    assert_eq!(server.outcome("session_rate_limited").await, dropped);
    assert_eq!(server.outcome("accepted").await, 61 - dropped);
}

#[tokio::test]
async fn the_quota_of_a_day_is_remembered_over_a_restart() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    set(&server, json!({ "daily_events_max": 2 })).await;
    for _ in 0..2 {
        assert_eq!(send(&server, "/v1/logs", &[]).await.status(), StatusCode::OK);
    }
    refused_until_midnight(&server).await;
    server.stop();
    let again = Serving::start(data.path());
    refused_until_midnight(&again).await;
    set(&again, json!({ "daily_events_max": 3 })).await;
    assert_eq!(send(&again, "/v1/logs", &[]).await.status(), StatusCode::OK);
}

async fn refused_until_midnight(server: &Serving) {
    let refused = send(server, "/v1/logs", &[]).await;
    assert_eq!(refused.status().as_u16(), 429);
    assert!((1..=86_400).contains(&retry_after(&refused)));
    assert_eq!(server.outcome("quota_exceeded").await, 1);
}
