//! Marks of releases: those that are new in the range, of services that had another one.

use limen_model::enriched::{Dimensions, EnrichedBatch, SpanRow, View};
use limen_query::{Time, releases};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, at, batch, scope, span, view};

fn page(id: &str, release: &'static str, after: i64) -> View<'static> {
    let dimensions = Dimensions { service: "web".into(), release: release.into(), ..Default::default() };
    View { dimensions, ..view(id, id, after) }
}

fn work(service: &'static str, release: &'static str, minute: i64) -> SpanRow<'static> {
    SpanRow { release: release.into(), ..span(minute as u8, 0, service, "work", minute * 60_000, 5) }
}

#[tokio::test]
async fn what_is_new_is_named_with_when_it_was_first_seen() {
    let views = vec![
        page("old", "1", -10 * MINUTE),
        page("still", "1", 5 * MINUTE),
        page("later", "2", 20 * MINUTE),
        page("first", "2", 15 * MINUTE),
        page("nameless", "", 30 * MINUTE),
    ];
    // What a service is first known with may have been there for long.
    let spans = vec![work("cart", "7", 10), work("cart", "8", 40), work("lonely", "1", 3)];
    let engine = EngineProcess::with(&[EnrichedBatch { views, spans, ..batch() }]).await;
    let answer = releases(&engine.store, &scope(&[])).await.expect("an answer");
    let found: Vec<(&str, &str, Time)> =
        answer.releases.iter().map(|seen| (seen.service.as_str(), seen.release.as_str(), seen.first_seen)).collect();
    let expected = [("web", "2", Time(at(15 * MINUTE))), ("cart", "8", Time(at(40 * MINUTE)))];
    assert_eq!(found, expected);
}
