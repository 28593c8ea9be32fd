//! A server that reports about itself, to itself or to another one.

use reqwest::Client;

use crate::load::{BATCH, send_all};
use crate::serving::{Serving, command, eventually};

fn reporting(data: &std::path::Path, to: &str) -> Serving {
    let mut command = command(data);
    command.args(["--self-telemetry", to, "--self-telemetry-every", "1s"]);
    Serving::from(command)
}

/// A metric of an application as it was last seen: its series and its last value.
async fn metric(server: &Serving, app: &str, name: &str) -> Option<(u64, f64)> {
    let answer = server.ask(&format!("/metrics?app={app}")).await;
    let metrics = answer["metrics"].as_array().expect("a list");
    let found = metrics.iter().find(|metric| metric["name"] == name)?;
    Some((found["series"].as_u64()?, found["last_value"].as_f64().unwrap_or_default()))
}

#[tokio::test]
async fn its_figures_are_metrics_of_an_application_of_its_own() {
    let data = tempfile::tempdir().expect("a folder");
    let server = reporting(data.path(), "self");
    let apps = server.ask("/apps").await;
    let ids: Vec<_> = apps["apps"].as_array().expect("a list").iter().map(|app| app["id"].clone()).collect();
    assert_eq!(ids, ["shop", "limen"], "the first application stays the first");
    let sent = send_all(&Client::new(), &server, 0..2).await.len() as f64;
    eventually("what was sent is in the figures", async || {
        let (_, accepted) = metric(&server, "limen", "limen.outcomes").await?;
        (accepted == sent * BATCH as f64).then_some(())
    })
    .await;
    assert_eq!(metric(&server, "limen", "limen.engine.up").await, Some((1, 1.0)));
    // Outcomes of its own metrics would be a second series; its reports are told to nobody.
    assert_eq!(metric(&server, "limen", "limen.outcomes").await.map(|(series, _)| series), Some(1));
    assert_eq!(metric(&server, "shop", "limen.outcomes").await, None);
    server.stop();
}

#[tokio::test]
async fn another_server_takes_it_under_the_key_of_the_address() {
    let (near, far) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let receiver = Serving::start(far.path());
    let host = receiver.otlp.strip_prefix("http://").expect("plain HTTP");
    let server = reporting(near.path(), &format!("http://{}@{host}", receiver.key));
    eventually("the other server has its figures", async || metric(&receiver, "shop", "limen.engine.up").await).await;
    server.stop();
}

#[test]
fn an_address_that_is_none_ends_the_start() {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = command(data.path());
    command.args(["--self-telemetry", "https://elsewhere"]);
    let said = crate::serving::refused(command);
    assert!(said.contains("self, or an address of OTLP over HTTP"), "{said}");
}
