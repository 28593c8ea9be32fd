//! Whose the time of many views is: the database that took more of it than an hour ago, in one country only.

use limen_model::enriched::{Dimensions, EnrichedBatch, SpanRow, View};
use limen_query::{BlamedVital, OwnerKind, PopulationBlame, ScopeError, population_blame};

use crate::engine_process::EngineProcess;
use crate::rows::{MILLI, MINUTE, batch, of_page, scope, span, span_id, trace_id, view};

const VIEWS: u8 = 50;

/// The documents of an hour, in DE and FR in turn: the answer takes 200 ms, 100 of them in the database; `locked` more in DE.
fn hour(first: u8, after: i64, locked: u64) -> EnrichedBatch<'static> {
    let (mut views, mut spans) = (Vec::new(), Vec::new());
    for number in first..first + VIEWS {
        let country = if number % 2 == 0 { "DE" } else { "FR" };
        let lock = if country == "DE" { locked } else { 0 };
        let start = after + i64::from(number) * 1000;
        let id = number.to_string();
        let wait = 200 + lock;
        views.push(View {
            trace_id: Some(trace_id(number)),
            dimensions: Dimensions { country: country.into(), ..Default::default() },
            ttfb: Some(wait as f64 + 10.0),
            dns: Some(10.0),
            tcp: Some(0.0),
            request: Some(wait as f64),
            response: Some(0.0),
            lcp: Some(wait as f64 + 310.0 + f64::from(number % 5)),
            ..view(&id, &id, start * MILLI)
        });
        let of_trace = |span: SpanRow<'static>| SpanRow { trace_id: trace_id(number), ..span };
        let document = of_page(span(1, 0, "shop-web", "documentFetch", start, wait + 10));
        let document = SpanRow { kind: 3, session_id: id.clone().into(), view_id: id.into(), ..document };
        let server = SpanRow { kind: 2, ..span(2, 1, "orders", "GET /", start + 10, wait) };
        let query = SpanRow {
            kind: 3,
            db_system: "postgresql".into(),
            parent_span_id: Some(span_id(2)),
            ..span(3, 2, "orders", "SELECT", start + 60, 100 + lock)
        };
        spans.extend([document, server, query].map(of_trace));
    }
    EnrichedBatch { views, spans, ..batch() }
}

async fn engine() -> EngineProcess {
    EngineProcess::with(&[hour(1, -60 * MINUTE / MILLI, 0), hour(101, 0, 400)]).await
}

fn change(answer: &PopulationBlame, kind: OwnerKind) -> f64 {
    answer.owners.iter().find(|change| change.owner.kind == kind).map_or(f64::NAN, |change| change.change)
}

#[tokio::test]
async fn the_database_took_what_the_p75_grew_by() {
    let engine = engine().await;
    let scope = scope(&[]);
    let baseline = scope.baseline(None, None, &[]).expect("the hour before");
    let answer = population_blame(&engine.store, &scope, &baseline, BlamedVital::Lcp).await.expect("an answer");
    assert_eq!((answer.now.views, answer.before.views), (50.0, 50.0));
    let grew = answer.now.p75.expect("a p75") - answer.before.p75.expect("a p75");
    assert!((398.0..403.0).contains(&grew), "{grew}");
    assert_eq!(answer.owners[0].owner.kind, OwnerKind::Database);
    assert!((change(&answer, OwnerKind::Database) - 400.0).abs() < 1.0, "{:?}", answer.owners);
    assert!(change(&answer, OwnerKind::Service).abs() < 1.0 && change(&answer, OwnerKind::Network).abs() < 1.0);
    // The ledger sums to the mean of the views that stand for the p75.
    let sum: f64 = answer.owners.iter().map(|owner| owner.now).sum();
    let ledger: f64 = answer.now.ledger.iter().map(|line| line.mean).sum();
    let mean = answer.now.divided_mean.expect("a mean");
    assert!((sum - mean).abs() < 1e-9 && (ledger - mean).abs() < 1e-9);
    assert_eq!(answer.now.ledger[0].owner.kind, OwnerKind::Database);
    assert!(answer.verdict.contains("; +400 ms near it in the database (postgresql)."), "{}", answer.verdict);
}

#[tokio::test]
async fn others_of_the_same_hour_can_be_compared_with_and_those_without_views_are_named() {
    let engine = engine().await;
    let french = scope(&["country:FR"]);
    let filters = ["country:DE".to_owned()];
    let baseline = french.baseline(None, None, &filters).expect("the same hour");
    let answer = population_blame(&engine.store, &french, &baseline, BlamedVital::Lcp).await.expect("an answer");
    assert!((change(&answer, OwnerKind::Database) + 400.0).abs() < 1.0, "{:?}", answer.owners);
    assert_eq!(answer.before.filters, filters);
    let nobody = scope(&["country:SG"]);
    let answer = population_blame(&engine.store, &nobody, &baseline, BlamedVital::Lcp).await.expect("an answer");
    assert_eq!((answer.now.p75, answer.now.divided, answer.owners.len()), (None, 0, 0));
    assert_eq!(answer.verdict, "No view of the range has LCP.");
}

#[test]
fn half_a_range_to_compare_with_is_refused() {
    let refused = scope(&[]).baseline(Some("2026-03-01T10:00:00Z"), None, &[]);
    assert_eq!(refused, Err(ScopeError::Baseline));
}
