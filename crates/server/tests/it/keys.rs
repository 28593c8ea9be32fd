//! Keys of an application: several at a time, of two kinds, changed while the server runs and without losing a record.

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::records::{log, logs, now_nano};
use crate::serving::Serving;

fn request(server: &Serving, method: Method, path: &str) -> RequestBuilder {
    Client::new().request(method, format!("{}/api/v1/keys{path}", server.url))
}

async fn answered(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

async fn make(server: &Serving, kind: &str, name: &str) -> Value {
    let (status, made) = answered(request(server, Method::POST, "").json(&json!({ "kind": kind, "name": name }))).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    made
}

async fn listed(server: &Serving) -> Vec<Value> {
    server.ask("/keys").await["keys"].as_array().expect("a list").clone()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

/// Sends one log with a key, from a page when there is an origin.
async fn send(server: &Serving, door: &str, key: &Value, origin: Option<&str>) -> (StatusCode, Value) {
    let base = if door == "/v1/rum" { &server.url } else { &server.otlp };
    let kind = if door == "/v1/rum" { "text/plain" } else { "application/json" };
    let mut request = Client::new().post(format!("{base}{door}")).header("limen-key", text(key));
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    answered(request.header("content-type", kind).body(logs(&[log(now_nano(), "one")]).to_string())).await
}

#[tokio::test]
async fn a_key_takes_the_place_of_another_and_each_counts_what_came_with_it() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let first = listed(&server).await[0].clone();
    assert_eq!((text(&first["shown"]), text(&first["state"])), (server.key.as_str(), "live"));
    let second = make(&server, "browser", "shop, from May on").await;
    for (key, times) in [(&first["shown"], 1), (&second["key"], 2)] {
        for _ in 0..times {
            assert_eq!(send(&server, "/v1/rum", key, Some("https://shop.example")).await.0, StatusCode::OK);
        }
    }
    let counted = |keys: &[Value]| keys.iter().map(|key| key["events"].as_u64().expect("one")).collect::<Vec<_>>();
    let keys = listed(&server).await;
    assert_eq!(counted(&keys), [1, 2]);
    assert!(keys.iter().all(|key| key["requests"] == key["events"] && key["bytes"].as_u64() > Some(50)), "{keys:?}");
    assert!(keys.iter().all(|key| key["last_used"].is_string()));

    // The old one is still taken while pages with it are open, but new pages are told the other.
    let path = format!("/{}", text(&first["id"]));
    let (status, ending) = answered(request(&server, Method::DELETE, &format!("{path}?grace_seconds=3600"))).await;
    assert_eq!((status, text(&ending["state"])), (StatusCode::OK, "ending"));
    assert_eq!(send(&server, "/v1/rum", &first["shown"], None).await.0, StatusCode::OK);
    assert_eq!(server.ask("/apps").await["apps"][0]["key"], second["key"]);
    server.stop();

    let server = Serving::start(data.path());
    assert_eq!((server.key.as_str(), counted(&listed(&server).await)), (text(&second["key"]), vec![2, 2]));
    assert_eq!(answered(request(&server, Method::DELETE, &format!("{path}?grace_seconds=0"))).await.0, StatusCode::OK);
    let (status, refused) = send(&server, "/v1/rum", &first["shown"], None).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(text(&refused["message"]).contains("/api/v1/keys"), "{refused}");
    assert_eq!((server.outcome("key_ended").await, text(&listed(&server).await[0]["state"])), (1, "ended"));
    assert_eq!(answered(request(&server, Method::DELETE, &path)).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_server_key_is_told_once_and_taken_from_no_page() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let made = make(&server, "server", "gateway").await;
    let secret = &made["key"];
    assert!(text(secret).starts_with("lks_"));
    assert_eq!(send(&server, "/v1/logs", secret, None).await.0, StatusCode::OK);
    for (door, origin) in [("/v1/rum", None), ("/v1/logs", Some("https://shop.example"))] {
        let (status, refused) = send(&server, door, secret, origin).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{door}");
        assert!(text(&refused["message"]).contains("browser key"), "{refused}");
    }
    assert_eq!(server.outcome("key_not_for_pages").await, 2);
    assert!(!server.ask("/keys").await.to_string().contains(text(secret)));
    server.stop();
    for entry in std::fs::read_dir(data.path()).expect("the folder").flatten() {
        let holds = |bytes: Vec<u8>| bytes.windows(text(secret).len()).any(|part| part == text(secret).as_bytes());
        assert!(!std::fs::read(entry.path()).is_ok_and(holds), "{:?} holds the secret", entry.path());
    }
    let server = Serving::start(data.path());
    assert_eq!(send(&server, "/v1/logs", secret, None).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_key_is_named_and_disabled_but_not_the_last_one_of_pages() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let first = listed(&server).await[0].clone();
    make(&server, "server", "gateway").await;
    let path = format!("/{}", text(&first["id"]));
    let change = async |body: Value| answered(request(&server, Method::PATCH, &path).json(&body)).await;
    for last in [change(json!({ "enabled": false })).await, answered(request(&server, Method::DELETE, &path)).await] {
        assert_eq!((last.0, text(&last.1["error"]["code"])), (StatusCode::CONFLICT, "last_browser_key"), "{}", last.1);
    }
    make(&server, "browser", "another").await;
    let (status, changed) = change(json!({ "enabled": false, "name": "old" })).await;
    assert_eq!((status, text(&changed["state"]), text(&changed["name"])), (StatusCode::OK, "disabled", "old"));
    assert_eq!(send(&server, "/v1/rum", &first["shown"], None).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(change(json!({ "enabled": true })).await.0, StatusCode::OK);
    assert_eq!(send(&server, "/v1/rum", &first["shown"], None).await.0, StatusCode::OK);

    let long = "x".repeat(200);
    for (body, word) in [
        (json!({ "kind": "mobile", "name": "a" }), "neither"),
        (json!({ "kind": "server", "name": " " }), "1 to 100"),
        (json!({ "kind": "server", "name": long }), "200 bytes"),
        (json!({ "kind": "server", "name": "a", "key": "mine" }), "unknown field"),
    ] {
        let (status, refused) = answered(request(&server, Method::POST, "").json(&body)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        assert!(text(&refused["error"]["message"]).contains(word), "{refused}");
    }
    let (status, _) = answered(request(&server, Method::DELETE, &format!("{path}?grace_seconds=-1"))).await;
    assert_eq!((status, listed(&server).await.len()), (StatusCode::BAD_REQUEST, 3));
    let audit = server.ask("/audit").await.to_string();
    assert!(audit.contains("ingest key disabled") && !audit.contains("lks_"), "{audit}");
}
