//! A real engine for a test: this test binary runs itself again as the engine's process. `query`'s tests use it too.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use limen_model::enriched::EnrichedBatch;
use limen_store::{Address, Committer, EncodedBatch, Store, migrate};
use tempfile::TempDir;

use crate::shards;

const DATA: &str = "LIMEN_TEST_ENGINE_DATA";
/// Set, all tests run over the tables of a cluster; see docs/cluster.md.
const SHARDS: &str = "LIMEN_TEST_SHARDS";

pub struct EngineProcess {
    child: Child,
    /// Open as long as the engine runs: the test runner in it writes to it after a minute, and must be able to.
    _stdout: BufReader<ChildStdout>,
    pub store: Store,
    data: TempDir,
}

impl EngineProcess {
    /// Starts an engine with empty tables; they are spread over shards when a run of the tests wants that.
    pub async fn start() -> Self {
        if std::env::var_os(SHARDS).is_some() {
            return Self::sharded().await;
        }
        let process = Self::without_tables();
        migrate(process.store.client()).await.expect("tables");
        process
    }

    /// Starts an engine that takes itself for both shards of a cluster, with empty tables.
    pub async fn sharded() -> Self {
        let data = tempfile::tempdir().expect("a folder");
        shards::configure(&data.path().join("engine"));
        let mut process = Self::begin(data);
        process.store = shards::open(&process.store, &Address::Socket(socket(process.data.path().into()))).await;
        process
    }

    /// Starts an engine as it is on the first start of a server.
    pub fn without_tables() -> Self {
        Self::begin(tempfile::tempdir().expect("a folder"))
    }

    fn begin(data: TempDir) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this binary"))
            .args(["--exact", "engine_process::run_as_engine", "--ignored", "--nocapture"])
            .env(DATA, data.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        let ready = stdout.by_ref().lines().map_while(Result::ok).any(|line| line.trim_end().ends_with("ready"));
        assert!(ready, "the engine ended before it was ready");
        let store = Store::open(&Address::Socket(socket(data.path().into()))).expect("a client");
        Self { child, _stdout: stdout, store, data }
    }

    /// Starts an engine whose tables hold nothing but these rows.
    pub async fn with(batches: &[EnrichedBatch<'_>]) -> Self {
        let process = Self::start().await;
        process.insert(batches).await;
        process
    }

    pub async fn insert(&self, batches: &[EnrichedBatch<'_>]) {
        static STARTS: AtomicU64 = AtomicU64::new(1);
        let instance = STARTS.fetch_add(1, Ordering::Relaxed);
        let (committer, writer) = Committer::start(self.store.client().clone(), instance, None);
        for batch in batches {
            committer.commit(EncodedBatch::encode(batch)).await.expect("committed");
        }
        drop(committer);
        writer.await.expect("no panic");
    }

    /// Where the engine keeps its files.
    #[allow(dead_code, reason = "the tests of other crates do not look there")]
    pub fn data(&self) -> &Path {
        self.data.path()
    }
}

impl Drop for EngineProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn socket(data: PathBuf) -> PathBuf {
    data.join("run").join("engine.sock")
}

/// No test of its own: what `EngineProcess::start` runs in the child.
#[test]
#[ignore = "the engine's process of the other tests"]
fn run_as_engine() {
    let data = PathBuf::from(std::env::var_os(DATA).expect("started by a test"));
    let options = limen_engine::EngineOptions {
        library: limen_engine::find_library(None).expect("run cargo xtask engine"),
        data: data.join("engine"),
        socket: socket(data),
        connections: 4,
        memory_max_bytes: 1 << 30,
        binary_version: "test",
    };
    limen_engine::run(options).expect("it runs");
}
