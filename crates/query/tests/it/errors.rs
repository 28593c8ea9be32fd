//! Groups of errors: who met them, in what order they stand, and one of them with its frames.

use limen_model::enriched::{EnrichedBatch, Event};
use limen_query::{ErrorsAnswer, ErrorsAsked, QueryError, error, errors};
use limen_store::{StackRow, Store};

use crate::engine_process::EngineProcess;
use crate::rows::{MINUTE, app, at, batch, exception, scope};

const STACK: &str = "TypeError: x is undefined\n    at t (https://shop.example/a.js:1:9)";
const FRAMES: &str = r#"[[{"function":"pay","file":"src/cart.ts","line":7,"column":3,"party":"app","unresolved":null,
    "raw":"t https://shop.example/a.js:1:9","context_first":7,"context":["  this.pay(x.price);"]}]]"#;

fn of(stack: u64, event: Event<'static>) -> Event<'static> {
    Event { exception_stack_id: stack, exception_stacktrace: STACK.into(), ..event }
}

/// Stacks 1 and 2 are one group in two releases, 3 is an extension's, 4 is noise, 5 is new and 9 unknown.
fn events() -> EnrichedBatch<'static> {
    let mut events = vec![
        of(1, exception("s1", "v1", 1, MINUTE)),
        of(1, exception("s1", "v1", 2, 2 * MINUTE)),
        of(2, exception("s2", "v2", 3, 3 * MINUTE)),
        of(3, exception("s3", "v3", 4, 4 * MINUTE)),
        of(4, exception("s3", "v3", 5, 5 * MINUTE)),
        of(5, exception("s4", "v4", 6, 6 * MINUTE)),
        of(9, exception("s4", "v4", 7, 7 * MINUTE)),
    ];
    events[2].dimensions.release = "2".into();
    events[2].weight = 4.0;
    events[2].exception_message = "no price of 17".into();
    events[5].exception_type = "RangeError".into();
    EnrichedBatch { events, ..batch() }
}

fn stack(id: u64, group: u64, class: &str, first_seen: i64) -> StackRow {
    StackRow {
        app: app().to_string(),
        stack_id: id,
        version: 1,
        group_id: group,
        class: class.to_owned(),
        noise: id == 4,
        grouped_by: "app_frames".to_owned(),
        release: id.to_string(),
        first_seen,
        culprit: format!("pay src/cart{group}.ts"),
        unresolved: if id == 5 { vec!["nothing_uploaded".to_owned()] } else { Vec::new() },
        parts: FRAMES.to_owned(),
    }
}

async fn engine() -> EngineProcess {
    let engine = EngineProcess::with(&[events()]).await;
    let before = at(-90 * MINUTE);
    let rows = [
        stack(1, 10, "app", before),
        stack(2, 10, "app", before + 1),
        stack(3, 30, "extension", before),
        stack(4, 40, "app", before),
        stack(5, 50, "app", at(6 * MINUTE)),
    ];
    engine.store.write_stacks(&rows).await.expect("written");
    engine
}

async fn ask(store: &Store, asked: ErrorsAsked) -> ErrorsAnswer {
    errors(store, &scope(&[]), &ErrorsAsked { limit: 50, ..asked }).await.expect("an answer")
}

fn ids(answer: &ErrorsAnswer) -> Vec<&str> {
    answer.groups.iter().map(|group| group.id.trim_start_matches('0')).collect()
}

