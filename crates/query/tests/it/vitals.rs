//! Figures about vitals: who counts, how much, and what is unknown.

use limen_model::enriched::{Dimensions, EnrichedBatch, View};
use limen_query::{Metric, Rating, Vital, vitals, vitals_series};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, batch, scope, view};

/// A view of the current hour with this LCP, in a session of its own.
fn with_lcp(id: &str, lcp: f64) -> View<'static> {
    View { lcp: Some(lcp), ..view(id, id, MINUTE) }
}

fn batch_of(views: Vec<View<'static>>) -> EnrichedBatch<'static> {
    EnrichedBatch { views, ..batch() }
}

async fn lcp(engine: &EngineProcess, filters: &[&str]) -> Vital {
    vitals(&engine.store, &scope(filters)).await.expect("an answer").vitals.swap_remove(0)
}

#[tokio::test]
async fn a_vital_is_the_quantile_of_the_views_that_have_it() {
    let views = vec![
        with_lcp("a", 1000.0),
        with_lcp("b", 2500.0),
        with_lcp("c", 2600.0),
        with_lcp("d", 5000.0),
        View { kind: "route".into(), inp: Some(200.0), ..view("s", "e", MINUTE) },
        View { dimensions: Dimensions { bot: true, ..Default::default() }, ..with_lcp("f", 60_000.0) },
        View { weight: 0.0, ..with_lcp("g", 60_000.0) },
        View { lcp: Some(800.0), ..view("s", "before", -MINUTE) },
        View { lcp: Some(60_000.0), ..view("s", "after", 60 * MINUTE) },
    ];
    let engine = EngineProcess::with(&[batch_of(views)]).await;
    let answer = vitals(&engine.store, &scope(&[])).await.expect("an answer");
    let [lcp, inp, cls, ..] = answer.vitals.as_slice() else { panic!("five vitals") };
    assert_eq!((lcp.n, lcp.p75, lcp.rating), (4, Some(2600.0), Some(Rating::NeedsImprovement)));
    assert_eq!((lcp.good, lcp.needs_improvement, lcp.poor), (Some(0.5), Some(0.25), Some(0.25)));
    assert_eq!((lcp.previous.n, lcp.previous.p75), (1, Some(800.0)));
    assert_eq!(lcp.p75_low, None, "four views are too few for an interval");
    assert_eq!((inp.n, inp.p75, inp.rating), (1, Some(200.0), Some(Rating::Good)));
    assert_eq!((cls.n, cls.p75, cls.good, cls.rating), (0, None, None, None));
    let filled: Vec<(f64, f64)> =
        lcp.histogram.iter().filter(|bin| bin.count > 0.0).map(|bin| (bin.low, bin.count)).collect();
    assert_eq!(filled, [(750.0, 1.0), (2250.0, 1.0), (2500.0, 1.0), (4750.0, 1.0)]);
}

#[tokio::test]
async fn a_view_counts_once_in_its_last_version_and_with_its_weight() {
    let early = batch_of(vec![with_lcp("a", 1000.0), View { weight: 3.5, ..with_lcp("b", 3000.0) }]);
    let late = batch_of(vec![View { version: 2, ..with_lcp("a", 9000.0) }]);
    let engine = EngineProcess::with(&[late, early.clone(), early]).await;
    let lcp = lcp(&engine, &[]).await;
    assert_eq!((lcp.n, lcp.p75), (2, Some(3000.0)));
    assert_eq!((lcp.needs_improvement, lcp.poor), (Some(3.5 / 4.5), Some(1.0 / 4.5)));
    // The share up to the p75 is 7/9, and both sessions are 7/9 away from what it lets expect.
    let variance = 2.0 * (2.0 * (7.0_f64 / 9.0).powi(2)) / 4.5_f64.powi(2);
    assert!((lcp.effective_n - 7.0 / 9.0 * 2.0 / 9.0 / variance).abs() < 1e-9, "{}", lcp.effective_n);
    assert_eq!(lcp.histogram.iter().map(|bin| bin.count).sum::<f64>(), 4.5);
    assert_eq!(lcp.histogram.last().map(|bin| (bin.high, bin.count)), Some((None, 1.0)));
}

#[tokio::test]
async fn the_interval_has_the_ranks_of_the_binomial() {
    let views = (1..=100).map(|rank| with_lcp(&format!("v{rank}"), f64::from(rank))).collect();
    let engine = EngineProcess::with(&[batch_of(views)]).await;
    let lcp = lcp(&engine, &[]).await;
    assert_eq!((lcp.n, lcp.p75), (100, Some(75.0)));
    // A hundred sessions are worth 99: ranks 66 and 83 of those are levels 0.662 and 0.833.
    assert!((lcp.effective_n - 99.0).abs() < 1e-6, "{}", lcp.effective_n);
    assert_eq!((lcp.p75_low, lcp.p75_high), (Some(67.0), Some(84.0)));
}

#[tokio::test]
async fn a_filter_takes_any_text_literally() {
    let hostile =
        ["", "'", "\\", "\\'); DROP TABLE views; --", "a\tb\nc", "{app:String}", "a,b']", "日本 🦀", "??", "\u{0}"];
    let views = hostile
        .iter()
        .enumerate()
        .map(|(index, &route)| View { route: route.into(), ..with_lcp(&format!("v{index}"), 1000.0 + index as f64) });
    let engine = EngineProcess::with(&[batch_of(views.collect())]).await;
    for (index, route) in hostile.iter().enumerate() {
        let lcp = lcp(&engine, &[&format!("route:{route}")]).await;
        assert_eq!((lcp.n, lcp.p75), (1, Some(1000.0 + index as f64)), "{route:?}");
    }
    let two = lcp(&engine, &["route:'", "route:\\", "browser:Chrome"]).await;
    assert_eq!(two.n, 2);
    assert_eq!(lcp(&engine, &["route:'", "browser:Safari"]).await.n, 0);
}

#[tokio::test]
async fn a_series_has_a_point_for_every_step() {
    let at = |id: &str, minute: i64, lcp: f64| View { lcp: Some(lcp), ..view("s", id, minute * MINUTE) };
    let views = vec![at("a", 0, 1000.0), at("b", 0, 3000.0), at("c", 59, 5000.0), at("d", 60, 1.0)];
    let engine = EngineProcess::with(&[batch_of(views)]).await;
    let answer = vitals_series(&engine.store, &scope(&[]), Metric::Lcp).await.expect("an answer");
    assert_eq!((answer.step_seconds, answer.points.len()), (60, 60));
    let first = &answer.points[0];
    assert_eq!((first.n, first.p50, first.p75, first.p95), (2, Some(1000.0), Some(3000.0), Some(3000.0)));
    assert_eq!((first.good, first.needs_improvement, first.poor), (Some(0.5), Some(0.5), Some(0.0)));
    assert_eq!((answer.points[1].n, answer.points[1].p75, answer.points[1].good), (0, None, None));
    assert_eq!((answer.points[59].n, answer.points[59].p75), (1, Some(5000.0)));
}
