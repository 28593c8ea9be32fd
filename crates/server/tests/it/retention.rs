//! Old data goes with the daily round, as previewed; what is to be kept longer stays, and the sums of what is gone too.

use limen_store::Store;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::erasing::store;
use crate::serving::{Serving, eventually};

async fn ask(server: &Serving, method: Method, path: &str, body: &Value) -> (StatusCode, Value) {
    let request = Client::new().request(method, format!("{}/api/v1/retention{path}", server.url));
    let response = request.json(body).send().await.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

/// A view a day at noon, the newest today.
async fn plant(store: &Store) {
    let sql = "INSERT INTO views (app, received, session_id, view_id, version, start, route, weight) \
               SELECT 'shop', start, toString(number), toString(number), 1, \
                   toStartOfDay(now('UTC')) + INTERVAL 1 MINUTE - INTERVAL number DAY AS start, if(number = 39, '/checkout', '/'), 1 \
               FROM numbers(100)";
    store.client().query(sql).execute().await.expect("inserted");
}

async fn ages(store: &Store) -> Vec<u64> {
    let sql = "SELECT toUInt64(session_id) AS age FROM views FINAL ORDER BY age DESC LIMIT 2";
    store.client().query(sql).fetch_all().await.expect("listed")
}

/// As if the last round had been a day ago.
async fn a_day_later(data: &std::path::Path) {
    let sql = "UPDATE rounds SET ran = ran - 90000";
    let done = sqlx::query(sql).execute(&mut metadata(data).await).await.expect("written");
    assert_eq!(done.rows_affected(), 1);
}

async fn metadata(data: &std::path::Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(data.join("metadata.sqlite"));
    options.connect().await.expect("opened")
}

#[tokio::test]
async fn what_is_old_goes_once_a_day_as_it_was_previewed() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    assert_eq!(server.ask("/retention").await["views_days"], 30);
    let client = store(data.path());
    // It must not see what comes now.
    eventually("the first round is through", async || {
        let sql = "SELECT count(*) FROM rounds";
        let rounds: i64 = sqlx::query_scalar(sql).fetch_one(&mut metadata(data.path()).await).await.expect("counted");
        (rounds > 0).then_some(())
    })
    .await;
    plant(&client).await;
    let wanted = json!({ "views_days": 20, "longer": [{ "route": "/checkout", "days": 60 }] });
    let (status, preview) = ask(&server, Method::POST, "/preview", &wanted).await;
    assert_eq!(
        (status, &preview["tables"][4]["table"], &preview["tables"][4]["rows"]),
        (StatusCode::OK, &json!("views"), &json!(78))
    );
    let (status, told) = ask(&server, Method::PUT, "", &json!({ "views_days": 0 })).await;
    assert_eq!((status, told["error"]["code"].as_str()), (StatusCode::BAD_REQUEST, Some("bad_request")));
    assert_eq!(ask(&server, Method::PUT, "", &wanted).await.0, StatusCode::OK);
    assert_eq!(ages(&client).await, [99, 98], "not before the next round");
    server.stop();

    a_day_later(data.path()).await;
    let server = Serving::start(data.path());
    let client = store(data.path());
    eventually("old views are gone", async || (ages(&client).await == [39, 20]).then_some(())).await;
    let audit = eventually("it is noted", async || {
        let audit = server.ask("/audit").await.to_string();
        audit.contains("old rows dropped").then_some(audit)
    })
    .await;
    assert!(audit.contains("old months dropped") && audit.contains("views of 20"), "{audit}");
    server.stop();
}
