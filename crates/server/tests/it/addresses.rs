//! The address of a sender is in no column of any table, whatever the user has chosen to keep of it.

use limen_store::{Address, Store};
use reqwest::Client;
use serde_json::json;

use crate::records::{attribute, log, logs, now_nano, span, traces};
use crate::serving::{Serving, command};

const ADDRESS: &str = "198.51.100.77";
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// Sends what every door takes, with the address wherever senders put it.
async fn send_all(server: &Serving) {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/otlp/agent-page-load.json"));
    let mut record = span(TRACE, "00f067aa0ba902b7", "GET /cart");
    record["attributes"] = json!([
        attribute("client.address", ADDRESS),
        attribute("http.client_ip", ADDRESS),
        attribute("network.peer.address", ADDRESS),
    ]);
    let mut line = log(now_nano(), "paid");
    line["attributes"] = json!([attribute("client.address", ADDRESS)]);
    for (url, body) in [
        (format!("{}/v1/rum", server.url), page.expect("the fixture")),
        (format!("{}/v1/traces", server.otlp), traces(&[record]).to_string()),
        (format!("{}/v1/logs", server.otlp), logs(&[line]).to_string()),
    ] {
        let request = Client::new().post(&url).header("limen-key", &server.key).header("x-forwarded-for", ADDRESS);
        let kind = if url.ends_with("rum") { "text/plain" } else { "application/json" };
        let status = request.header("content-type", kind).body(body).send().await.expect("an answer").status();
        assert_eq!(status, 200, "{url}");
    }
}

async fn check(policy: &str, kept: &str) {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = command(data.path());
    command.args(["--trusted-proxies", "127.0.0.1", "--addresses", policy]);
    let server = Serving::from(command);
    send_all(&server).await;
    let socket = data.path().canonicalize().expect("a folder").join("run").join("engine.sock");
    let store = Store::open(&Address::Socket(socket)).expect("a client");
    let rows = async |table: &str, condition: &str| {
        let sql = format!("SELECT countIf({condition}) FROM (SELECT formatRow('JSONEachRow', *) AS row FROM {table})");
        store.client().query(&sql).fetch_one::<u64>().await.expect("a count")
    };
    for table in ["views", "events", "spans", "logs"] {
        assert!(rows(table, "true").await > 0, "{table}");
        assert_eq!(rows(table, &format!("position(row, '{ADDRESS}') > 0")).await, 0, "{table} with {policy}");
    }
    assert_eq!(rows("views", &format!("match(row, '{kept}')")).await, u64::from(policy != "drop"), "{policy}");
    server.stop();
}

#[tokio::test]
async fn nothing_is_kept_unless_it_is_wanted() {
    check("drop", "limen.client").await;
}

#[tokio::test]
async fn the_network_is_kept_where_that_is_wanted() {
    check("truncate", r#""limen.client":"198.51.100.0.{1,2}24""#).await;
}

#[tokio::test]
async fn a_name_for_the_day_is_kept_where_that_is_wanted() {
    check("hash", r#""limen.client":"[0-9a-f]{16}""#).await;
}
