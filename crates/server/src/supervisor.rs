//! Keeps the engine's process running: starts it, waits until it is ready, restarts it when it dies, stops it in order.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use crate::telemetry::Counters;

/// The engine's socket is ready within this time, or the process is stopped and started anew.
const READY_WITHIN: Duration = Duration::from_secs(120);
/// An orderly stop takes at most this long; then the process is killed.
const STOPPED_WITHIN: Duration = Duration::from_secs(30);
const RESTART_WAIT_MIN: Duration = Duration::from_millis(200);
const RESTART_WAIT_MAX: Duration = Duration::from_secs(10);
/// The engine of a server that was killed needs this long at most to close its data and give up its lock.
const LOCKED_UNTIL: Duration = Duration::from_secs(10);
/// An engine that ran this long was healthy: the next restart does not wait long.
const HEALTHY_AFTER: Duration = Duration::from_secs(60);

/// What the engine is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineState {
    Starting,
    Ready,
    /// It ended; a restart is on its way.
    Down(String),
    /// It cannot start at all, for the reason it wrote; nothing is tried again.
    Failed(String),
    Stopped,
}

impl fmt::Display for EngineState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EngineState::Starting => f.write_str("starting"),
            EngineState::Ready => f.write_str("ready"),
            EngineState::Down(reason) => write!(f, "down ({reason})"),
            EngineState::Failed(reason) => write!(f, "not able to start ({reason})"),
            EngineState::Stopped => f.write_str("stopped"),
        }
    }
}

/// How to start the engine.
#[derive(Debug, Clone)]
pub struct EngineCommand {
    pub program: PathBuf,
    pub data: PathBuf,
    pub socket: PathBuf,
    pub library: PathBuf,
    pub connections: usize,
    pub memory_max_bytes: u64,
}

#[derive(Debug)]
pub struct Supervisor {
    state: watch::Receiver<EngineState>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Supervisor {
    pub fn start(command: EngineCommand, counters: Arc<Counters>) -> Self {
        let (sender, state) = watch::channel(EngineState::Starting);
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(keep_running(command, counters, sender, stopped));
        Self { state, stop, task }
    }

    pub fn state(&self) -> watch::Receiver<EngineState> {
        self.state.clone()
    }

    /// Ends the engine and waits until it has closed its data.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.task.await;
    }
}

async fn keep_running(
    command: EngineCommand,
    counters: Arc<Counters>,
    state: watch::Sender<EngineState>,
    mut stop: oneshot::Receiver<()>,
) {
    let mut wait = RESTART_WAIT_MIN;
    let first_start = Instant::now();
    let mut ready_before = false;
    loop {
        state.send_replace(EngineState::Starting);
        let started = Instant::now();
        let ended = match spawn(&command) {
            Ok(mut child) => {
                counters.set_engine_pid(child.id());
                tokio::select! {
                ended = watch_over(&mut child, &state) => ended,
                _ = &mut stop => {
                    end(&mut child).await;
                    state.send_replace(EngineState::Stopped);
                    return;
                }
                }
            }
            Err(error) => Ended::NeedsHelp(format!("cannot start {}: {error}", command.program.display())),
        };
        counters.set_engine_pid(None);
        ready_before |= *state.borrow() == EngineState::Ready;
        match ended {
            // Once it has run, an operator may well mend what stopped it (a full disk, say) while the server waits.
            Ended::NeedsHelp(reason) if !ready_before => {
                state.send_replace(EngineState::Failed(reason));
                return;
            }
            Ended::Locked(reason) if !ready_before && first_start.elapsed() > LOCKED_UNTIL => {
                state.send_replace(EngineState::Failed(reason));
                return;
            }
            Ended::NeedsHelp(reason) | Ended::Locked(reason) | Ended::Died(reason) => {
                tracing::error!(reason, wait_ms = wait.as_millis() as u64, "the engine ended, restarting it");
                counters.engine_restarts.add(1);
                state.send_replace(EngineState::Down(reason));
            }
        }
        if started.elapsed() > HEALTHY_AFTER {
            wait = RESTART_WAIT_MIN;
        }
        tokio::select! {
            () = sleep(wait) => {}
            _ = &mut stop => {
                state.send_replace(EngineState::Stopped);
                return;
            }
        }
        wait = (wait * 2).min(RESTART_WAIT_MAX);
    }
}

