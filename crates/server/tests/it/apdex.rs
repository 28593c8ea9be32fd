//! The target of Apdex is set while the server runs, and questions about Apdex go by it.

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::serving::Serving;

async fn set(server: &Serving, target: &Value) -> (StatusCode, Value) {
    let request = Client::new().put(format!("{}/api/v1/apdex/target", server.url)).json(target);
    let response = request.send().await.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

#[tokio::test]
async fn questions_go_by_the_target_that_is_set_unless_they_name_one() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let asked = async |question: &str| server.ask(&format!("/apdex{question}")).await["target_ms"].clone();
    assert_eq!((server.ask("/apdex/target").await, asked("").await), (json!({ "target_ms": 2500.0 }), json!(2500.0)));
    assert_eq!(set(&server, &json!({ "target_ms": 900.0 })).await, (StatusCode::OK, json!({ "target_ms": 900.0 })));
    assert_eq!((asked("").await, asked("?target_ms=1200").await), (json!(900.0), json!(1200.0)));
    let answer = server.ask("/apdex").await;
    assert_eq!((&answer["n"], &answer["score"], &answer["interval"]), (&json!(0), &Value::Null, &Value::Null));

    let (status, refused) = set(&server, &json!({ "target_ms": 0 })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(refused["error"]["message"].as_str().expect("why").contains("from 50 to 60000 milliseconds"), "{refused}");
    let refused = reqwest::get(format!("{}/api/v1/apdex?target_ms=nan", server.url)).await.expect("an answer");
    assert_eq!((refused.status(), asked("").await), (StatusCode::BAD_REQUEST, json!(900.0)));
    server.stop();
    let server = Serving::start(data.path());
    assert_eq!(server.ask("/apdex/target").await, json!({ "target_ms": 900.0 }));
}
