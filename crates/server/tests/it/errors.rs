//! The inbox of errors: groups that outlive a release, what people decide about them, rules that hold for what came before.

use std::time::Duration;

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::records::{attribute, now_nano};
use crate::serving::{Serving, eventually_within};

/// Rounds of grouping and of looking whether groups came back, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

async fn send(server: &Serving, method: Method, path: &str, body: &Value) -> (StatusCode, Value) {
    let request = Client::new().request(method, format!("{}/api/v1/{path}", server.url));
    let response = request.json(body).send().await.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

/// An error as an agent reports it, in a session of its own.
pub async fn throw(server: &Serving, release: &str, kind: &str, message: &str, stack: &str) {
    let now = now_nano();
    let record = json!({ "eventName": "exception", "timeUnixNano": now.to_string(), "attributes": [
        attribute("session.id", &format!("{now:032x}")),
        attribute("limen.view.id", &format!("{now:016x}")),
        attribute("browser.document.url.full", "https://shop.example/cart"),
        attribute("exception.type", kind),
        attribute("exception.message", message),
        attribute("exception.stacktrace", stack),
    ] });
    let resource =
        json!({ "attributes": [attribute("service.name", "shop-web"), attribute("service.version", release)] });
    let body = json!({ "resourceLogs": [{ "resource": resource, "scopeLogs": [{ "logRecords": [record] }] }] });
    let request = Client::new().post(format!("{}/v1/rum?key={}", server.url, server.key));
    assert_eq!(request.body(body.to_string()).send().await.expect("an answer").status(), 200);
}

fn declined(build: &str, line: u32) -> String {
    format!(
        "TypeError: declined\n    at payWithCard (https://shop.example/assets/index-{build}.js:{line}:9)\n    at t (https://shop.example/assets/index-{build}.js:1:2)"
    )
}

/// The groups once so many errors are in groups.
async fn groups(server: &Serving, query: &str, errors: f64) -> Vec<Value> {
    eventually_within(PATIENCE, "the errors are grouped", async || {
        let answer = server.ask(&format!("/errors{query}")).await;
        let groups = answer["groups"].as_array().expect("groups").clone();
        let sum: f64 = groups.iter().map(|group| group["errors"].as_f64().expect("a number")).sum();
        (sum == errors && answer["ungrouped"] == json!(0.0)).then_some(groups)
    })
    .await
}

#[tokio::test]
async fn a_group_outlives_a_release_is_resolved_and_regresses() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    throw(&server, "1", "TypeError", "declined", &declined("BxY1z_2A", 7)).await;
    let first = groups(&server, "", 1.0).await;
    let id = first[0]["id"].as_str().expect("an id").to_owned();
    assert_eq!((&first[0]["state"]["status"], &first[0]["first_release"]), (&json!("open"), &json!("1")));

    let change = json!({ "ids": [id], "status": "resolved", "resolved_in": "2", "assignee": "ann" });
    let (status, answer) = send(&server, Method::PATCH, "errors", &change).await;
    assert_eq!((status, &answer["states"][&id]["status"]), (StatusCode::OK, &json!("resolved")), "{answer}");
    assert!(groups(&server, "", 0.0).await.is_empty());
    assert_eq!(groups(&server, "?state=resolved", 1.0).await.len(), 1);

    // The old release goes on to throw it, which is no regression; the new one is.
    throw(&server, "1", "TypeError", "declined", &declined("BxY1z_2A", 7)).await;
    throw(&server, "2", "TypeError", "card declined", &declined("Qw3rTy9u", 9)).await;
    let back = groups(&server, "?state=regressed", 3.0).await;
    assert_eq!((&back[0]["id"], &back[0]["state"]["regressed_in"]), (&json!(id), &json!("2")));
    assert_eq!(back[0]["state"]["assignee"], "ann");
    let one = server.ask(&format!("/errors/{id}")).await;
    assert_eq!(one["occurrences"].as_array().expect("a list").len(), 3);
    assert_eq!(one["shown"]["parts"][0]["frames"][0]["function"], "payWithCard");
    assert_eq!(one["shown"]["unresolved"], json!(["nothing_uploaded"]));
    let audit = server.ask("/audit").await.to_string();
    assert!(audit.contains("group of errors set to resolved"), "{audit}");
}

#[tokio::test]
async fn rules_are_tried_and_then_hold_for_what_came_before() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    throw(&server, "1", "ChunkLoadError", "Loading chunk a failed", &declined("BxY1z_2A", 7)).await;
    throw(&server, "1", "ChunkLoadError", "Loading chunk b failed", "").await;
    throw(&server, "1", "Error", "ResizeObserver loop completed", "").await;
    throw(&server, "1", "Error", "Script error.", "").await;
    throw(&server, "1", "Error", "x", "Error: x\n    at f (chrome-extension://abcdef/content.js:1:1)").await;
    assert_eq!(groups(&server, "", 3.0).await.len(), 3, "neither the opaque one nor the extension's");
    assert_eq!(groups(&server, "?class=opaque", 1.0).await.len(), 1);
    assert_eq!(groups(&server, "?class=extension", 1.0).await.len(), 1);

    let rules = json!({ "rules": [
        { "type": "ChunkLoadError", "group": "chunks" },
        { "message": "ResizeObserver*", "noise": true },
    ] });
    let (status, preview) = send(&server, Method::POST, "error-rules/preview", &rules).await;
    assert_eq!(status, StatusCode::OK, "{preview}");
    assert_eq!((&preview["groups_before"], &preview["groups_after"]), (&json!(5), &json!(4)), "{preview}");
    assert_eq!((&preview["rules"][0]["stacks"], &preview["rules"][1]["stacks"]), (&json!(2), &json!(1)));
    assert_eq!(groups(&server, "", 3.0).await.len(), 3, "a preview sets nothing");

    assert_eq!(send(&server, Method::PUT, "error-rules", &rules).await.0, StatusCode::OK);
    assert_eq!(groups(&server, "", 2.0).await.len(), 1);
    assert_eq!(groups(&server, "?class=noise", 1.0).await.len(), 1);
}

#[tokio::test]
async fn what_is_no_change_of_a_group_is_refused() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    for wrong in [
        json!({ "ids": [], "status": "open" }),
        json!({ "ids": ["x y"], "status": "open" }),
        json!({ "ids": ["1"], "status": "regressed" }),
        json!({ "ids": ["1"], "status": "open", "until": { "time": 1 } }),
        json!({ "ids": ["1"], "status": "ignored", "until": { "errors": -1.0 } }),
        json!({ "ids": ["1"], "resolved_in": "2" }),
        json!({ "ids": ["1"], "assignee": "x".repeat(300) }),
        json!({ "ids": ["1"], "unknown": true }),
    ] {
        let (status, answer) = send(&server, Method::PATCH, "errors", &wrong).await;
        assert_eq!((status, &answer["error"]["code"]), (StatusCode::BAD_REQUEST, &json!("bad_request")), "{wrong}");
    }
    for path in ["errors?state=x", "errors?class=x", "errors?order=x", "errors?limit=0"] {
        assert_eq!(send(&server, Method::GET, path, &json!(null)).await.0, StatusCode::BAD_REQUEST, "{path}");
    }
    assert_eq!(send(&server, Method::GET, "errors/zz", &json!(null)).await.0, StatusCode::NOT_FOUND);
}
