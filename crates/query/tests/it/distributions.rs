//! The spread of a vital by route.

use limen_model::enriched::{EnrichedBatch, View};
use limen_query::{Dimension, Metric, distributions};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, batch, scope, view};

#[tokio::test]
async fn every_route_has_its_bins_with_the_weights_of_its_views() {
    let on = |route: &'static str, id: &str, lcp| View { route: route.into(), lcp, ..view("s", id, MINUTE) };
    let views = vec![
        on("/", "a", Some(0.0)),
        on("/", "b", Some(250.0)),
        View { weight: 3.0, ..on("/", "c", Some(251.0)) },
        on("/", "d", Some(90_000.0)),
        on("/cart", "e", Some(600.0)),
        on("/route", "f", None),
    ];
    let engine = EngineProcess::with(&[EnrichedBatch { views, ..batch() }]).await;
    let ask = async |limit| {
        distributions(&engine.store, &scope(&[]), Dimension::Route, Metric::Lcp, limit).await.expect("an answer")
    };
    let answer = ask(50).await;
    let filled: Vec<_> = answer
        .rows
        .iter()
        .map(|row| {
            let filled: Vec<_> = row.counts.iter().enumerate().filter(|(_, count)| **count > 0.0).collect();
            (row.value.as_str(), row.n, filled)
        })
        .collect();
    let expected = [("/", 4, vec![(0, &2.0), (1, &3.0), (32, &1.0)]), ("/cart", 1, vec![(2, &1.0)])];
    assert_eq!(filled, expected, "whose views have no LCP is not there");
    assert_eq!((answer.bin_width, answer.rows[0].counts.len()), (250.0, 33));
    assert_eq!(ask(1).await.rows.len(), 1);
    assert!(distributions(&engine.store, &scope(&[]), Dimension::Route, Metric::Lcp, 0).await.is_err());
}
