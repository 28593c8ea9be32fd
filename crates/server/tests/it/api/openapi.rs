//! `/api/v1/openapi.json`: the contract is a reviewed file.

use std::path::Path;

use axum::http::StatusCode;

use super::{api, get};

#[test]
fn the_document_is_the_reviewed_one() {
    let current = api().1.to_pretty_json().expect("the document serialises") + "\n";
    let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots/openapi.json");
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(&snapshot, &current).expect("the snapshot can be written");
    }
    let reviewed = std::fs::read_to_string(&snapshot).unwrap_or_default();
    // No `assert_eq`: two documents of thousands of lines help nobody; `git diff` shows what has changed.
    assert!(reviewed == current, "the API differs from {}: run `cargo xtask generate`", snapshot.display());
}

#[tokio::test]
async fn every_path_of_the_document_is_answered_in_json() {
    let served = get("/api/v1/openapi.json").await;
    assert_eq!(served.status, StatusCode::OK);
    let document = served.body;
    let paths = document["paths"].as_object().expect("paths");
    assert!(paths.len() > 25, "{} paths", paths.len());
    for path in paths.keys() {
        let answer = get(&path.replace("{trace_id}", &"a1".repeat(16)).replace("{id}", "s")).await;
        assert!(answer.body.is_object(), "{path}");
        assert_ne!(answer.body["error"]["code"], "no_such_path", "{path}");
        assert_eq!(answer.headers["content-type"], "application/json", "{path}");
    }
}

#[tokio::test]
async fn every_field_of_every_answer_is_promised() {
    let document = get("/api/v1/openapi.json").await.body;
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        let Some(properties) = schema["properties"].as_object() else { continue };
        let required = schema["required"].as_array().map_or(0, Vec::len);
        assert_eq!(required, properties.len(), "{name}");
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let document = get("/api/v1/openapi.json").await.body;
    let text = document.to_string();
    let named: Vec<&str> =
        text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(named.len() > 50);
    for name in named {
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}

#[test]
fn the_router_leaves_every_other_path_to_whoever_it_is_merged_with() {
    let (router, _) = api();
    let _ = router.merge(axum::Router::new().fallback(|| async { "the UI" }));
}
