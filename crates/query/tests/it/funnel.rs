//! Funnels of stored sessions: against a model that tries every beginning, and what is said about each step.

use limen_model::attributes::{EVENT_CLICK, EVENT_TRANSACTION, TRANSACTION_NAME, TRANSACTION_STATE};
use limen_model::enriched::{Dimensions, EnrichedBatch, Event, View};
use limen_model::{Attributes, Value};
use limen_query::{FunnelAnswer, Journey, funnel};
use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, batch, exception, scope, view};

fn page(session: &str, id: usize, route: &'static str, minute: i64) -> View<'static> {
    View { route: route.into(), ..view(session, &format!("v{id}"), minute * MINUTE) }
}

fn click(session: &str, id: usize, name: &'static str, minute: i64) -> Event<'static> {
    Event { name: EVENT_CLICK.into(), label: name.into(), ..exception(session, "v0", id as u64, minute * MINUTE) }
}

fn transaction(session: &str, id: usize, state: &'static str, minute: i64) -> Event<'static> {
    let text = |text: &'static str| Value::Text(text.into());
    let attributes = Attributes(vec![(TRANSACTION_NAME.into(), text("pay")), (TRANSACTION_STATE.into(), text(state))]);
    Event { name: EVENT_TRANSACTION.into(), attributes, ..exception(session, "v0", id as u64, minute * MINUTE) }
}

fn journey(steps: &[&str], window_seconds: Option<u32>) -> Journey {
    let steps: Vec<String> = steps.iter().map(|&step| step.to_owned()).collect();
    Journey::parse(&steps, window_seconds).expect("a journey")
}

async fn asked(views: Vec<View<'static>>, events: Vec<Event<'static>>, steps: &[&str]) -> FunnelAnswer {
    let engine = EngineProcess::with(&[EnrichedBatch { views, events, ..batch() }]).await;
    funnel(&engine.store, &scope(&[]), &journey(steps, None)).await.expect("an answer")
}

fn numbers(answer: &FunnelAnswer) -> Vec<u64> {
    answer.steps.iter().map(|step| step.n).collect()
}

/// What can happen in the sessions of the model, and a journey that comes back to where it began.
const HAPPENINGS: [&str; 5] = ["route:/a", "route:/b", "action:buy", "transaction-success:pay", "route:/x"];
const STEPS: [&str; 5] = ["route:/a", "route:/b", "route:/a", "action:buy", "transaction-success:pay"];

/// How many steps a session reached: from every beginning, each next step as early as it can be.
fn reached(session: &[(i64, usize)], window: i64) -> usize {
    let mut order: Vec<_> = session
        .iter()
        .map(|&(minute, what)| {
            let happened = HAPPENINGS[what];
            // Views before events of the same moment, as the walk takes them.
            (minute, !happened.starts_with("route"), STEPS.map(|step| step == happened))
        })
        .collect();
    order.sort();
    let from = |begin: usize| {
        let start = order[begin].0;
        let mut step = 1;
        for (minute, _, hits) in &order[begin + 1..] {
            if step < STEPS.len() && hits[step] && minute - start <= window {
                step += 1;
            }
        }
        step
    };
    (0..order.len()).filter(|&begin| order[begin].2[0] && order[begin].0 < 60).map(from).max().unwrap_or(0)
}

#[tokio::test]
async fn agrees_with_a_model_that_tries_every_beginning() {
    let sessions = vec((vec((0..90_i64, 0..HAPPENINGS.len()), 1..40), 1..5_u32), 400);
    let sessions = sessions.new_tree(&mut TestRunner::deterministic()).expect("sessions").current();
    let (mut views, mut events) = (Vec::new(), Vec::new());
    for (number, (happened, weight)) in sessions.iter().enumerate() {
        let (session, weight) = (format!("s{number}"), f64::from(*weight));
        for (id, &(minute, what)) in happened.iter().enumerate() {
            match HAPPENINGS[what].split_once(':') {
                Some(("route", route)) => views.push(View { weight, ..page(&session, id, route, minute) }),
                Some(("action", name)) => events.push(Event { weight, ..click(&session, id, name, minute) }),
                _ => events.push(Event { weight, ..transaction(&session, id, "success", minute) }),
            }
        }
    }
    let engine = EngineProcess::with(&[EnrichedBatch { views, events, ..batch() }]).await;
    for window in [5, 15, 40, 1440] {
        let answer = funnel(&engine.store, &scope(&[]), &journey(&STEPS, Some(window * 60))).await.expect("an answer");
        let (mut n, mut weighted) = ([0; STEPS.len()], [0.0; STEPS.len()]);
        for (happened, weight) in &sessions {
            for step in 0..reached(happened, i64::from(window)) {
                n[step] += 1;
                weighted[step] += f64::from(*weight);
            }
        }
        assert_eq!(numbers(&answer), n, "{window} minutes");
        assert_eq!(answer.steps.iter().map(|step| step.sessions).collect::<Vec<_>>(), weighted, "{window} minutes");
        assert!(n[1] > 0 && n[1] < n[0] && n[2] < n[1], "the model tells nothing: {n:?}");
    }
}

#[tokio::test]
async fn each_step_says_how_long_it_took_and_who_left() {
    let views = vec![
        page("stays", 0, "/a", 0),
        page("stays", 1, "/b", 2),
        page("stays", 2, "/b", 30),
        page("leaves", 3, "/a", 1),
        page("later", 4, "/a", 5),
        page("elsewhere", 5, "/b", 6),
        // Began after the range.
        page("after", 6, "/a", 61),
    ];
    let events = vec![transaction("stays", 1, "start", 3), transaction("leaves", 2, "failure", 4)];
    let answer = asked(views, events, &["route:/a", "route:/b", "transaction-start:pay"]).await;
    assert_eq!((numbers(&answer), answer.long_sessions), (vec![3, 1, 1], 0));
    let [first, second, third] = answer.steps.as_slice() else { panic!("three steps") };
    assert_eq!((first.median_wait, second.median_wait, third.median_wait), (None, Some(120_000.0), Some(60_000.0)));
    assert_eq!((first.left_here.as_slice(), second.left_here.len()), (["later".into(), "leaves".into()].as_slice(), 0));
    assert_eq!((third.of_previous, third.of_first, third.left_here.len()), (Some(1.0), Some(1.0 / 3.0), 1));
    assert_eq!((third.of_first_low, first.of_previous), (None, None));
}

#[tokio::test]
async fn a_filter_chooses_sessions_and_neither_robots_nor_other_names_count() {
    let from = |country: &'static str, view: View<'static>| {
        let dimensions = Dimensions { country: country.into(), ..view.dimensions };
        View { dimensions, ..view }
    };
    let robot = |view: View<'static>| View { dimensions: Dimensions { bot: true, ..view.dimensions.clone() }, ..view };
    let views = vec![
        from("DE", page("s1", 0, "/a", 0)),
        // Its country is no longer known here, but its session was chosen.
        page("s1", 1, "/b", 1),
        from("FR", page("s2", 2, "/a", 0)),
        robot(from("DE", page("s3", 3, "/a", 0))),
        // Kept for its error alone.
        View { weight: 0.0, ..from("DE", page("s4", 4, "/a", 0)) },
    ];
    let events = vec![click("s1", 1, "sell", 2)];
    let engine = EngineProcess::with(&[EnrichedBatch { views, events, ..batch() }]).await;
    let steps = journey(&["route:/a", "route:/b", "action:buy"], None);
    let answer = funnel(&engine.store, &scope(&["country:DE"]), &steps).await.expect("an answer");
    assert_eq!(numbers(&answer), [1, 1, 0]);
    assert_eq!((answer.steps[2].of_previous, answer.steps[2].median_wait), (Some(0.0), None));
}
