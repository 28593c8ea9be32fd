//! Rules for routes and secrets: tried on what came in, set while the server runs, and kept over restarts.

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::records::{attribute, now_nano};
use crate::serving::Serving;

async fn send(server: &Serving, method: Method, path: &str, body: &Value) -> (StatusCode, Value) {
    let request = Client::new().request(method, format!("{}/api/v1/{path}", server.url));
    let response = request.json(body).send().await.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

/// A view of each address, as an agent reports it.
async fn look_at(server: &Serving, urls: &[&str]) {
    let view = |(number, url): (usize, &&str)| {
        json!({ "eventName": "limen.view", "timeUnixNano": now_nano().to_string(), "attributes": [
            attribute("session.id", "8f14e45fceea167a5a36dedd4bea2543"),
            attribute("limen.view.id", &format!("{:016x}", now_nano() + number as u64)),
            attribute("browser.document.url.full", url),
            attribute("note", "order ORD-123456"),
        ] })
    };
    let records: Vec<Value> = urls.iter().enumerate().map(view).collect();
    let body = json!({ "resourceLogs": [{ "scopeLogs": [{ "logRecords": records }] }] });
    let request = Client::new().post(format!("{}/v1/rum?key={}", server.url, server.key));
    assert_eq!(request.body(body.to_string()).send().await.expect("an answer").status(), 200);
}

async fn routes(server: &Serving) -> Vec<(String, f64)> {
    let answer = server.ask("/breakdown?dimension=route").await;
    let row =
        |row: &Value| (row["value"].as_str().expect("a text").to_owned(), row["views"].as_f64().expect("a number"));
    let mut rows: Vec<_> = answer["rows"].as_array().expect("rows").iter().map(row).collect();
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    rows
}

#[tokio::test]
async fn rules_are_tried_on_what_came_in_and_hold_for_what_comes_then() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    look_at(&server, &["https://a.example/blog/why?x=1", "https://a.example/blog/how", "https://a.example/cart"]).await;
    assert_eq!(routes(&server).await.len(), 3);

    let wanted = json!({ "rules": [{ "pattern": "/blog/*", "template": "/blog/:slug" }], "routes_a_day": null });
    let (status, preview) = send(&server, Method::POST, "route-rules/preview", &wanted).await;
    assert_eq!(status, StatusCode::OK, "{preview}");
    assert_eq!((&preview["routes_before"], &preview["routes_after"]), (&json!(3), &json!(2)), "{preview}");
    assert_eq!((&preview["rules"][0]["views"], &preview["rules"][0]["urls"]), (&json!(2.0), &json!(2)));
    assert_eq!(preview["changes"].as_array().expect("changes").len(), 2);
    assert_eq!(server.ask("/route-rules").await["rules"], json!([]), "a preview sets nothing");

    assert_eq!(send(&server, Method::PUT, "route-rules", &wanted).await, (StatusCode::OK, wanted.clone()));
    look_at(&server, &["https://a.example/blog/when", "https://a.example/blog/where"]).await;
    assert!(routes(&server).await.contains(&("/blog/:slug".to_owned(), 2.0)));
    server.stop();

    let server = Serving::start(data.path());
    assert_eq!(server.ask("/route-rules").await, wanted);
    look_at(&server, &["https://a.example/blog/who"]).await;
    assert!(routes(&server).await.contains(&("/blog/:slug".to_owned(), 3.0)));
    let wrong = json!({ "rules": [{ "pattern": "blog", "template": "x" }] });
    let (status, answer) = send(&server, Method::PUT, "route-rules", &wrong).await;
    assert_eq!((status, &answer["error"]["code"]), (StatusCode::BAD_REQUEST, &json!("bad_request")));
    assert_eq!(server.ask("/route-rules").await, wanted);
}

#[tokio::test]
async fn rules_for_secrets_are_tried_on_a_text_before_they_are_set() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let rules = json!({ "rules": [{ "name": "order", "pattern": "ORD-\\d+" }] });
    let trial = json!({ "rules": rules, "text": "ORD-17 by jo@example.com" });
    let (status, preview) = send(&server, Method::POST, "redaction-rules/preview", &trial).await;
    assert_eq!(status, StatusCode::OK, "{preview}");
    assert_eq!(preview["text"], "[redacted:order] by [redacted:email]");
    let found: Vec<_> = preview["found"].as_array().expect("a list").iter().map(|one| &one["count"]).collect();
    assert_eq!(found, [&json!(1), &json!(1)]);
    assert_eq!(server.ask("/redaction-rules").await["rules"], json!([]), "a preview sets nothing");

    let wrong = json!({ "rules": { "rules": [{ "name": "order", "pattern": "(" }] }, "text": "" });
    let (status, answer) = send(&server, Method::POST, "redaction-rules/preview", &wrong).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(answer["error"]["message"].as_str().is_some_and(|told| told.contains("order")), "{answer}");
}

#[tokio::test]
async fn too_many_routes_are_put_under_other_and_told() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let (status, _) = send(&server, Method::PUT, "route-rules", &json!({ "rules": [], "routes_a_day": 2 })).await;
    assert_eq!(status, StatusCode::OK);
    look_at(&server, &["/a", "/b", "/c", "/d", "/a"]).await;
    let expected = [("/a", 2.0), ("/b", 1.0), ("other", 2.0)].map(|(route, views)| (route.to_owned(), views));
    assert_eq!(routes(&server).await, expected);
    assert_eq!(server.ask("/outcomes").await["routes_over_limit"], json!([{ "app": "shop", "count": 2 }]));
}

#[tokio::test]
async fn what_one_application_holds_secret_is_not_kept() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let wanted = json!({ "rules": [{ "name": "order", "pattern": "ORD-\\d{6}" }] });
    assert_eq!(send(&server, Method::PUT, "redaction-rules", &wanted).await, (StatusCode::OK, wanted.clone()));
    look_at(&server, &["/a/ORD-654321"]).await;
    let counts = server.ask("/outcomes").await["redactions"].clone();
    assert_eq!((&counts[0]["secret"], &counts[0]["count"]), (&json!("own"), &json!(2)), "{counts}");
    let wrong = json!({ "rules": [{ "name": "order", "pattern": "(?=x)" }] });
    let (status, answer) = send(&server, Method::PUT, "redaction-rules", &wrong).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(answer["error"]["message"].as_str().expect("a message").contains("`order`"), "{answer}");
    assert_eq!(server.ask("/redaction-rules").await, wanted);
}
