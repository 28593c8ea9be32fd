//! The spool between a group commit and an engine that comes and goes as told.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use limen_model::enriched::{EnrichedBatch, Log};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::*;
use crate::batch::EncodedBatch;
use crate::commit::{Committer, Kept};
use crate::insert::Sink;

/// More than any test writes.
const ROOMY: u64 = 1 << 20;

/// What the engine does with an insert.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mood {
    Works,
    Away,
    /// It writes the rows, but the answer is lost.
    Forgets,
    Hangs,
    DiskFull,
    /// It takes everything but rows that hold this text.
    Refuses(&'static str),
}

/// An engine that takes each token once.
#[derive(Debug)]
struct Engine {
    mood: watch::Sender<Mood>,
    tables: Mutex<Tables>,
}

#[derive(Debug, Default)]
struct Tables {
    /// In the order in which they were taken first.
    taken: Vec<(String, Vec<u8>)>,
    /// How often each token came.
    seen: BTreeMap<String, usize>,
}

impl Sink for Engine {
    async fn insert(&self, insert: &Insert) -> Result<(), StoreError> {
        let mood = *self.mood.borrow();
        match mood {
            Mood::Away => return Err(StoreError::Unavailable("away".to_owned())),
            Mood::DiskFull => return Err(StoreError::DiskFull("243".to_owned())),
            Mood::Hangs => std::future::pending().await,
            Mood::Refuses(text) if insert.rows.windows(text.len()).any(|window| window == text.as_bytes()) => {
                return Err(StoreError::Refused("poison".to_owned()));
            }
            Mood::Works | Mood::Forgets | Mood::Refuses(_) => {}
        }
        let mut tables = self.tables.lock().expect("no panic");
        let times = tables.seen.entry(insert.token.clone()).or_default();
        *times += 1;
        if *times == 1 {
            tables.taken.push((insert.token.clone(), insert.rows.to_vec()));
        }
        if mood == Mood::Forgets { Err(StoreError::Unavailable("no answer".to_owned())) } else { Ok(()) }
    }
}

impl Engine {
    fn start(mood: Mood) -> Arc<Self> {
        Arc::new(Self { mood: watch::Sender::new(mood), tables: Mutex::default() })
    }

