//! What a first run waits for.

use limen_model::enriched::EnrichedBatch;
use limen_query::{FirstEvent, Time, first_event};

use crate::engine_process::EngineProcess;
use crate::rows::{app, at, batch, span, view};

#[tokio::test]
async fn there_is_no_first_event_before_anything_arrived() {
    let engine = EngineProcess::with(&[]).await;
    assert_eq!(first_event(&engine.store).await.expect("an answer"), None);
}

#[tokio::test]
async fn the_first_event_is_what_was_received_first() {
    let span = span(1, 0, "cart", "work", 0, 1);
    let late = EnrichedBatch { received_unix_nano: at(5), spans: vec![span.clone()], ..batch() };
    let first =
        EnrichedBatch { received_unix_nano: at(3), views: vec![view("s", "v", 0)], spans: vec![span], ..batch() };
    let engine = EngineProcess::with(&[late, first]).await;
    let expected =
        FirstEvent { app: app().to_string(), time: Time(at(3)), browser: "Chrome".to_owned(), os: "Linux".to_owned() };
    assert_eq!(first_event(&engine.store).await.expect("an answer"), Some(expected));
}
