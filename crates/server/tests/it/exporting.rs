//! What there is of a person is sent out row by row, until an erasure has taken it away.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::erasing::{ANNA, BERT, Visit, asked, hurry, now, reached, store};
use crate::serving::{Serving, eventually};

async fn export(server: &Serving, query: &[(&str, &str)]) -> (StatusCode, String) {
    let url = reqwest::Url::parse_with_params(&format!("{}/api/v1/export", server.url), query).expect("a URL");
    let response = reqwest::get(url).await.expect("an answer");
    (response.status(), response.text().await.expect("text"))
}

async fn rows(server: &Serving, query: &[(&str, &str)]) -> Vec<Value> {
    let (status, text) = export(server, query).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn tables(rows: &[Value]) -> Vec<&str> {
    rows.iter().filter_map(|row| row["table"].as_str()).collect()
}

#[tokio::test]
async fn a_person_is_exported_whole_then_erased_and_then_there_is_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    hurry(&store(data.path())).await;
    now(ANNA).send(&server).await;
    now(BERT).send(&server).await;
    let found = rows(&server, &[("app", "shop"), ("user_id", ANNA.user)]).await;
    assert_eq!(tables(&found), ["views", "events", "spans", "logs"]);
    assert_eq!((&found[0]["user.id"], &found[0]["session.id"]), (&json!(ANNA.user), &json!(ANNA.session)));
    assert_eq!((&found[2]["trace_id"], &found[2]["service.name"]), (&json!("a1".repeat(16)), &json!("cart")));
    assert_eq!((&found[0]["trace_id"], &found[3]["body"]), (&Value::Null, &json!("order placed")));
    assert_eq!(found[3]["attributes"], json!({ "user.id": ANNA.user }));
    assert!(found[0]["start"].as_str().is_some_and(|time| time.ends_with('Z')), "{}", found[0]);
    assert_eq!(tables(&rows(&server, &[("session_id", ANNA.session)]).await), ["views", "events", "spans"]);

    let id = asked(&server, &json!({ "user_id": ANNA.user, "reason": "test" })).await;
    reached(&server, &id, "done").await;
    assert_eq!(export(&server, &[("user_id", ANNA.user)]).await, (StatusCode::OK, String::new()));
    assert_eq!(rows(&server, &[("user_id", BERT.user)]).await.len(), 4);
    let audit = server.ask("/audit").await;
    let exports = audit["entries"].as_array().expect("a list").iter().filter(|entry| entry["action"] == "export");
    assert_eq!(exports.count(), 4);
    assert!(!audit.to_string().contains(ANNA.user) && !audit.to_string().contains(ANNA.session));
    server.stop();
}

#[tokio::test]
async fn an_id_is_only_ever_an_id_and_none_too_long_is_taken() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    now(BERT).send(&server).await;
    let ids = ["' OR 1 = 1 --", "\\' OR '' = '", "{id:String}", "%", "ＡＮＮＡ\u{202e}🦀", "a\tb\nc", "&app=blog#"];
    for (n, id) in ids.into_iter().enumerate() {
        assert_eq!(rows(&server, &[("user_id", id)]).await, Vec::<Value>::new(), "{id:?}");
        Visit { user: id, session: &format!("s-{n}"), ..now(ANNA) }.send(&server).await;
        let found = rows(&server, &[("user_id", id)]).await;
        assert_eq!(found[0]["user.id"], id);
        assert!(found.iter().all(|row| row["user.id"] != BERT.user));
    }
    let long = "x".repeat(10_000);
    for (query, word) in [
        (vec![("user_id", long.as_str())], "10000 bytes"),
        (vec![("device_id", "")], "exactly one"),
        (vec![], "exactly one"),
        (vec![("user_id", "a"), ("session_id", "b")], "exactly one"),
    ] {
        let (status, told) = export(&server, &query).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(told.contains(word), "{told}");
    }
    server.stop();
}

#[tokio::test]
async fn a_large_export_is_held_in_no_memory_and_ends_when_nobody_wants_it() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let store = store(data.path());
    let sql = "INSERT INTO events (app, session_id, event_id, time, name, body, weight) \
               SELECT 'shop', 'large', number, now64(9), 'e', repeat('x', 2000), 1 FROM numbers(80000)";
    store.client().query(sql).execute().await.expect("inserted");
    let url = format!("{}/api/v1/export?session_id=large", server.url);
    let mut response = reqwest::get(&url).await.expect("an answer");
    let first = response.chunk().await.expect("a piece").expect("not the end");
    assert!(first.starts_with(b"{\"table\":\"events\""));
    let running = async || {
        let sql = "SELECT count() FROM system.processes WHERE query LIKE 'SELECT \\'events\\'%'";
        store.client().query(sql).fetch_one::<u64>().await.expect("counted")
    };
    assert_eq!(running().await, 1);
    let busy = reqwest::get(&url).await.expect("an answer");
    assert_eq!((busy.status(), busy.headers().contains_key("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, true));
    drop(response);
    eventually("the query has ended", async || (running().await == 0).then_some(())).await;

    let before = server.memory_peak_bytes();
    let mut bytes = first.len() as u64;
    let mut whole = eventually("the other export has made room", async || {
        let response = reqwest::get(&url).await.expect("an answer");
        response.status().is_success().then_some(response)
    })
    .await;
    while let Some(piece) = whole.chunk().await.expect("a piece") {
        bytes += piece.len() as u64;
    }
    assert!(bytes > 160_000_000, "{bytes}");
    let grown = server.memory_peak_bytes() - before;
    assert!(grown < 32 * 1024 * 1024, "{grown} bytes for {bytes}");
    server.stop();
}
