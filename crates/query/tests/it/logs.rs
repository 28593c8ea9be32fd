//! Searching logs: which records match, in what order, what fields they have, and what stood around one.

use limen_model::enriched::{EnrichedBatch, Log};
use limen_query::{Cursor, Level, LogSearch, QueryError, Time, log_context, log_fields, log_series, logs};
use limen_store::Store;

use crate::engine_process::EngineProcess;
use crate::rows::{MILLI, MINUTE, app, at, attribute, batch, scope, trace_id};

/// A record of a service this long after the start of the hour, told apart by its number.
fn line(number: u64, service: &'static str, severity: u8, body: &'static str, after: i64) -> Log<'static> {
    Log {
        time_unix_nano: at(after),
        log_id: number,
        severity_number: severity,
        service: service.into(),
        body: body.into(),
        ..Log::default()
    }
}

fn written() -> EnrichedBatch<'static> {
    let cart = Log {
        trace_id: Some(trace_id(7)),
        session_id: "abc".into(),
        attributes: attribute("http.route", "/cart/items".to_owned()),
        release: "1.42".into(),
        ..line(1, "cart", 17, "Could not reach inventory: Timeout", MINUTE)
    };
    let slow = Log {
        resource: attribute("k8s.pod.name", "stock-1".to_owned()),
        ..line(2, "stock", 13, "slow query", 2 * MINUTE)
    };
    let same_moment = line(3, "stock", 9, "query done", 2 * MINUTE);
    let unset = Log { event_name: "session.start".into(), ..line(4, "web", 0, "", 3 * MINUTE) };
    let before = line(5, "cart", 9, "too early", -MINUTE);
    EnrichedBatch { logs: vec![cart, slow, same_moment, unset, before], ..batch() }
}

async fn found(store: &Store, search: &str) -> Vec<String> {
    let search = LogSearch::parse(search).expect("a valid search");
    let cursor = Cursor::parse(None).expect("the top");
    let answer = logs(store, &scope(&[]), &search, &cursor, None, 50).await.expect("an answer");
    answer.logs.into_iter().map(|log| log.id).collect()
}

#[tokio::test]
async fn a_search_finds_what_it_says_newest_first() {
    let engine = EngineProcess::with(&[written(), written()]).await;
    let store = &engine.store;
    for (search, expected) in [
        ("", &["4", "3", "2", "1"][..]),
        ("TIMEOUT", &["1"]),
        ("query", &["3", "2"]),
        ("query -done", &["2"]),
        ("\"query done\"", &["3"]),
        ("session.start", &["4"]),
        ("level>=warn", &["2", "1"]),
        ("level:unset", &["4"]),
        ("service:sto*", &["3", "2"]),
        ("-service:stock level>=info", &["1"]),
        ("http.route:/cart*", &["1"]),
        ("http.route:\"/cart*\"", &[]),
        ("k8s.pod.name:stock-1", &["2"]),
        ("http.route:*", &["1"]),
        ("-http.route:* service:*", &["4", "3", "2"]),
        ("trace:07070707070707070707070707070707", &["1"]),
        ("session:abc", &["1"]),
        ("release:1.42", &["1"]),
        ("it's; DROP TABLE logs", &[]),
        ("{app:String} \\", &[]),
    ] {
        assert_eq!(found(store, search).await, expected, "{search}");
    }
    let (of_stock, top) = (scope(&["service:stock"]), Cursor::parse(None).expect("the top"));
    let filtered = logs(store, &of_stock, &LogSearch::default(), &top, None, 50).await.expect("an answer");
    assert_eq!(filtered.logs.len(), 2);
}

#[tokio::test]
async fn a_list_is_read_on_without_a_gap_and_a_tail_brings_what_came_in_since() {
    let engine = EngineProcess::with(&[written()]).await;
    let (store, scope, all) = (&engine.store, scope(&[]), LogSearch::default());
    let top = Cursor::parse(None).expect("the top");
    let first = logs(store, &scope, &all, &top, None, 3).await.expect("an answer");
    let next = Cursor::parse(first.next_cursor.as_deref()).expect("a cursor");
    let rest = logs(store, &scope, &all, &next, None, 3).await.expect("an answer");
    let ids: Vec<&str> = first.logs.iter().chain(&rest.logs).map(|log| log.id.as_str()).collect();
    assert_eq!((ids, rest.next_cursor), (vec!["4", "3", "2", "1"], None));
    assert_eq!((first.logs[0].level, rest.logs[0].level), (Level::Unset, Level::Error));
    assert_eq!(rest.logs[0].attributes["http.route"], "/cart/items");
    assert_eq!((rest.logs[0].trace_id.is_some(), first.logs[0].trace_id.is_some()), (true, false));

    let late =
        EnrichedBatch { received_unix_nano: at(10 * MINUTE), logs: vec![line(6, "cart", 9, "late", MILLI)], ..batch() };
    engine.insert(&[late]).await;
    let tail = logs(store, &scope, &all, &top, Some(&first.next_since), 50).await.expect("an answer");
    assert!(tail.logs.iter().any(|log| log.id == "6"));
    let after = logs(store, &scope, &all, &top, Some(&tail.next_since), 50).await.expect("an answer");
    assert_eq!(after.logs.iter().map(|log| log.id.as_str()).collect::<Vec<_>>(), ["6"]);
    assert!(logs(store, &scope, &all, &top, Some("soon"), 50).await.is_err());
}

#[tokio::test]
async fn records_are_counted_by_level_and_moment() {
    let engine = EngineProcess::with(&[written()]).await;
    let answer = log_series(&engine.store, &scope(&[]), &LogSearch::default()).await.expect("an answer");
    assert_eq!((answer.total, answer.step_seconds, answer.points.len()), (4, 60, 60));
    let second = answer.points[2];
    assert_eq!((second.warn, second.info, second.error), (1, 1, 0));
    let quiet = log_series(&engine.store, &scope(&[]), &LogSearch::parse("nothing").expect("valid")).await;
    assert_eq!(quiet.expect("an answer").total, 0);
}

#[tokio::test]
async fn fields_are_named_as_a_search_takes_them() {
    let engine = EngineProcess::with(&[written()]).await;
    let answer = log_fields(&engine.store, &scope(&[]), &LogSearch::default()).await.expect("an answer");
    assert_eq!(answer.lines, 4);
    let names: Vec<&str> = answer.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["level", "service", "event", "release", "http.route", "k8s.pod.name"]);
    let service = &answer.fields[1];
    assert_eq!((service.lines, service.different), (4, 3));
    assert_eq!((service.values[0].value.as_str(), service.values[0].lines), ("stock", 2));
    for field in &answer.fields {
        let search = format!("{}:\"{}\"", field.name, field.values[0].value);
        assert_eq!(found(&engine.store, &search).await.len() as u64, field.values[0].lines, "{search}");
    }
}

#[tokio::test]
async fn a_line_is_shown_between_its_neighbours() {
    let engine = EngineProcess::with(&[written()]).await;
    let answer = log_context(&engine.store, &app(), "stock", Time(at(2 * MINUTE)), "2").await.expect("an answer");
    let ids: Vec<&str> = answer.logs.iter().map(|log| log.id.as_str()).collect();
    assert_eq!((ids, answer.at), (vec!["2", "3"], 0));
    let missing = log_context(&engine.store, &app(), "stock", Time(at(2 * MINUTE)), "99").await;
    assert!(matches!(missing, Err(QueryError::NotFound { .. })));
    assert!(log_context(&engine.store, &app(), "stock", Time(at(0)), "x").await.is_err());
}
