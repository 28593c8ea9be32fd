//! A real `limen serve` with its engine, on ports of its own and a data folder that vanishes.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The longest a test waits for something that must come; it fails then, and passes as soon as it is there.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Serving {
    child: Child,
    pub url: String,
    pub otlp: String,
    pub grpc: String,
    pub key: String,
}

/// `limen serve` on free ports, ready to be started.
pub fn command(data: &Path) -> Command {
    command_at(data, "127.0.0.1:0")
}

/// The same with a main port of the caller's choice.
pub fn command_at(data: &Path, listen: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_limen"));
    command
        .args(["serve", "--listen", listen, "--otlp-listen", "127.0.0.1:0", "--grpc", "127.0.0.1:0"])
        .args(["--first-app", "shop", "--data"])
        .arg(data)
        .env_remove("LIMEN_CONFIG")
        .current_dir(workspace())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The engine library is looked for from here upwards.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl Serving {
    pub fn start(data: &Path) -> Self {
        Self::from(command(data))
    }

    /// Starts it and waits until it is ready.
    pub fn from(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::inherit()).spawn().expect("the binary starts");
        let stdout = child.stdout.take().expect("piped");
        let line = BufReader::new(stdout)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("limen ready ").map(str::to_owned))
            .expect("the server says that it is ready");
        let ready: Value = serde_json::from_str(&line).expect("one line of JSON");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Self {
            child,
            url: text(&ready["url"]),
            otlp: text(&ready["otlp"]),
            grpc: text(&ready["grpc"]),
            key: text(&ready["apps"][0]["key"]),
        }
    }

    /// Asks the API.
    pub async fn ask(&self, path: &str) -> Value {
        let response = reqwest::get(format!("{}/api/v1{path}", self.url)).await.expect("an answer");
        let status = response.status();
        let text = response.text().await.expect("a body");
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).expect("JSON")
    }

    /// How often an outcome was counted, over all applications and signals.
    pub async fn outcome(&self, name: &str) -> u64 {
        let answer = self.ask("/outcomes").await;
        let outcomes = answer["outcomes"].as_array().expect("a list");
        outcomes.iter().filter(|entry| entry["outcome"] == name).filter_map(|entry| entry["count"].as_u64()).sum()
    }

    /// Ends the server as Ctrl-C does and waits for it.
    pub fn stop(mut self) {
        signal(self.child.id(), "INT");
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "an orderly end: {status}");
    }

    /// Ends the server without warning.
    pub fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// The process id of the engine, the server's only child.
    pub fn engine_pid(&self) -> Option<u32> {
        let path = format!("/proc/{0}/task/{0}/children", self.child.id());
        // Not every kernel lists children there.
        let listed = std::fs::read_to_string(path).ok().and_then(|text| text.split_whitespace().next()?.parse().ok());
        listed.or_else(|| child_of(self.child.id()))
    }

    /// Ends the engine without warning; between two of its lives there is nothing to end.
    pub fn kill_engine_if_it_runs(&self) {
        if let Some(pid) = self.engine_pid() {
            let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).stderr(Stdio::null()).status();
        }
    }
}

/// An engine that neither works nor ends, until this is dropped.
pub struct Paused(u32);

impl Serving {
    pub fn pause_engine(&self) -> Paused {
        let pid = self.engine_pid().expect("it runs");
        signal(pid, "STOP");
        Paused(pid)
    }

    /// The most memory that the server, without its engine, has ever had.
    pub fn memory_peak_bytes(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(path).expect("a process of this system");
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak is told");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
    }
}

impl Drop for Paused {
    fn drop(&mut self) {
        signal(self.0, "CONT");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn child_of(parent: u32) -> Option<u32> {
    let output = Command::new("ps").args(["-o", "pid=", "--ppid", &parent.to_string()]).output().ok()?;
    String::from_utf8_lossy(&output.stdout).split_whitespace().next()?.parse().ok()
}

fn signal(pid: u32, name: &str) {
    let status = Command::new("kill").args([format!("-{name}"), pid.to_string()]).status().expect("kill runs");
    assert!(status.success());
}

/// Runs a server that must not start and returns what it says.
pub fn refused(mut command: Command) -> String {
    let mut child = command.spawn().expect("the binary starts");
    let mut said = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut said).expect("text");
    let status = child.wait().expect("it ends");
    assert!(!status.success(), "it started: {said}");
    said
}

/// Asks again until `found` says what it is looking for.
pub async fn eventually<T>(what: &str, found: impl AsyncFnMut() -> Option<T>) -> T {
    eventually_within(PATIENCE, what, found).await
}

/// The same for what takes its time.
pub async fn eventually_within<T>(patience: Duration, what: &str, mut found: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(value) = found().await {
            return value;
        }
        assert!(Instant::now() < deadline, "not within {} s: {what}", patience.as_secs());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