/// How the engine's process ended.
enum Ended {
    /// It said itself that another start fails too until a person acts.
    NeedsHelp(String),
    /// Another process holds the data folder.
    Locked(String),
    Died(String),
}

fn spawn(command: &EngineCommand) -> std::io::Result<Child> {
    Command::new(&command.program)
        .arg("engine")
        .args([Path::new("--data"), &command.data, Path::new("--socket"), &command.socket])
        .args([Path::new("--library"), &command.library])
        .args(["--connections", &command.connections.to_string()])
        .args(["--memory-max-bytes", &command.memory_max_bytes.to_string()])
        // The engine ends by itself when this pipe closes, so it never outlives a server that was killed.
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Ctrl-C in a terminal reaches the whole process group: the server must end its requests first.
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}

async fn watch_over(child: &mut Child, state: &watch::Sender<EngineState>) -> Ended {
    // Held here until the end: waiting for the child would close it, and with that tell the engine to stop.
    let _stdin = child.stdin.take();
    let last_words = child.stderr.take().map(|stderr| tokio::spawn(relay(stderr)));
    let ready = match child.stdout.take() {
        Some(stdout) => timeout(READY_WITHIN, wait_until_ready(stdout)).await,
        None => Ok(false),
    };
    match ready {
        Ok(true) => {
            state.send_replace(EngineState::Ready);
        }
        Ok(false) => {}
        Err(_) => {
            tracing::error!(seconds = READY_WITHIN.as_secs(), "the engine was not ready in time");
            end(child).await;
        }
    }
    let status = child.wait().await;
    let words = match last_words {
        Some(task) => task.await.unwrap_or_default(),
        None => String::new(),
    };
    ended(status, words)
}

fn ended(status: std::io::Result<ExitStatus>, last_words: String) -> Ended {
    match status {
        Ok(status) => {
            let reason = if last_words.is_empty() { status.to_string() } else { last_words };
            match status.code() {
                Some(code) if code == i32::from(limen_engine::exit::DATA_LOCKED) => Ended::Locked(reason),
                Some(code) if limen_engine::exit::is_final(code) => Ended::NeedsHelp(reason),
                _ => Ended::Died(format!("{status}: {reason}")),
            }
        }
        Err(error) => Ended::Died(error.to_string()),
    }
}

/// True once the engine has written its `ready` line; false when it ended before.
async fn wait_until_ready(stdout: tokio::process::ChildStdout) -> bool {
    let mut lines = BufReader::new(stdout).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if line.trim() == "ready" {
            // Nothing more is expected on this pipe, but a full one would block the engine.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return true;
        }
    }
    false
}

/// Passes the engine's messages on and returns the last one, which says why it ended.
async fn relay(stderr: tokio::process::ChildStderr) -> String {
    let mut lines = BufReader::new(stderr).lines();
    let mut last = String::new();
    while let Ok(Some(line)) = lines.next_line().await {
        if !line.trim().is_empty() {
            tracing::debug!(target: "limen::engine", "{line}");
            last = line;
        }
    }
    last
}

async fn end(child: &mut Child) {
    let pid = child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?));
    if let Some(pid) = pid {
        let _ = kill_process(pid, Signal::TERM);
    }
    if timeout(STOPPED_WITHIN, child.wait()).await.is_err() {
        tracing::error!(seconds = STOPPED_WITHIN.as_secs(), "the engine did not stop in time, killing it");
        let _ = child.kill().await;
    }
}
