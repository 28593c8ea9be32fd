//! What the server says about itself needs no engine.

use axum::http::StatusCode;
use serde_json::json;

use super::get;

#[tokio::test]
async fn the_applications_are_listed() {
    let answer = get("/api/v1/apps").await;
    assert_eq!(answer.status, StatusCode::OK);
    let shop = json!({"id": "shop", "name": "shop", "key": "key-shop", "created": "2026-01-01T00:00:00Z"});
    assert_eq!(answer.body["apps"][0], shop);
    assert_eq!(answer.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn the_status_is_told_while_the_engine_is_away() {
    let answer = get("/api/v1/status").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body["engine"], json!({"state": "down", "kind": "embedded", "detail": "no engine"}));
    assert_eq!(answer.body["first_event"], json!(null));
    assert_eq!(answer.body["local_only"], json!(true));
}

#[tokio::test]
async fn the_outcomes_are_counted() {
    let answer = get("/api/v1/outcomes").await;
    assert_eq!(answer.body["since"], "2026-01-01T00:00:00Z");
    assert_eq!(answer.body["outcomes"][0]["count"], 3);
    assert_eq!(answer.body["outcomes"][0]["app"], json!(null));
}
