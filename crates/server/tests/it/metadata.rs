//! `--metadata postgres://…`: the same server, its applications and settings in a database.

use reqwest::Client;
use serde_json::json;

use crate::backup::{back_up, said};
use crate::database::Database;
use crate::records::{log, logs, now_nano};
use crate::serving::{Serving, command, refused};

async fn serve(data: &std::path::Path, database: &Database) -> Serving {
    let mut command = command(data);
    command.args(["--metadata", &database.url()]);
    tokio::task::spawn_blocking(move || Serving::from(command)).await.expect("it starts")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_keeps_its_applications_and_settings_in_a_database_and_nothing_of_them_in_its_folder() {
    let (data, database) = (tempfile::tempdir().expect("a folder"), Database::start().await);
    let server = serve(data.path(), &database).await;
    let sampling = format!("{}/api/v1/sampling", server.url);
    let set = Client::new().put(sampling).json(&json!({ "sample_rate": 0.5 })).send().await.expect("an answer");
    assert!(set.status().is_success(), "{}", set.status());
    let post = Client::new().post(format!("{}/v1/logs", server.otlp)).header("limen-key", &server.key);
    let response = post.json(&logs(&[log(now_nano(), "kept")])).send().await.expect("an answer");
    assert_eq!(response.status(), 200);

    let copy = tempfile::tempdir().expect("a folder");
    let taken = back_up(data.path(), copy.path()).await;
    assert!(!taken.status.success() && said(&taken).contains("pg_dump"), "{}", said(&taken));

    let key = server.key.clone();
    server.stop();
    let again = serve(data.path(), &database).await;
    assert_eq!(again.key, key);
    assert_eq!(again.ask("/sampling").await["sample_rate"], 0.5);
    assert_eq!(again.ask("/keys").await["keys"][0]["events"], 1);
    assert!(!data.path().join("metadata.sqlite").exists());
    again.stop();
}

#[test]
fn an_address_that_is_none_ends_the_start_without_showing_the_password() {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = command(data.path());
    command.args(["--metadata", "mysql://limen:secret@host/limen"]);
    let said = refused(command);
    assert!(said.contains("postgres://user:password@host") && !said.contains("secret"), "{said}");
}
