//! Apdex: which views are satisfied, tolerating or frustrated, and which are not counted.

use limen_model::enriched::{Dimensions, EnrichedBatch, View};
use limen_query::{ApdexAnswer, apdex};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, batch, scope, view};

fn with_lcp(id: &str, lcp: f64) -> View<'static> {
    View { lcp: Some(lcp), ..view(id, id, MINUTE) }
}

async fn of(views: Vec<View<'static>>, target_ms: f64) -> ApdexAnswer {
    let engine = EngineProcess::with(&[EnrichedBatch { views, ..batch() }]).await;
    apdex(&engine.store, &scope(&[]), target_ms).await.expect("an answer")
}

#[tokio::test]
async fn a_view_counts_by_how_long_it_took_and_by_whether_it_failed() {
    let route = |id: &str, transition_time| View { kind: "route".into(), transition_time, ..view(id, id, MINUTE) };
    let answer = of(
        vec![
            with_lcp("on the target", 1000.0),
            with_lcp("on four times the target", 4000.0),
            with_lcp("above", 4000.1),
            View { errors: 1, ..with_lcp("quick, but it failed", 100.0) },
            View { errors: 1, ..view("failed before anything was seen", "g", MINUTE) },
            View { load_time: Some(900.0), ..view("no LCP in this browser", "h", MINUTE) },
            // The LCP of a document is earlier than the end of its load event.
            View { load_time: Some(9000.0), ..with_lcp("slow images below", 500.0) },
            route("quick route", Some(200.0)),
            View { load_time: Some(100.0), lcp: Some(100.0), ..route("never quiet", None) },
            view("nothing is known", "i", MINUTE),
            View { dimensions: Dimensions { bot: true, ..Default::default() }, ..with_lcp("robot", 1.0) },
            View { weight: 0.0, ..with_lcp("brought back", 1.0) },
            View { lcp: Some(9000.0), ..view("before", "j", -MINUTE) },
        ],
        1000.0,
    )
    .await;
    let share = |n: f64| Some(n / 8.0);
    assert_eq!((answer.n, answer.target_ms), (8, 1000.0));
    assert_eq!((answer.satisfied, answer.tolerating, answer.frustrated), (share(4.0), share(1.0), share(3.0)));
    assert_eq!((answer.score, answer.interval), (share(4.5), None));
    assert_eq!((answer.previous.n, answer.previous.score), (1, Some(0.0)));
}

#[tokio::test]
async fn views_are_weighted_and_sessions_make_the_interval() {
    // 40 sessions of weight 4 with two views each, all of a session alike: 20 satisfied, 10 tolerating, 10 frustrated.
    let lcp = |number: usize| [500.0, 500.0, 2000.0, 9000.0][number % 4];
    let session = |number: usize| {
        [0, 1].map(|index| View {
            lcp: Some(lcp(number)),
            weight: 4.0,
            ..view(&format!("s{number}"), &format!("v{number}-{index}"), MINUTE)
        })
    };
    let answer = of((0..40).flat_map(session).collect(), 1000.0).await;
    assert_eq!((answer.n, answer.score, answer.tolerating), (80, Some(0.625), Some(0.25)));
    // As sure as 40 visits, but for the one that the mean takes.
    assert!((answer.effective_n - 39.0).abs() < 1e-9, "{}", answer.effective_n);
    let interval = answer.interval.expect("enough sessions");
    let spread = (0.5 + 0.25 / 4.0 - 0.625_f64.powi(2)) / 39.0;
    assert!((interval.high - interval.low - 2.0 * 1.96 * spread.sqrt()).abs() < 0.02, "{interval:?}");
}

#[tokio::test]
async fn without_views_nothing_is_known() {
    let answer = of(Vec::new(), 2500.0).await;
    assert_eq!((answer.n, answer.score, answer.satisfied, answer.interval), (0, None, None, None));
}
