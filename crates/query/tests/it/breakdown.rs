//! Rows of a breakdown: their order, their figures, and what did not fit.

use limen_model::enriched::{Dimensions, EnrichedBatch, View};
use limen_query::{BreakdownOrder, Dimension, breakdown};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, batch, scope, view};

fn views() -> Vec<View<'static>> {
    let on = |route: &'static str, session: &str, id: &str| View { route: route.into(), ..view(session, id, MINUTE) };
    vec![
        View { lcp: Some(1000.0), errors: 2, ..on("/", "s1", "a") },
        View { lcp: Some(1200.0), ..on("/", "s1", "b") },
        View { lcp: Some(1400.0), weight: 2.0, ..on("/", "s2", "c") },
        View { lcp: Some(4100.0), ..on("/cart", "s1", "d") },
        View { kind: "route".into(), transition_time: Some(300.0), ..on("/pay", "s1", "e") },
        View { kind: "route".into(), transition_time: Some(500.0), ..on("/pay", "s3", "f") },
    ]
}

#[tokio::test]
async fn rows_are_ordered_and_what_did_not_fit_is_counted() {
    let engine = EngineProcess::with(&[EnrichedBatch { views: views(), ..batch() }]).await;
    let ask = async |order, limit| {
        breakdown(&engine.store, &scope(&[]), Dimension::Route, order, limit).await.expect("an answer")
    };
    let by_views = ask(BreakdownOrder::Views, 50).await;
    let values: Vec<&str> = by_views.rows.iter().map(|row| row.value.as_str()).collect();
    assert_eq!((values, by_views.other), (vec!["/", "/pay", "/cart"], 0.0));

    let home = &by_views.rows[0];
    assert_eq!((home.views, home.sessions, home.error_rate), (4.0, 3.0, 0.25));
    assert_eq!((home.vitals.lcp.n, home.vitals.lcp.p75, home.vitals.lcp.good), (3, Some(1400.0), Some(1.0)));
    assert_eq!((home.vitals.inp.n, home.vitals.inp.p75, home.vitals.inp.good), (0, None, None));
    assert_eq!((home.transition.n, home.transition.p75), (0, None));

    let pay = &by_views.rows[1];
    assert_eq!((pay.transition.n, pay.transition.p75), (2, Some(500.0)));
    assert_eq!((pay.vitals.lcp.n, pay.vitals.lcp.p75), (0, None), "a change of route has no LCP");

    let worst = ask(BreakdownOrder::Lcp, 1).await;
    assert_eq!((worst.rows[0].value.as_str(), worst.rows[0].vitals.lcp.poor), ("/cart", Some(1.0)));
    assert_eq!((worst.rows.len(), worst.other), (1, 6.0));
    let last = ask(BreakdownOrder::Lcp, 3).await.rows.pop().expect("three rows");
    assert_eq!(last.value, "/pay", "who has no LCP comes last");
}

#[tokio::test]
async fn every_dimension_can_be_asked_for_and_unknown_is_a_value() {
    let known = View {
        dimensions: Dimensions {
            service: "shop".into(),
            release: "1.0".into(),
            environment: "demo".into(),
            country: "DE".into(),
            browser: "Firefox".into(),
            os: "macOS".into(),
            device: "desktop".into(),
            network: "4g".into(),
            ..Default::default()
        },
        ..view("s", "a", MINUTE)
    };
    let unknown = View { dimensions: Dimensions::default(), route: "".into(), ..view("s", "b", MINUTE) };
    let engine = EngineProcess::with(&[EnrichedBatch { views: vec![known, unknown], ..batch() }]).await;
    for dimension in Dimension::ALL {
        let answer = breakdown(&engine.store, &scope(&[]), dimension, BreakdownOrder::Views, 50).await.expect("rows");
        assert_eq!((answer.rows.len(), answer.rows[0].value.as_str()), (2, ""), "{dimension:?}");
        let filter = format!("{}:{}", dimension.name(), answer.rows[1].value);
        let one =
            breakdown(&engine.store, &scope(&[&filter]), dimension, BreakdownOrder::Cls, 50).await.expect("a row");
        assert_eq!((one.rows.len(), one.rows[0].views), (1, 1.0), "{filter}");
    }
}
