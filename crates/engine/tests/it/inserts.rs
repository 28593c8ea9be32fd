//! Inserts: in every form the client has, repeated, refused, and broken off.

use bytes::Bytes;
use clickhouse::{Client, Row};
use serde::{Deserialize, Serialize};

use crate::process::{Engine, folder};

#[derive(Row, Serialize, Deserialize)]
struct Number {
    n: u64,
}

const STATEMENT: &str = "INSERT INTO numbers (n) FORMAT RowBinaryWithNamesAndTypes";

/// Rows as the engine's own format has them.
pub fn rows(numbers: impl IntoIterator<Item = u64>) -> Bytes {
    let header = b"\x01\x01n\x06UInt64".iter().copied();
    header.chain(numbers.into_iter().flat_map(u64::to_le_bytes)).collect()
}

pub async fn create(client: &Client) {
    let statement = "CREATE TABLE IF NOT EXISTS numbers (n UInt64) ENGINE = MergeTree ORDER BY n";
    client.query(statement).execute().await.expect("created");
}

pub async fn count(client: &Client) -> u64 {
    client.query("SELECT count() FROM numbers").fetch_one().await.expect("counted")
}

pub async fn insert(client: &Client, token: &str, rows: Bytes) -> clickhouse::error::Result<()> {
    let mut insert = client.insert_formatted_with(STATEMENT).with_setting("insert_deduplication_token", token);
    insert.send(rows).await?;
    insert.end().await
}

#[tokio::test]
async fn the_same_token_writes_rows_once() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    create(&client).await;

    insert(&client, "first", rows(0..100)).await.expect("written");
    insert(&client, "first", rows(0..100)).await.expect("known and ignored");
    assert_eq!(count(&client).await, 100);

    insert(&client, "second", rows(0..100)).await.expect("the same rows under another token are new");
    assert_eq!(count(&client).await, 200);
}

#[tokio::test]
async fn a_token_is_still_known_after_a_restart() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    create(&engine.client()).await;
    insert(&engine.client(), "first", rows(0..100)).await.expect("written");
    assert!(engine.stop().success());

    let engine = Engine::start(folder.path());
    insert(&engine.client(), "first", rows(0..100)).await.expect("known and ignored");

    assert_eq!(count(&engine.client()).await, 100);
}

#[tokio::test]
async fn an_insert_without_a_token_is_not_taken_for_the_one_before() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    create(&client).await;
    insert(&client, "token", rows(0..10)).await.expect("written");

    // More often than there are connections, so that the one that had the token is among them.
    for number in 0..8 {
        let mut insert = client.insert::<Number>("numbers").await.expect("described");
        insert.write(&Number { n: 1000 + number }).await.expect("sent");
        insert.end().await.expect("committed");
    }

    assert_eq!(count(&client).await, 18);
}

#[tokio::test]
async fn an_insert_in_many_pieces_is_one_part() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    create(&client).await;

    let mut insert = client.insert_formatted_with(STATEMENT);
    let all = rows(0..300_000);
    for at in (0..all.len()).step_by(10_007) {
        insert.send(all.slice(at..all.len().min(at + 10_007))).await.expect("sent");
    }
    insert.end().await.expect("committed");

    assert_eq!(count(&client).await, 300_000);
    let parts = "SELECT uniqExact(_part) FROM numbers";
    assert_eq!(client.query(parts).fetch_one::<u64>().await.expect("counted"), 1);
}

#[tokio::test]
async fn rows_can_be_text_and_stand_in_the_statement() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    create(&client).await;

    let mut insert = client.insert_formatted_with("INSERT INTO numbers FORMAT JSONEachRow");
    insert.send(Bytes::from_static(b"{\"n\":1}\n{\"n\":2}\n")).await.expect("sent");
    insert.end().await.expect("committed");
    client.query("INSERT INTO numbers VALUES (3), (4)").execute().await.expect("committed");
    client.query("INSERT INTO numbers SELECT 5").execute().await.expect("committed");
    client.query("INSERT INTO numbers FORMAT CSV 6\n7\n").execute().await.expect("committed");

    let sum: u64 = client.query("SELECT sum(n) FROM numbers").fetch_one().await.expect("summed");
    assert_eq!(sum, 28);
}

#[tokio::test]
async fn an_insert_that_is_refused_says_why_also_while_it_is_still_being_sent() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    create(&client).await;

    let mut insert = client.insert_formatted_with("INSERT INTO nowhere FORMAT RowBinary");
    let mut sent = Ok(());
    for _ in 0..2_000 {
        sent = insert.send(Bytes::from(vec![0; 64 * 1024])).await;
        if sent.is_err() {
            break;
        }
    }
    let error = match sent {
        Ok(()) => insert.end().await.expect_err("there is no such table"),
        Err(error) => error,
    };

    assert!(error.to_string().contains("Code: 60"), "{error}");
}

#[tokio::test]
async fn wrong_types_and_cut_rows_write_nothing() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    create(&client).await;
    let mut wrong_type = b"\x01\x01n\x06String".to_vec();
    wrong_type.extend(b"\x01a");
    let whole = rows(0..100);

    for (body, code) in [(Bytes::from(wrong_type), "Code: 117"), (whole.slice(..whole.len() - 3), "Code: 33")] {
        let error = insert(&client, "token", body).await.expect_err(code).to_string();
        assert!(error.contains(code), "{error}");
    }

    assert_eq!(count(&client).await, 0);
    insert(&client, "token", whole).await.expect("the token of a refused insert is free");
    assert_eq!(count(&client).await, 100);
}
