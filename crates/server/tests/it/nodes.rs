//! Two servers on one PostgreSQL and one engine, as behind a load balancer.

use reqwest::Client;
use serde_json::{Value, json};
use sqlx::postgres::PgConnection;
use sqlx::{ConnectOptions, Connection};

use crate::database::Database;
use crate::elsewhere::Elsewhere;
use crate::records::{log, logs, now_nano};
use crate::serving::{Serving, eventually};

struct Two {
    elsewhere: Elsewhere,
    database: Database,
    data: [tempfile::TempDir; 2],
}

impl Two {
    async fn prepare() -> Self {
        let data = [(), ()].map(|()| tempfile::tempdir().expect("a folder"));
        Self { elsewhere: Elsewhere::start().await, database: Database::start().await, data }
    }

    async fn serve(&self, which: usize) -> Serving {
        self.elsewhere.serve(self.data[which].path(), &["--metadata", &self.database.url()]).await
    }

    async fn started() -> (Self, [Serving; 2]) {
        let two = Self::prepare().await;
        // At once: they make the tables and the first application together.
        let servers = tokio::join!(two.serve(0), two.serve(1));
        two.know_each_other().await;
        (two, servers.into())
    }

    async fn asked<T>(&self, sql: &'static str) -> T
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
    {
        let options: sqlx::postgres::PgConnectOptions = self.database.url().parse().expect("an address");
        let mut connection: PgConnection = options.connect().await.expect("connected");
        let answer = sqlx::query_scalar(sql).fetch_one(&mut connection).await.expect("an answer");
        connection.close().await.expect("closed");
        answer
    }

    /// Both are there, and both have looked since then.
    async fn know_each_other(&self) {
        eventually("both are there", async || {
            (self.asked::<i64>("SELECT count(*) FROM nodes").await == 2).then_some(())
        })
        .await;
        let now: i64 = self.asked("SELECT extract(epoch FROM now())::bigint").await;
        eventually("both have looked", async || {
            (self.asked::<i64>("SELECT min(seen) FROM nodes").await > now + 1).then_some(())
        })
        .await;
    }
}

async fn send(server: &Serving, key: &str, session: &str) -> u16 {
    let mut record = log(now_nano(), "one");
    record["attributes"] = json!([{ "key": "session.id", "value": { "stringValue": session } }]);
    let request = Client::new().post(format!("{}/v1/logs", server.otlp)).header("limen-key", key);
    request.json(&logs(&[record])).send().await.expect("an answer").status().as_u16()
}

async fn put(server: &Serving, path: &str, document: Value) {
    let request = Client::new().put(format!("{}/api/v1{path}", server.url));
    let response = request.json(&document).send().await.expect("an answer");
    assert!(response.status().is_success(), "{}", response.text().await.expect("text"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_changed_on_one_server_holds_on_the_other() {
    let (two, [one, other]) = Two::started().await;
    assert_eq!(one.key, other.key, "one application");
    put(&one, "/sampling", json!({ "sample_rate": 0.5 })).await;
    eventually("the setting", async || (other.ask("/sampling").await["sample_rate"] == 0.5).then_some(())).await;

    let made = Client::new().post(format!("{}/api/v1/keys", other.url));
    let made = made.json(&json!({ "kind": "server", "name": "new" })).send().await.expect("an answer");
    let made: Value = made.json().await.expect("JSON");
    let key = made["key"].as_str().expect("a key");
    eventually("the key", async || (send(&one, key, "1").await == 200).then_some(())).await;
    one.stop();
    other.stop();
    assert_eq!(two.asked::<i64>("SELECT count(*) FROM nodes").await, 0, "they said that they go");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quota_is_one_for_both_although_each_counts_for_itself() {
    let (_two, [one, other]) = Two::started().await;
    put(&one, "/admission", json!({ "daily_events_max": 40 })).await;
    eventually("the quota", async || (other.ask("/admission").await["daily_events_max"] == 40).then_some(())).await;
    let mut taken = 0;
    eventually("both know that it is used up", async || {
        let both = [send(&one, &one.key, "1").await, send(&other, &other.key, "1").await];
        taken += both.iter().filter(|status| **status == 200).count() as u64;
        let known = [one.ask("/usage").await, other.ask("/usage").await].map(|usage| usage["today"]["events"].as_u64());
        (both == [429, 429] && taken >= 40 && known == [Some(taken); 2]).then_some(())
    })
    .await;
    assert!(taken <= 40 + 2 * 2, "{taken}: two requests of each server");
}

/// Asks for an erasure and waits until it was found what there is to erase.
async fn erased(server: &Serving, session: &str) {
    let ask = Client::new().post(format!("{}/api/v1/erasures", server.url));
    let asked = ask.json(&json!({ "session_id": session, "reason": "test" })).send().await.expect("an answer");
    let asked: Value = asked.json().await.expect("JSON");
    let path = format!("/erasures/{}", asked["id"].as_str().expect("an id"));
    eventually("it is found", async || (server.ask(&path).await["state"] != "asked").then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_erased_by_one_server_is_kept_out_by_all() {
    let two = Two::prepare().await;
    let one = two.serve(0).await;
    let held = "SELECT count(*) FROM leases";
    eventually("it has the jobs", async || (two.asked::<i64>(held).await == 1).then_some(())).await;
    let holder: String = two.asked("SELECT holder FROM leases").await;
    let other = two.serve(1).await;
    two.know_each_other().await;
    assert_eq!((send(&one, &one.key, "ann").await, send(&other, &other.key, "ann").await), (200, 200));
    // The one that is asked is not the one that does it.
    erased(&other, "ann").await;
    for server in [&one, &other] {
        assert_eq!(send(server, &server.key, "ann").await, 200);
        assert_eq!(server.outcome("erased").await, 1);
    }
    assert_eq!(two.asked::<String>("SELECT holder FROM leases").await, holder, "the jobs stay where they are");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_died_is_not_waited_for_and_its_jobs_go_on_elsewhere() {
    let two = Two::prepare().await;
    let one = two.serve(0).await;
    let held = "SELECT count(*) FROM leases";
    eventually("it has the jobs", async || (two.asked::<i64>(held).await == 1).then_some(())).await;
    let holder: String = two.asked("SELECT holder FROM leases").await;
    let other = two.serve(1).await;
    one.kill();
    erased(&other, "ann").await;
    assert_ne!(two.asked::<String>("SELECT holder FROM leases").await, holder);
    assert_eq!(two.asked::<i64>("SELECT count(*) FROM nodes").await, 1);
}
