//! Both processes are killed again and again while every batch is sent twice: what was acknowledged is there once.
//!
//! `FAULT_KILLS` and `FAULT_SEED` make it longer and repeat its choices; `cargo xtask bench faults` sets the first.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use limen_store::{Address, Store};
use reqwest::Client;
use serde_json::Value;
use tokio::sync::watch;

use crate::load::{BATCH, Told, batch, spool_emptied, try_post};
use crate::records::{log, logs, now_nano};
use crate::serving::{Serving, eventually};

/// As many as end within half a minute.
const KILLS: u64 = 8;
const SENDERS: usize = 8;
/// The longest time between two kills. Half of them follow sooner, so that an engine on its way back is hit again and
/// the spool is used.
const MOMENT_MAX: Duration = Duration::from_millis(1500);

/// Where batches are sent.
#[derive(Debug, Clone)]
enum Target {
    /// There is no server now.
    Nowhere,
    At {
        otlp: String,
        key: String,
    },
    /// Nothing more is sent.
    End,
}

struct Sending {
    target: watch::Sender<Target>,
    next: AtomicU64,
    acknowledged: Mutex<BTreeSet<u64>>,
}

impl Sending {
    fn to(&self, server: &Serving) {
        self.target.send_replace(Target::At { otlp: server.otlp.clone(), key: server.key.clone() });
    }

    async fn keep_sending(&self) {
        let client = Client::new();
        let mut target = self.target.subscribe();
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let (path, body) = numbered(number);
            for _ in 0..2 {
                let found = target.wait_for(|target| !matches!(target, Target::Nowhere)).await;
                let Target::At { otlp, key } = found.expect("the sender is held").clone() else { return };
                if try_post(&client, &format!("{otlp}{path}"), &key, &body).await == Told::Acknowledged {
                    self.acknowledged.lock().expect("no panic").insert(number);
                }
            }
        }
    }
}

/// Batches go to two tables in turn, so that a group is more than one insert.
fn numbered(number: u64) -> (&'static str, Value) {
    if number.is_multiple_of(2) {
        return ("/v1/traces", batch(number));
    }
    let records: Vec<_> = (0..BATCH).map(|n| log(now_nano(), &format!("{number} {n}"))).collect();
    ("/v1/logs", logs(&records))
}

#[derive(Debug, Clone, Copy)]
enum Victim {
    Server,
    Engine,
    Both,
}

/// Marsaglia's xorshift: the choices of one run, repeatable by their seed.
struct Choices(u64);

impl Choices {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn victim(&mut self) -> Victim {
        [Victim::Engine, Victim::Engine, Victim::Server, Victim::Both][self.below(4) as usize]
    }

    fn moment(&mut self) -> Duration {
        let longest = if self.below(2) == 0 { MOMENT_MAX } else { MOMENT_MAX / 5 };
        longest * self.below(1000) as u32 / 1000
    }
}

fn number_from(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().expect("a number"))
}

async fn start(data: &Path) -> Serving {
    let data = data.to_owned();
    tokio::task::spawn_blocking(move || Serving::start(&data)).await.expect("it starts")
}

async fn kill(server: Serving, victim: Victim, data: &Path, sending: &Sending) -> Serving {
    if matches!(victim, Victim::Engine | Victim::Both) {
        server.kill_engine_if_it_runs();
    }
    if matches!(victim, Victim::Engine) {
        return server;
    }
    sending.target.send_replace(Target::Nowhere);
    server.kill();
    let server = start(data).await;
    sending.to(&server);
    server
}

/// How often each record of each batch is there, as questions see it.
async fn found(data: &Path) -> BTreeMap<u64, Vec<u64>> {
    let socket = data.canonicalize().expect("a folder").join("run").join("engine.sock");
    let store = Store::open(&Address::Socket(socket)).expect("a client");
    let ask = |sql: &'static str| store.client().query(sql).fetch_all::<(u64, u64)>();
    // Traces are numbered from 1, because a trace id of zeros is none.
    let spans = "SELECT toUInt64(reinterpretAsUInt64(reverse(substring(trace_id, 9, 8))) - 1), count() FROM spans FINAL \
                 GROUP BY trace_id, span_id";
    let logs = "SELECT toUInt64(splitByChar(' ', body)[1]), count() FROM logs FINAL GROUP BY body";
    let mut found: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for sql in [spans, logs] {
        for (number, count) in ask(sql).await.expect("an answer") {
            found.entry(number).or_default().push(count);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_there_exactly_once_whoever_is_killed_when() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_nanos() as u64;
    let seed = number_from("FAULT_SEED").unwrap_or(now) | 1;
    let kills = number_from("FAULT_KILLS").unwrap_or(KILLS);
    println!("FAULT_SEED={seed} FAULT_KILLS={kills}");
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = start(folder.path()).await;
    let sending = Arc::new(Sending {
        target: watch::Sender::new(Target::Nowhere),
        next: AtomicU64::new(0),
        acknowledged: Mutex::default(),
    });
    let senders: Vec<_> = (0..SENDERS)
        .map(|_| {
            let sending = Arc::clone(&sending);
            tokio::spawn(async move { sending.keep_sending().await })
        })
        .collect();
    sending.to(&server);
    // Once for certain: the server dies while the spool holds something.
    eventually("something is spooled", async || {
        server.kill_engine_if_it_runs();
        (server.ask("/status").await["spool"]["entries"].as_u64() > Some(0)).then_some(())
    })
    .await;
    server = kill(server, Victim::Both, folder.path(), &sending).await;
    let mut choices = Choices(seed);
    for _ in 0..kills {
        // Nothing is waited for: this is the random moment.
        tokio::time::sleep(choices.moment()).await;
        server = kill(server, choices.victim(), folder.path(), &sending).await;
    }
    sending.target.send_replace(Target::End);
    for sender in senders {
        sender.await.expect("every answer was one of those that are allowed");
    }
    spool_emptied(&server).await;
    let acknowledged = sending.acknowledged.lock().expect("no panic").clone();
    let found = found(folder.path()).await;
    println!("{} batches sent, {} acknowledged", sending.next.load(Ordering::Relaxed), acknowledged.len());
    assert!(!acknowledged.is_empty());
    for number in &acknowledged {
        assert!(found.contains_key(number), "seed {seed}: batch {number} was acknowledged and is lost");
    }
    for (number, counts) in &found {
        assert_eq!(*counts, [1; BATCH as usize], "seed {seed}: batch {number} is half there or doubled");
    }
    server.stop();
}
