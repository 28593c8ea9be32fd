//! Questions: bound values, settings, formats, errors before and behind the first rows, many at once.

use clickhouse::Row;
use serde::{Deserialize, Serialize};

use crate::process::{Engine, folder};

#[derive(Debug, PartialEq, Row, Serialize, Deserialize)]
struct Sample {
    id: u64,
    name: String,
    tags: Vec<(String, String)>,
    rating: Option<f64>,
}

#[tokio::test]
async fn a_written_row_is_found_again_by_a_bound_value() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    let table = "CREATE TABLE samples (id UInt64, name String, tags Map(String, String), rating Nullable(Float64)) \
                 ENGINE = MergeTree ORDER BY id";
    client.query(table).execute().await.expect("created");
    let name = "it's \\ a \t \"name\" with 'quotes', ü and a \n line".to_owned();
    let sample = Sample { id: 7, name: name.clone(), tags: vec![("a".to_owned(), "b".to_owned())], rating: None };
    let mut insert = client.insert::<Sample>("samples").await.expect("described");
    insert.write(&sample).await.expect("sent");
    insert.end().await.expect("committed");

    let by_server = client.query("SELECT ?fields FROM samples WHERE name = {name:String}").param("name", &name);
    let by_client = client.query("SELECT ?fields FROM samples WHERE name = ? AND id = ?").bind(&name).bind(7_u64);

    assert_eq!(by_server.fetch_one::<Sample>().await.expect("found"), sample);
    assert_eq!(by_client.fetch_one::<Sample>().await.expect("found"), sample);
}

#[tokio::test]
async fn a_streamed_answer_has_one_header_and_every_row() {
    let folder = folder();
    let engine = Engine::start(folder.path());

    let mut cursor = engine.client().query("SELECT number FROM numbers(1000000)").fetch::<u64>().expect("asked");
    let (mut rows, mut sum) = (0_u64, 0_u64);
    while let Some(number) = cursor.next().await.expect("a row") {
        rows += 1;
        sum += number;
    }

    assert_eq!((rows, sum), (1_000_000, 499_999_500_000));
}

#[tokio::test]
async fn a_format_with_beginning_and_end_is_one_document() {
    let folder = folder();
    let engine = Engine::start(folder.path());

    let mut cursor = engine.client().query("SELECT number FROM numbers(200000)").fetch_bytes("JSON").expect("asked");
    let bytes = cursor.collect().await.expect("answered");

    let text = String::from_utf8(bytes.to_vec()).expect("text");
    assert_eq!(text.matches("\"meta\"").count(), 1);
    assert!(text.contains("\"rows\": 200000"));
}

#[tokio::test]
async fn an_answer_without_rows_is_empty_and_no_error() {
    let folder = folder();
    let engine = Engine::start(folder.path());

    let rows = engine.client().query("SELECT number FROM numbers(0)").fetch_all::<u64>().await.expect("answered");

    assert!(rows.is_empty());
}

#[tokio::test]
async fn a_mistake_in_a_statement_comes_back_with_its_code() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();

    for (statement, code) in [
        ("SELEC 1", "Code: 62"),
        ("SELECT nothing FROM nowhere", "Code: 60"),
        ("SELECT 1; DROP DATABASE limen", "Code: 62"),
        ("SELECT toUInt8('x')", "Code: 6"),
    ] {
        let error = client.query(statement).execute().await.expect_err(statement).to_string();
        assert!(error.contains(code) && error.contains("DB::Exception"), "{statement}: {error}");
    }
}

#[tokio::test]
async fn an_error_behind_rows_is_an_error_and_not_an_end() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let statement = "SELECT number + throwIf(number = 3000000) FROM numbers(10000000) SETTINGS max_threads = 1";

    let mut cursor = engine.client().query(statement).fetch::<u64>().expect("asked");
    let mut rows = 0_u64;
    let error = loop {
        match cursor.next().await {
            Ok(Some(_)) => rows += 1,
            Ok(None) => panic!("{rows} rows were taken for the whole answer"),
            Err(error) => break error.to_string(),
        }
    };

    assert!(rows > 0, "rows came first");
    assert!(error.contains("Code: 395. DB::Exception"), "{error}");
}

#[tokio::test]
async fn a_setting_is_for_its_own_statement_only() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    let setting = "SELECT toUInt64(getSetting('max_threads')), toUInt64(getSetting('max_memory_usage'))";
    let before: (u64, u64) = client.query(setting).fetch_one().await.expect("answered");

    let asked = client.query(setting).with_setting("max_threads", "1").with_setting("max_memory_usage", "12345678");
    let during: (u64, u64) = asked.fetch_one().await.expect("answered");

    assert_eq!(during, (1, 12_345_678));
    // More often than there are connections, so that the one with the setting is among them.
    for _ in 0..8 {
        assert_eq!(client.query(setting).fetch_one::<(u64, u64)>().await.expect("answered"), before);
    }
    client.query("SET max_threads = 1").execute().await.expect("set on a connection of its own");
    for _ in 0..8 {
        assert_eq!(client.query(setting).fetch_one::<(u64, u64)>().await.expect("answered"), before);
    }
}

#[tokio::test]
async fn a_question_ends_when_its_time_is_over() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let endless = engine.client().query("SELECT count() FROM system.numbers").with_setting("max_execution_time", "1");

    let error = endless.fetch_one::<u64>().await.expect_err("it has no end").to_string();

    assert!(error.contains("Code: 159"), "{error}");
}

#[tokio::test]
async fn a_short_question_is_answered_while_long_ones_run() {
    let folder = folder();
    let engine = Engine::start(folder.path());
    let client = engine.client();
    let endless = |number: u64| {
        let query = client.query("SELECT count() FROM system.numbers WHERE number != ?").bind(number);
        tokio::spawn(query.fetch_one::<u64>())
    };
    let running = [endless(1), endless(2), endless(3)];
    let count = "SELECT count() FROM system.processes WHERE query LIKE '%system.numbers WHERE%' AND query NOT LIKE '%processes%'";

    while client.query(count).fetch_one::<u64>().await.expect("answered during the long ones") < 3 {}

    assert!(running.iter().all(|question| !question.is_finished()));
    for question in running {
        question.abort();
    }
}
