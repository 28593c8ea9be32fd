//! What happens to work that its client no longer waits for.

use crate::inserts::{count, create, insert, rows};
use crate::process::{Engine, folder};

#[tokio::test]
async fn an_insert_dropped_half_way_writes_nothing() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    create(&client).await;

    // Every connection gets its turn, so the last insert waits until all the dropped ones are over.
    for _ in 0..8 {
        let statement = "INSERT INTO numbers (n) FORMAT RowBinaryWithNamesAndTypes";
        let mut dropped = client.insert_formatted_with(statement).with_setting("insert_deduplication_token", "token");
        dropped.send(rows(0..50_000)).await.expect("sent");
        drop(dropped);
    }
    insert(&client, "token", rows(0..10)).await.expect("the token was not used up");
    wait_until_idle(&client).await;

    assert_eq!(count(&client).await, 10);
}

#[tokio::test]
async fn a_question_nobody_waits_for_is_ended() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    // More than there are connections: if they kept running, nothing would ever be answered again.
    for number in 0..12_u64 {
        let query = client.query("SELECT count() FROM system.numbers WHERE number != ?").bind(number);
        let question = tokio::spawn(query.fetch_one::<u64>());
        wait_for_processes(&client, 1).await;
        question.abort();
        wait_until_idle(&client).await;
    }
}

#[tokio::test]
async fn an_answer_nobody_reads_to_its_end_is_ended() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    for _ in 0..8 {
        let mut cursor =
            client.query("SELECT number FROM system.numbers WHERE number != 1").fetch::<u64>().expect("asked");
        cursor.next().await.expect("a row").expect("it has no end");
        drop(cursor);
    }

    wait_until_idle(&client).await;
}

async fn wait_until_idle(client: &clickhouse::Client) {
    wait_for_processes(client, 0).await;
}

/// Asks until that many other statements run; the runner's time limit ends a test in which that never happens.
async fn wait_for_processes(client: &clickhouse::Client, wanted: u64) {
    let others =
        "SELECT count() FROM system.processes WHERE query NOT LIKE '%system.processes%' AND query NOT LIKE 'KILL%'";
    while client.query(others).fetch_one::<u64>().await.expect("answered") != wanted {
        tokio::task::yield_now().await;
    }
}
