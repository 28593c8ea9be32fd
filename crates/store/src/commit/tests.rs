//! Group commit against a sink that fails as told: who is answered what, and what is written how often.

use std::sync::Mutex;

use limen_model::AppId;
use limen_model::enriched::{EnrichedBatch, Log};

use crate::batch::Table;

use super::*;

/// Remembers every insert and answers with the errors it was given, in order, then with success.
#[derive(Default)]
struct Script {
    answers: Mutex<Vec<StoreError>>,
    /// Refuses every insert whose rows hold this text.
    poison: Option<&'static str>,
    seen: Mutex<Vec<(Table, String, usize)>>,
}

impl Sink for Script {
    async fn insert(&self, insert: &Insert) -> Result<(), StoreError> {
        let rows = &insert.rows;
        self.seen.lock().expect("no panic").push((insert.table, insert.token.clone(), rows.len()));
        if self.poison.is_some_and(|poison| rows.windows(poison.len()).any(|window| window == poison.as_bytes())) {
            return Err(StoreError::Refused("poison".to_owned()));
        }
        match self.answers.lock().expect("no panic").pop() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}

fn batch(body: &str) -> EncodedBatch {
    EncodedBatch::encode(&EnrichedBatch {
        app: AppId::parse("shop").expect("valid"),
        received_unix_nano: 0,
        views: vec![],
        events: vec![],
        spans: vec![],
        logs: vec![Log { body: body.to_owned().into(), ..Log::default() }],
        metrics: vec![],
        views_of_spans: 0,
        rejections: Default::default(),
        redactions: Default::default(),
        routes_over_limit: 0,
    })
}

fn start(script: Script) -> (Committer, Arc<Script>, JoinHandle<()>) {
    let script = Arc::new(script);
    let (committer, task) = Committer::start_with(Arc::clone(&script), 7, None);
    (committer, script, task)
}

#[tokio::test(start_paused = true)]
async fn batches_of_many_requests_are_written_as_one_insert() {
    let (committer, script, _task) = start(Script::default());
    let (a, b, c) = (batch("a"), batch("b"), batch("c"));
    let (ra, rb, rc) = tokio::join!(committer.commit(a), committer.commit(b), committer.commit(c));
    assert!(ra.is_ok() && rb.is_ok() && rc.is_ok());
    let seen = script.seen.lock().expect("no panic");
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].2, batch("a").bytes() * 3);
}

#[tokio::test(start_paused = true)]
async fn an_insert_without_an_answer_is_repeated_with_the_same_token() {
    let away = StoreError::Unavailable("restarting".to_owned());
    let (committer, script, _task) = start(Script { answers: Mutex::new(vec![away]), ..Script::default() });
    assert!(committer.commit(batch("a")).await.is_ok());
    let seen = script.seen.lock().expect("no panic");
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].1, seen[1].1);
}

#[tokio::test(start_paused = true)]
async fn a_batch_is_handed_back_when_the_engine_stays_away() {
    let away = || StoreError::Unavailable("gone".to_owned());
    let answers = (0..INSERT_ATTEMPTS).map(|_| away()).collect();
    let (committer, script, _task) = start(Script { answers: Mutex::new(answers), ..Script::default() });
    assert!(matches!(committer.commit(batch("a")).await, Err(StoreError::Unavailable(_))));
    assert!(committer.commit(batch("b")).await.is_ok());
    let seen = script.seen.lock().expect("no panic");
    assert_ne!(seen.first().map(|s| &s.1), seen.last().map(|s| &s.1), "another group has another token");
}

#[tokio::test(start_paused = true)]
async fn refused_rows_cost_only_their_own_sender() {
    let (committer, _script, _task) = start(Script { poison: Some("bad"), ..Script::default() });
    let (good, bad) = tokio::join!(committer.commit(batch("fine")), committer.commit(batch("bad")));
    assert!(good.is_ok());
    assert!(matches!(bad, Err(StoreError::Refused(_))));
}

#[tokio::test(start_paused = true)]
async fn refuses_more_than_may_wait_and_takes_it_again_later() {
    let (committer, _script, _task) = start(Script::default());
    let huge = batch(&"x".repeat(WAITING_BYTES_MAX));
    assert!(matches!(committer.commit(huge).await, Err(StoreError::Overloaded { .. })));
    assert!(committer.commit(batch("small")).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn what_waits_is_written_before_the_writer_stops() {
    let (committer, script, task) = start(Script::default());
    let waiting = tokio::spawn({
        let committer = committer.clone();
        async move { committer.commit(batch("last")).await }
    });
    tokio::task::yield_now().await;
    drop(committer);
    assert!(waiting.await.expect("no panic").is_ok());
    task.await.expect("no panic");
    assert_eq!(script.seen.lock().expect("no panic").len(), 1);
}
