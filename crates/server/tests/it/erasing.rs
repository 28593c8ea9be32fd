//! A person is erased over the API: everywhere, for good, over any end of the process, and with a receipt.

use std::path::Path;

use limen_store::{Address, Store, Table};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::elsewhere::{Elsewhere, Gate};
use crate::records::{attribute, log, logs, now_nano, span, traces};
use crate::serving::{PATIENCE, Serving, eventually, eventually_within};

/// What a page and a service send of somebody in one session, as of `time`.
pub struct Visit<'v> {
    pub user: &'v str,
    pub session: &'v str,
    pub time: u64,
}

impl Visit<'_> {
    fn records(&self) -> (Value, Value) {
        let event = |name: &str, more: &[Value]| {
            let mut record = log(self.time, "");
            record["eventName"] = name.into();
            let mut attributes = vec![attribute("session.id", self.session), attribute("limen.view.id", self.session)];
            attributes.extend_from_slice(more);
            record["attributes"] = attributes.into();
            record
        };
        let user = attribute("user.id", self.user);
        let mut plain = log(self.time, "order placed");
        plain["attributes"] = json!([attribute("enduser.id", self.user)]);
        let records = [event("limen.view", &[user]), event("browser.user_action.click", &[]), plain];
        let mut browser = span(&"a1".repeat(16), &format!("{:016x}", self.session.len() + 7), "GET");
        browser["attributes"] = json!([attribute("session.id", self.session)]);
        (logs(&records), traces(&[browser]))
    }

    pub async fn send(&self, server: &Serving) {
        let (logs, traces) = self.records();
        for (path, body) in [("logs", logs), ("traces", traces)] {
            let request = Client::new().post(format!("{}/v1/{path}", server.otlp)).header("limen-key", &server.key);
            let response = request.json(&body).send().await.expect("an answer");
            assert_eq!(response.status(), StatusCode::OK, "{}", response.text().await.expect("text"));
        }
    }
}

pub const ANNA: Visit<'static> = Visit { user: "anna-4711", session: "session-of-anna", time: 0 };
pub const BERT: Visit<'static> = Visit { user: "bert", session: "session-of-bertram", time: 0 };

pub fn now(visit: Visit<'static>) -> Visit<'static> {
    Visit { time: now_nano(), ..visit }
}

async fn erase(server: &Serving, body: &Value) -> (StatusCode, Value) {
    let response = Client::new().post(format!("{}/api/v1/erasures", server.url)).json(body).send().await;
    let response = response.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

pub async fn asked(server: &Serving, body: &Value) -> String {
    let (status, job) = erase(server, body).await;
    assert_eq!((status, job["state"].as_str()), (StatusCode::ACCEPTED, Some("asked")), "{job}");
    job["id"].as_str().expect("an id").to_owned()
}

async fn state(server: &Serving, id: &str) -> Value {
    server.ask(&format!("/erasures/{id}")).await
}

pub async fn reached(server: &Serving, id: &str, wanted: &str) -> Value {
    // The engine looks for old files when it has nothing else to do, and then less and less often.
    eventually_within(5 * PATIENCE, wanted, async || {
        let job = state(server, id).await;
        (job["state"] == wanted).then_some(job)
    })
    .await
}

pub fn store(data: &Path) -> Store {
    let socket = data.canonicalize().expect("a folder").join("run").join("engine.sock");
    Store::open(&Address::Socket(socket)).expect("a client")
}

/// Old files go after a minute; no test needs to wait for that.
pub async fn hurry(store: &Store) {
    for table in
        Table::ALL.map(Table::name).into_iter().chain(["views_rollup", "rollup_runs", "rollup_marks", "error_stacks"])
    {
        let sql = format!("ALTER TABLE {table} MODIFY SETTING old_parts_lifetime = 0");
        limen_store::engine::execute(store.client(), &sql).await.expect("set");
    }
}

async fn rows(store: &Store) -> Vec<u64> {
    let app = limen_model::AppId::parse("shop").expect("valid");
    let mut counts = Vec::new();
    for table in Table::ALL {
        counts.push(limen_store::count_rows(store.client(), &app, table).await.expect("counted"));
    }
    counts
}

fn mentions(data: &Path, id: &str) -> bool {
    ["metadata.sqlite", "metadata.sqlite-wal", "spool.sqlite", "spool.sqlite-wal"].iter().any(|name| {
        let bytes = std::fs::read(data.join(name)).unwrap_or_default();
        bytes.windows(id.len()).any(|window| window == id.as_bytes())
    })
}

#[tokio::test]
async fn a_user_is_erased_stays_erased_and_leaves_a_receipt() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let store = store(data.path());
    hurry(&store).await;
    let (anna, bert) = (now(ANNA), now(BERT));
    anna.send(&server).await;
    bert.send(&server).await;
    assert_eq!(rows(&store).await, [2, 2, 0, 2, 2]);

    let id = asked(&server, &json!({ "user_id": ANNA.user, "reason": "asked by letter" })).await;
    let job = reached(&server, &id, "done").await;
    assert_eq!(rows(&store).await, [1, 1, 0, 1, 1]);
    let receipt = &job["receipt"];
    assert_eq!(receipt["rows"], json!({ "spans": 1, "logs": 1, "metrics": 0, "events": 1, "views": 1 }));
    assert_eq!((&receipt["sessions"], &receipt["hours"], &receipt["rows_left"]), (&json!(1), &json!(1), &json!(0)));
    assert!(receipt["proof"].as_str().is_some_and(|sql| sql.starts_with("SELECT")) && receipt["removed"].is_string());
    assert_eq!(receipt["spool_aside"], false);
    let audit = server.ask("/audit").await.to_string();
    assert!(audit.contains("erasure asked for") && audit.contains("erasure done") && audit.contains(&id), "{audit}");
    let listed = server.ask("/erasures").await;
    assert_eq!(listed["erasures"], json!([job]));
    for id in [ANNA.user, ANNA.session] {
        assert!(!listed.to_string().contains(id) && !audit.contains(id) && !mentions(data.path(), id), "{id}");
    }

    // What an offline queue brings later is kept out, over a restart too; who comes back is somebody new.
    anna.send(&server).await;
    server.stop();
    let server = Serving::start(data.path());
    let store = self::store(data.path());
    anna.send(&server).await;
    assert_eq!(rows(&store).await, [1, 1, 0, 1, 1]);
    assert_eq!(server.outcome("erased").await, 4);
    Visit { session: "another session of anna", ..now(ANNA) }.send(&server).await;
    assert_eq!(rows(&store).await, [2, 2, 0, 2, 2]);
    server.stop();
}

#[tokio::test]
async fn an_erasure_goes_on_after_the_server_was_killed_in_the_middle_of_it() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let client = store(data.path());
    hurry(&client).await;
    now(ANNA).send(&server).await;
    now(BERT).send(&server).await;
    // Events come behind spans and logs: those will be gone, and these and the views still there.
    limen_store::engine::execute(client.client(), "SYSTEM STOP MERGES events").await.expect("stopped");
    let id = asked(&server, &json!({ "session_id": ANNA.session, "reason": "test" })).await;
    eventually("the first tables are through", async || (rows(&client).await[0] == 1).then_some(())).await;
    assert_eq!(state(&server, &id).await["state"], "found");
    assert_eq!(rows(&client).await[3..], [2, 2]);
    server.kill();

    let server = Serving::start(data.path());
    let job = reached(&server, &id, "done").await;
    assert_eq!(job["receipt"]["rows"]["spans"], 1);
    assert_eq!(rows(&store(data.path())).await, [1, 2, 0, 1, 1]);
    assert!(!mentions(data.path(), ANNA.session));
    server.stop();
}