#[tokio::test]
async fn stacks_of_one_group_count_together_and_noise_stands_apart() {
    let engine = engine().await;
    let answer = ask(&engine.store, ErrorsAsked::default()).await;
    assert_eq!(ids(&answer), ["a", "32"]);
    assert_eq!(answer.ungrouped, 1.0);
    let first = &answer.groups[0];
    assert_eq!((first.n, first.errors, first.sessions), (3, 6.0, 5.0));
    assert_eq!((first.message.as_str(), first.culprit.as_str()), ("no price of 17", "pay src/cart10.ts"));
    assert_eq!((first.first_release.as_str(), first.last_release.as_str()), ("1", "2"));
    assert_eq!(first.first_seen.0, at(-90 * MINUTE));
    assert_eq!(first.last_seen.0, at(3 * MINUTE));
    assert_eq!(first.trend.iter().sum::<f64>(), 6.0);
    assert_eq!(answer.groups[1].unresolved, ["nothing_uploaded"]);
    for (class, expected) in [("extension", "1e"), ("noise", "28")] {
        let asked = ErrorsAsked { class: Some(class.to_owned()), ..ErrorsAsked::default() };
        assert_eq!(ids(&ask(&engine.store, asked).await), [expected], "{class}");
    }
}

#[tokio::test]
async fn groups_are_searched_ordered_and_chosen() {
    let engine = engine().await;
    let said = |change: fn(&mut ErrorsAsked)| {
        let mut asked = ErrorsAsked::default();
        change(&mut asked);
        ask(&engine.store, asked)
    };
    assert_eq!(ids(&said(|asked| asked.new = true).await), ["32"]);
    assert_eq!(ids(&said(|asked| asked.order = Some("last".to_owned())).await), ["32", "a"]);
    assert_eq!(ids(&said(|asked| asked.search = Some("rangeE".to_owned())).await), ["32"]);
    assert_eq!(ids(&said(|asked| asked.search = Some("cart10".to_owned())).await), ["a"]);
    assert_eq!(ids(&said(|asked| asked.search = Some("' OR 1=1 --".to_owned())).await), [""; 0]);
    assert_eq!(ids(&said(|asked| asked.except = vec![10]).await), ["32"]);
    assert_eq!(ids(&said(|asked| asked.only = Some(vec![10])).await), ["a"]);
    let wrong = ErrorsAsked { class: Some("x".to_owned()), limit: 1, ..ErrorsAsked::default() };
    assert!(matches!(errors(&engine.store, &scope(&[]), &wrong).await, Err(QueryError::Scope(_))));
}

#[tokio::test]
async fn one_group_is_told_with_its_source_and_what_came_before() {
    let engine = engine().await;
    let answer = error(&engine.store, &scope(&[]), "000000000000000a", None).await.expect("an answer");
    assert_eq!(answer.occurrences.len(), 3);
    assert_eq!(answer.shown.occurrence.release, "2");
    let part = &answer.shown.parts[0];
    assert_eq!(part.head, "TypeError: x is undefined");
    assert_eq!((part.frames[0].function.as_str(), part.frames[0].line), ("pay", 7));
    assert_eq!(part.frames[0].context, ["  this.pay(x.price);"]);
    let releases = &answer.shares[0];
    assert_eq!((releases.dimension.as_str(), releases.values[0].errors), ("release", 4.0));

    let second = error(&engine.store, &scope(&[]), "a", Some("2")).await.expect("an answer");
    assert_eq!(second.shown.occurrence.session_id, "s1");
    let before: Vec<_> = second.shown.before.iter().map(|event| event.time.0).collect();
    assert_eq!(before, [at(MINUTE)]);
    for (id, occurrence) in [("b", None), ("a", Some("7")), ("x", None), ("", None), ("a", Some("-1"))] {
        let found = error(&engine.store, &scope(&[]), id, occurrence).await;
        assert!(matches!(found, Err(QueryError::NotFound { .. })), "{id} {occurrence:?}");
    }
}

#[tokio::test]
async fn a_stack_moves_with_all_its_errors_when_more_is_known() {
    let engine = engine().await;
    let moved = StackRow { version: 2, ..stack(5, 10, "app", at(6 * MINUTE)) };
    engine.store.write_stacks(&[moved]).await.expect("written");
    assert_eq!(ids(&ask(&engine.store, ErrorsAsked::default()).await), ["a"]);
}
