//! Counts of sessions, views, errors and requests.

use limen_model::enriched::{Dimensions, EnrichedBatch, Event, View};
use limen_query::{BreakdownOrder, Dimension, Interval, LeftOut, Scope, Visitors, breakdown, traffic};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, attribute, batch, exception, scope, view};

#[tokio::test]
async fn counts_are_weighted_and_compared_with_the_period_before() {
    let views = vec![
        View { errors: 1, requests: 3, failed_requests: 1, ..view("s1", "a", MINUTE) },
        View { requests: 1, ..view("s1", "b", 30 * MINUTE) },
        View { requests: 2, weight: 4.0, ..view("s2", "c", MINUTE) },
        View { dimensions: Dimensions { bot: true, ..Default::default() }, ..view("bot", "d", MINUTE) },
        View { version: 2, ..of_test("d2") },
        of_test("d2"),
        view("s0", "e", -MINUTE),
    ];
    let events = vec![
        exception("s1", "a", 1, MINUTE),
        exception("s1", "a", 1, MINUTE),
        exception("s1", "a", 2, 2 * MINUTE),
        Event { name: "browser.web_vital".into(), ..exception("s1", "a", 3, MINUTE) },
        exception("s0", "e", 1, -MINUTE),
    ];
    let engine = EngineProcess::with(&[EnrichedBatch { views, events, ..batch() }]).await;
    let answer = traffic(&engine.store, &scope(&[])).await.expect("an answer");
    assert_eq!(answer.left_out, LeftOut { bots: 1.0, tests: 1.0 });
    assert_eq!((answer.sessions, answer.views, answer.errors), (5.0, 6.0, 2.0));
    assert_eq!((answer.requests, answer.failed_requests, answer.error_rate), (12.0, 1.0, Some(1.0 / 6.0)));
    let previous = &answer.previous;
    assert_eq!((previous.sessions, previous.views, previous.errors, previous.error_rate), (1.0, 1.0, 1.0, Some(0.0)));
    assert_eq!((answer.step_seconds, answer.points.len()), (60, 60));
    let point =
        |minute: usize| (answer.points[minute].sessions, answer.points[minute].views, answer.points[minute].errors);
    assert_eq!(
        [point(0), point(1), point(2), point(30)],
        [(0.0, 0.0, 0.0), (5.0, 5.0, 1.0), (0.0, 0.0, 1.0), (1.0, 1.0, 0.0)]
    );
}

#[tokio::test]
async fn a_session_whose_views_have_several_weights_counts_with_the_smallest() {
    let of = |session: &str, id: &str, route: &'static str, weight| View {
        route: route.into(),
        weight,
        ..view(session, id, MINUTE)
    };
    let views = vec![
        of("drawn", "a", "/", 4.0),
        of("drawn", "b", "/checkout", 1.0),
        of("brought back", "c", "/", 0.0),
        of("brought back", "d", "/checkout", 1.0),
        of("elsewhere", "e", "/", 4.0),
    ];
    let engine = EngineProcess::with(&[EnrichedBatch { views, ..batch() }]).await;
    let answer = traffic(&engine.store, &scope(&[])).await.expect("an answer");
    assert_eq!((answer.sessions, answer.views), (6.0, 10.0));
    assert_eq!(answer.points[1].sessions, 6.0);
    let at_home = traffic(&engine.store, &scope(&["route:/"])).await.expect("an answer");
    assert_eq!((at_home.sessions, at_home.intervals.sessions.low), (8.0, 2.0));
    let checkout = traffic(&engine.store, &scope(&["route:/checkout"])).await.expect("an answer");
    assert_eq!((checkout.sessions, checkout.intervals.sessions), (2.0, Interval { low: 2.0, high: 2.0 }));
    let rows = breakdown(&engine.store, &scope(&[]), Dimension::Country, BreakdownOrder::Views, 5).await;
    assert_eq!(rows.expect("an answer").rows[0].sessions, 6.0);
}

fn of_test(id: &str) -> View<'static> {
    View {
        dimensions: Dimensions { bot: true, ..Default::default() },
        attributes: attribute("user_agent.synthetic.type", "test".to_owned()),
        ..view("test", id, MINUTE)
    }
}

#[tokio::test]
async fn robots_and_tests_count_when_they_are_asked_for() {
    let views = vec![of_test("a"), of_test("b"), view("s1", "c", MINUTE)];
    let engine = EngineProcess::with(&[EnrichedBatch { views, ..batch() }]).await;
    for (visitors, expected) in
        [(Visitors::People, (1.0, 1.0)), (Visitors::Bots, (1.0, 2.0)), (Visitors::All, (2.0, 3.0))]
    {
        let answer = traffic(&engine.store, &Scope { visitors, ..scope(&[]) }).await.expect("an answer");
        assert_eq!((answer.sessions, answer.views), expected, "{visitors:?}");
        assert_eq!(answer.left_out.tests > 0.0, visitors == Visitors::People, "{visitors:?}");
    }
}

#[tokio::test]
async fn nothing_is_zero_sessions_but_no_error_rate() {
    let engine = EngineProcess::with(&[]).await;
    let answer = traffic(&engine.store, &scope(&["country:DE"])).await.expect("an answer");
    assert_eq!((answer.sessions, answer.views, answer.errors, answer.error_rate), (0.0, 0.0, 0.0, None));
    assert_eq!(answer.points.len(), 60);
}