#[tokio::test]
async fn nobody_is_in_the_sums_who_was_erased() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    crate::sums::plant(data.path()).await;
    server.stop();
    let server = Serving::start(data.path());
    hurry(&store(data.path())).await;
    let midnight = time::OffsetDateTime::now_utc().replace_time(time::Time::MIDNIGHT);
    let text = |days: i64| {
        let time = midnight - time::Duration::days(days);
        time.format(&time::format_description::well_known::Rfc3339).expect("a time")
    };
    let question = format!("/traffic?from={}&to={}&source=sums", text(4), text(0));
    eventually("the first round is through", async || {
        let answer = server.ask(&question).await;
        (answer["source"]["kind"] == "sums" && answer["sessions"].as_f64() == Some(96.0)).then_some(())
    })
    .await;
    // The fourth session, 30 views in the second hour, each of which stands for two.
    let id = asked(&server, &json!({ "session_id": "3", "reason": "test" })).await;
    let job = reached(&server, &id, "done").await;
    assert_eq!((&job["receipt"]["rows"]["views"], &job["receipt"]["hours"]), (&json!(30), &json!(1)));
    let sums = server.ask(&question).await;
    assert_eq!((sums["source"]["kind"].as_str(), sums["views"].as_f64()), (Some("sums"), Some(2820.0)));
    assert_eq!(sums["sessions"].as_f64(), Some(94.0));
    server.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_in_the_spool_is_erased_too() {
    let elsewhere = Elsewhere::start().await;
    let data = tempfile::tempdir().expect("a folder");
    let server = elsewhere.serve(data.path(), &[]).await;
    hurry(&elsewhere.store()).await;
    elsewhere.set(Gate::Closed);
    now(ANNA).send(&server).await;
    now(BERT).send(&server).await;
    assert!(mentions(data.path(), ANNA.session), "it is in the spool");
    let id = asked(&server, &json!({ "user_id": ANNA.user, "reason": "test" })).await;
    assert_eq!(state(&server, &id).await["state"], "asked");
    elsewhere.set(Gate::Open);
    reached(&server, &id, "done").await;
    assert_eq!(rows(&elsewhere.store()).await, [1, 1, 0, 1, 1]);
    assert!(!mentions(data.path(), ANNA.session));
    server.stop();
}

#[tokio::test]
async fn what_names_nobody_or_too_much_is_refused() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let long = "x".repeat(10_000);
    for (body, word) in [
        (json!({ "reason": "r" }), "exactly one"),
        (json!({ "user_id": "a", "session_id": "b", "reason": "r" }), "exactly one"),
        (json!({ "user_id": "", "reason": "r" }), "0 bytes"),
        (json!({ "user_id": long, "reason": "r" }), "10000 bytes"),
        (json!({ "user_id": "a" }), "reason"),
        (json!({ "user_id": "a", "reason": long }), "reason"),
        (json!({ "user": "a", "reason": "r" }), "unknown field"),
    ] {
        let (status, answer) = erase(&server, &body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(answer["error"]["message"].as_str().is_some_and(|told| told.contains(word)), "{answer}");
    }
    let (status, answer) = erase(&server, &json!({ "app": "nobody", "user_id": "a", "reason": "r" })).await;
    assert_eq!((status, &answer["error"]["code"]), (StatusCode::NOT_FOUND, &json!("unknown_app")));
    assert_eq!(server.ask("/erasures").await["erasures"], json!([]));
}
