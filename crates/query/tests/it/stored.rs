//! What an application keeps in the store, by table, event and attribute.

use limen_model::AppId;
use limen_model::enriched::{EnrichedBatch, Event};
use limen_query::stored;

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, attribute, batch, exception, log, scope, view};

fn events(count: u64) -> Vec<Event<'static>> {
    let event = |n: u64| Event {
        name: if n.is_multiple_of(4) { "exception".into() } else { "browser.web_vital".into() },
        weight: 4.0,
        attributes: attribute("order", format!("number {n:04}")),
        ..exception("s", "v", n, MINUTE)
    };
    (0..count).map(event).collect()
}

#[tokio::test]
async fn rows_bytes_names_and_attributes_are_those_of_one_application() {
    let own = EnrichedBatch {
        views: vec![view("s", "a", MINUTE), view("s", "b", MINUTE)],
        events: events(40),
        logs: vec![log(1, 1, "paid", MINUTE)],
        ..batch()
    };
    let of_another = EnrichedBatch { app: AppId::parse("blog").expect("valid"), events: events(120), ..batch() };
    let engine = EngineProcess::with(&[own, of_another]).await;
    let answer = stored(&engine.store, &scope(&[])).await.expect("an answer");

    let rows: Vec<_> = answer.tables.iter().map(|table| (table.table.as_str(), table.rows)).collect();
    assert_eq!(rows, [("events", 40), ("logs", 1), ("metrics", 0), ("spans", 0), ("views", 2)]);
    assert!(answer.tables.iter().all(|table| (table.bytes > 0) == (table.rows > 0)), "{answer:?}");

    let names: Vec<_> = answer.events.iter().map(|event| (event.name.as_str(), event.rows, event.stands_for)).collect();
    assert_eq!(names, [("browser.web_vital", 30, 120.0), ("exception", 10, 40.0)]);
    let of_names: u64 = answer.events.iter().map(|event| event.bytes).sum();
    assert!(of_names.abs_diff(answer.tables[0].bytes) <= 2, "the names share the bytes of their table: {answer:?}");

    let [order] = &answer.attributes[..] else { panic!("{answer:?}") };
    assert_eq!((order.table.as_str(), order.key.as_str()), ("events", "order"));
    assert_eq!((order.records, order.values, order.bytes), (40, 40, 40 * ("order".len() + "number 0000".len()) as u64));
    assert_eq!(answer.warnings, []);
}

#[tokio::test]
async fn an_application_without_anything_has_empty_tables() {
    let engine = EngineProcess::with(&[]).await;
    let answer = stored(&engine.store, &scope(&[])).await.expect("an answer");
    assert!(answer.tables.len() == 5 && answer.tables.iter().all(|table| table.rows + table.bytes == 0), "{answer:?}");
    assert!(answer.events.is_empty() && answer.attributes.is_empty() && answer.warnings.is_empty());
}