    /// The bodies of the log records that it has, each as often as it is there.
    fn bodies(&self, among: &[&'static str]) -> Vec<&'static str> {
        let tables = self.tables.lock().expect("no panic");
        let rows: Vec<_> = tables.taken.iter().map(|(_, rows)| rows.as_slice()).collect();
        let holds = |rows: &[u8], body: &str| rows.windows(body.len()).any(|window| window == body.as_bytes());
        rows.iter().flat_map(|rows| among.iter().copied().filter(|body| holds(rows, body))).collect()
    }
}

/// A server's life: a group commit over a spool in a folder.
struct Life {
    committer: Committer,
    writer: JoinHandle<()>,
    spool: Arc<Spool>,
    losses: Arc<Mutex<Vec<Loss>>>,
}

impl Life {
    async fn begin(engine: &Arc<Engine>, folder: &Path, bytes_max: u64, instance: u64) -> Self {
        let losses = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&losses);
        let spool = Spool::open(folder, bytes_max, move |loss| told.lock().expect("no panic").push(loss)).await;
        let spool = Arc::new(spool.expect("opened"));
        let (committer, writer) = Committer::start_with(Arc::clone(engine), instance, Some(Arc::clone(&spool)));
        Self { committer, writer, spool, losses }
    }

    async fn commit(&self, app: &str, body: &str) -> Result<Kept, StoreError> {
        self.committer.commit(batch(app, body)).await
    }

    async fn emptied(&self) {
        self.spool.level().wait_for(|level| level.entries == 0).await.expect("the spool is there");
    }

    async fn end(self) {
        drop(self.committer);
        self.writer.await.expect("no panic");
    }

    fn losses(&self) -> Vec<Loss> {
        self.losses.lock().expect("no panic").clone()
    }
}

fn batch(app: &str, body: &str) -> EncodedBatch {
    EncodedBatch::encode(&EnrichedBatch {
        app: AppId::parse(app).expect("valid"),
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

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Fills a spool with three entries and ends.
async fn three_entries(folder: &Path) {
    let life = Life::begin(&Engine::start(Mood::Away), folder, ROOMY, 1).await;
    for body in ["first", "second", "third"] {
        assert_eq!(life.commit("shop", body).await.expect("kept"), Kept::Spooled);
    }
    assert_eq!(life.spool.level().borrow().entries, 3);
    life.end().await;
}

#[tokio::test]
async fn what_comes_while_the_engine_is_away_is_kept_and_written_in_order_when_it_is_back() {
    let (folder, engine) = (folder(), Engine::start(Mood::Away));
    let life = Life::begin(&engine, folder.path(), ROOMY, 1).await;
    assert_eq!(life.commit("shop", "first").await.expect("kept"), Kept::Spooled);
    assert_eq!(life.commit("shop", "second").await.expect("kept"), Kept::Spooled);
    let level = *life.spool.level().borrow();
    assert_eq!((level.entries, level.rows), (2, 2));
    assert!(level.bytes > 0 && level.oldest_unix_milli.is_some());
    engine.mood.send_replace(Mood::Works);
    life.emptied().await;
    assert_eq!(engine.bodies(&["first", "second"]), ["first", "second"]);
    assert_eq!(life.spool.level().borrow().oldest_unix_milli, None);
    assert_eq!(life.commit("shop", "third").await.expect("kept"), Kept::Committed);
    life.end().await;
}

#[tokio::test]
async fn an_insert_whose_answer_was_lost_is_replayed_under_its_own_token() {
    let (folder, engine) = (folder(), Engine::start(Mood::Forgets));
    let life = Life::begin(&engine, folder.path(), ROOMY, 1).await;
    assert_eq!(life.commit("shop", "first").await.expect("kept"), Kept::Spooled);
    engine.mood.send_replace(Mood::Works);
    life.emptied().await;
    let seen = engine.tables.lock().expect("no panic").seen.clone();
    assert!(seen.len() == 1 && seen.values().all(|times| *times > 1), "{seen:?}");
    life.end().await;
}

#[tokio::test]
async fn a_new_start_replays_what_the_last_one_left_byte_for_byte() {
    let folder = folder();
    three_entries(folder.path()).await;
    let engine = Engine::start(Mood::Works);
    let life = Life::begin(&engine, folder.path(), ROOMY, 2).await;
    life.emptied().await;
    let tables = engine.tables.lock().expect("no panic");
    let rows = |body| batch("shop", body).into_tables().next().expect("logs").1.bytes;
    let expected: Vec<_> = ["first", "second", "third"].map(rows).into_iter().enumerate().collect();
    let taken: Vec<_> = tables.taken.iter().map(|(_, rows)| rows.clone()).enumerate().collect();
    assert_eq!(taken, expected);
    assert!(tables.seen.keys().all(|token| token.starts_with("0000000000000001-")), "{:?}", tables.seen);
}

#[tokio::test]
async fn an_end_in_the_middle_of_a_replay_repeats_only_tokens() {
    let folder = folder();
    three_entries(folder.path()).await;
    let engine = Engine::start(Mood::Forgets);
    let life = Life::begin(&engine, folder.path(), ROOMY, 2).await;
    let first_came = || !engine.tables.lock().expect("no panic").taken.is_empty();
    while !first_came() {
        tokio::task::yield_now().await;
    }
    life.end().await;
    engine.mood.send_replace(Mood::Works);
    let again = Life::begin(&engine, folder.path(), ROOMY, 3).await;
    again.emptied().await;
    assert_eq!(engine.bodies(&["first", "second", "third"]), ["first", "second", "third"]);
    again.end().await;
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_does_not_answer_is_not_waited_for_longer_than_a_sender_waits() {
    let (folder, engine) = (folder(), Engine::start(Mood::Hangs));
    let life = Life::begin(&engine, folder.path(), ROOMY, 1).await;
    let start = tokio::time::Instant::now();
    assert_eq!(life.commit("shop", "first").await.expect("kept"), Kept::Spooled);
    assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_full_spool_refuses_whole_batches_and_takes_them_again_when_there_is_room() {
    let (folder, engine) = (folder(), Engine::start(Mood::Away));
    let life = Life::begin(&engine, folder.path(), 5_000, 1).await;
    assert_eq!(life.commit("shop", "small").await.expect("kept"), Kept::Spooled);
    let before = *life.spool.level().borrow();
    let big = "x".repeat(5_000);
    assert!(matches!(life.commit("shop", &big).await, Err(StoreError::SpoolFull { bytes_max: 5_000 })));
    assert_eq!(*life.spool.level().borrow(), before);
    engine.mood.send_replace(Mood::Works);
    life.emptied().await;
    assert_eq!(life.commit("shop", &big).await.expect("kept"), Kept::Committed);
    life.end().await;
}

#[tokio::test]
async fn a_full_disk_below_the_engine_is_told_and_not_hidden_in_the_spool() {
    let (folder, engine) = (folder(), Engine::start(Mood::DiskFull));
    let life = Life::begin(&engine, folder.path(), ROOMY, 1).await;
    assert!(matches!(life.commit("shop", "first").await, Err(StoreError::DiskFull(_))));
    assert_eq!(life.spool.level().borrow().entries, 0);
    engine.mood.send_replace(Mood::Works);
    assert_eq!(life.commit("shop", "first").await.expect("kept"), Kept::Committed);
    life.end().await;
}

#[tokio::test]
async fn a_full_disk_below_the_spool_keeps_what_is_there_and_goes_on_when_there_is_space() {
    let (folder, engine) = (folder(), Engine::start(Mood::Away));
    let life = Life::begin(&engine, folder.path(), ROOMY, 1).await;
    assert_eq!(life.commit("shop", "first").await.expect("kept"), Kept::Spooled);
    let spool = &life.spool;
    let limit = |pages| async move {
        let mut file = spool.file.lock().await;
        file.pages_max = pages;
        file.close().await;
    };
    limit(Some(12)).await;
    let big = "x".repeat(100_000);
    let refused = life.commit("shop", &big).await;
    assert!(matches!(&refused, Err(StoreError::SpoolFailed(reason)) if reason.contains("full")), "{refused:?}");
    assert_eq!(life.spool.level().borrow().entries, 1);
    limit(None).await;
    assert_eq!(life.commit("shop", &big).await.expect("kept"), Kept::Spooled);
    engine.mood.send_replace(Mood::Works);
    life.emptied().await;
    assert_eq!(engine.bodies(&["first", "xxxxx"]), ["first", "xxxxx"]);
    life.end().await;
}

#[tokio::test]
async fn a_damaged_entry_is_counted_and_put_aside_and_the_others_are_written() {
    let folder = folder();
    three_entries(folder.path()).await;
    let path = folder.path().join("spool.sqlite");
    let mut bytes = std::fs::read(&path).expect("read");
    let at = bytes.windows(6).position(|window| window == b"second").expect("the rows stand in the file");
    bytes[at] = b'z';
    std::fs::write(&path, bytes).expect("written");
    let engine = Engine::start(Mood::Works);
    let life = Life::begin(&engine, folder.path(), ROOMY, 2).await;
    life.emptied().await;
    assert_eq!(engine.bodies(&["first", "second", "zecond", "third"]), ["first", "third"]);
    assert_eq!(life.losses(), [Loss { app: None, signal: None, outcome: Outcome::SpoolDamaged, rows: 1 }]);
    assert!(folder.path().join("spool-aside.sqlite").exists());
    life.end().await;
}

#[tokio::test]
async fn a_file_that_is_none_is_put_aside_and_does_not_stop_the_start() {
    for damage in ["garbage", "cut", "zeros"] {
        let folder = folder();
        three_entries(folder.path()).await;
        let path = folder.path().join("spool.sqlite");
        let mut bytes = std::fs::read(&path).expect("read");
        match damage {
            "garbage" => bytes = b"this is no database".repeat(1_000),
            "cut" => bytes.truncate(bytes.len() / 2),
            _ => bytes[4_096..].fill(0),
        }
        std::fs::write(&path, bytes).expect("written");
        let engine = Engine::start(Mood::Works);
        let life = Life::begin(&engine, folder.path(), ROOMY, 2).await;
        assert_eq!(life.commit("shop", "later").await.expect("kept"), Kept::Committed, "{damage}");
        life.emptied().await;
        assert!(life.losses().iter().any(|loss| loss.outcome == Outcome::SpoolDamaged), "{damage}");
        assert!(folder.path().join("spool-aside.sqlite").exists(), "{damage}");
        life.end().await;
    }
}

#[tokio::test]
async fn rows_that_the_engine_refuses_in_a_replay_cost_only_their_own_sender() {
    let (folder, engine) = (folder(), Engine::start(Mood::Away));
    let life = Life::begin(&engine, folder.path(), ROOMY, 1).await;
    let (a, b) = tokio::join!(life.commit("shop", "fine"), life.commit("blog", "bad"));
    assert_eq!((a.expect("kept"), b.expect("kept")), (Kept::Spooled, Kept::Spooled));
    assert_eq!(life.spool.level().borrow().entries, 1, "one group");
    engine.mood.send_replace(Mood::Refuses("bad"));
    life.emptied().await;
    assert_eq!(engine.bodies(&["fine", "bad"]), ["fine"]);
    let blog = AppId::parse("blog").ok();
    let expected = Loss { app: blog, signal: Some(Signal::Logs), outcome: Outcome::StoreRefused, rows: 1 };
    assert_eq!(life.losses(), [expected]);
    assert!(folder.path().join("spool-aside.sqlite").exists());
    life.end().await;
}

#[tokio::test]
async fn one_process_has_the_spool_at_a_time() {
    let folder = folder();
    let first = Spool::open(folder.path(), ROOMY, |_| {}).await.expect("opened");
    let second = Spool::open(folder.path(), ROOMY, |_| {}).await.expect_err("it is taken");
    assert!(second.to_string().contains("another process"), "{second}");
    first.close().await;
    Spool::open(folder.path(), ROOMY, |_| {}).await.expect("it is free");
}

#[tokio::test]
async fn an_emptied_spool_gives_the_disk_its_space_back() {
    let (folder, engine) = (folder(), Engine::start(Mood::Away));
    let life = Life::begin(&engine, folder.path(), ROOMY, 1).await;
    assert_eq!(life.commit("shop", &"x".repeat(500_000)).await.expect("kept"), Kept::Spooled);
    engine.mood.send_replace(Mood::Works);
    life.emptied().await;
    life.end().await;
    let size = std::fs::metadata(folder.path().join("spool.sqlite")).expect("there").len();
    assert!(size < 100_000, "{size} bytes");
}
