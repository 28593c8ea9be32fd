//! Dashboards of a real server: made, changed by two people, exported, imported, and kept over a restart.

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::serving::Serving;

async fn ask(server: &Serving, method: Method, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
    let mut request = Client::new().request(method, format!("{}/api/v1/dashboards{path}", server.url));
    if let Some(body) = body {
        request = request.json(body);
    }
    let response = request.send().await.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

#[tokio::test]
async fn a_dashboard_is_kept_and_nobody_undoes_the_work_of_another_unnoticed() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let sent = json!({ "name": "Shop", "panels": [
        { "kind": "vital", "width": 2, "metric": "lcp", "filters": ["route:/checkout"] },
        { "kind": "text", "width": 1, "text": "Call <b>Anna</b> first." },
    ] });
    let (status, made) = ask(&server, Method::POST, "", Some(&sent)).await;
    assert_eq!((status, &made["version"]), (StatusCode::CREATED, &json!(1)), "{made}");
    // What was left out is there, empty.
    let shop = made["dashboard"].clone();
    assert_eq!((&shop["panels"][0]["filters"], &shop["panels"][0]["by"]), (&json!(["route:/checkout"]), &json!("")));
    assert_eq!(shop["panels"][1]["text"], "Call <b>Anna</b> first.");
    let id = made["id"].as_str().expect("an id").to_owned();

    // Two people have read version 1.
    let renamed = json!({ "name": "Shop, night", "panels": shop["panels"] });
    let (status, changed) = ask(&server, Method::PUT, &format!("/{id}?version=1"), Some(&renamed)).await;
    assert_eq!((status, &changed["version"]), (StatusCode::OK, &json!(2)));
    let (status, refused) = ask(&server, Method::PUT, &format!("/{id}?version=1"), Some(&shop)).await;
    assert_eq!((status, &refused["error"]["code"]), (StatusCode::CONFLICT, &json!("changed_meanwhile")));

    // What one server says, another takes.
    let (status, copy) = ask(&server, Method::POST, "", Some(&changed["dashboard"])).await;
    assert_eq!((status, &copy["dashboard"]), (StatusCode::CREATED, &renamed));
    let bad = json!({ "name": "x", "panels": [{ "kind": "vital", "width": 1, "metric": "speed" }] });
    let (status, refused) = ask(&server, Method::POST, "", Some(&bad)).await;
    let reason = refused["error"]["message"].as_str().expect("why");
    assert!(status == StatusCode::BAD_REQUEST && reason.contains("panel 1: there is no metric `speed`"), "{refused}");

    server.stop();
    let server = Serving::start(data.path());
    let (_, listed) = ask(&server, Method::GET, "", None).await;
    assert_eq!(listed["dashboards"].as_array().expect("a list").len(), 2);
    let (status, deleted) = ask(&server, Method::DELETE, &format!("/{id}"), None).await;
    assert_eq!((status, &deleted["dashboard"]), (StatusCode::OK, &renamed));
    assert_eq!(ask(&server, Method::DELETE, &format!("/{id}"), None).await.0, StatusCode::NOT_FOUND);
}
