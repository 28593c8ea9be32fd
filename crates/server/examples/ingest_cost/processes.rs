//! The processes that are measured, and the processor time they have used.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use anyhow::{Context, Result, bail};
use limen_store::{Address, Store, migrate};
use serde_json::Value;
use tempfile::TempDir;

/// Processor seconds of the server and of its engine.
pub struct Cpu {
    pub server: f64,
    pub engine: f64,
}

/// `limen serve` with a data folder of its own.
pub struct Server {
    child: Child,
    engine: u32,
    pub otlp: String,
    pub key: String,
    data: TempDir,
}

impl Server {
    pub fn start() -> Result<Self> {
        let data = tempfile::tempdir()?;
        let flags = ["serve", "--listen", "127.0.0.1:0", "--otlp-listen", "127.0.0.1:0", "--grpc", "off", "--data"];
        let mut child =
            Command::new(limen()?).args(flags).arg(data.path()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let line = wait_for(&mut child, "limen ready ")?;
        let ready: Value = serde_json::from_str(line.trim_start_matches("limen ready "))?;
        let text = |value: &Value| value.as_str().map(str::to_owned).context("the ready line lacks a text");
        let engine = child_of(child.id())?;
        Ok(Self { child, engine, otlp: text(&ready["otlp"])?, key: text(&ready["apps"][0]["key"])?, data })
    }

    pub fn cpu(&self) -> Result<Cpu> {
        Ok(Cpu { server: cpu_of(self.child.id())?, engine: cpu_of(self.engine)? })
    }

    /// The tables, past the server.
    pub fn store(&self) -> Result<Store> {
        Ok(Store::open(&Address::Socket(self.data.path().join("run").join("engine.sock")))?)
    }

    pub fn stop(mut self) -> Result<()> {
        interrupt(&mut self.child)
    }
}

/// An engine without a server.
pub struct Engine {
    child: Child,
    pub store: Store,
    /// The engine ends when this closes.
    _stdin: Option<ChildStdin>,
    _data: TempDir,
}

impl Engine {
    pub async fn start() -> Result<Self> {
        let data = tempfile::tempdir()?;
        let socket = data.path().join("run").join("engine.sock");
        let mut child = Command::new(limen()?)
            .arg("engine")
            .args([Path::new("--data"), &data.path().join("engine"), Path::new("--socket"), &socket])
            .args([Path::new("--library"), &limen_engine::find_library(None)?])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        wait_for(&mut child, "ready")?;
        let store = Store::open(&Address::Socket(socket))?;
        migrate(store.client()).await?;
        Ok(Self { _stdin: child.stdin.take(), child, store, _data: data })
    }

    pub fn cpu(&self) -> Result<f64> {
        cpu_of(self.child.id())
    }

    /// What the engine holds in memory now, and forgets the most that it held before, in MiB.
    pub fn rest(&self) -> Result<f64> {
        let process = PathBuf::from("/proc").join(self.child.id().to_string());
        std::fs::write(process.join("clear_refs"), "5").context("forgetting the peak")?;
        self.memory("VmRSS:")
    }

    /// The most that the engine held since, in MiB.
    pub fn peak(&self) -> Result<f64> {
        self.memory("VmHWM:")
    }

    fn memory(&self, name: &str) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)).context("no such line")?;
        let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kib / 1024.0)
    }

    pub fn stop(mut self) -> Result<()> {
        interrupt(&mut self.child)
    }
}

/// The release binary that `cargo xtask bench` builds; this example lies in the folder below it.
fn limen() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let binary = own.parent().and_then(Path::parent).context("no folder")?.join("limen");
    if !binary.exists() {
        bail!("{} is missing: run cargo xtask bench, which builds it", binary.display());
    }
    Ok(binary)
}

fn wait_for(child: &mut Child, start: &str) -> Result<String> {
    let stdout = child.stdout.take().context("piped")?;
    let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
    let line = lines.find(|line| line.starts_with(start)).context("it ended before it was ready")?;
    Ok(line)
}

fn interrupt(child: &mut Child) -> Result<()> {
    Command::new("kill").args(["-INT", &child.id().to_string()]).status()?;
    child.wait()?;
    Ok(())
}

fn child_of(parent: u32) -> Result<u32> {
    let output = Command::new("ps").args(["-o", "pid=", "--ppid", &parent.to_string()]).output()?;
    Ok(String::from_utf8(output.stdout)?.split_whitespace().next().context("no engine")?.parse()?)
}

pub fn own_cpu() -> Result<f64> {
    cpu_of(std::process::id())
}

/// User and system time of a process in seconds, from fields 14 and 15 of Linux's /proc/PID/stat.
fn cpu_of(pid: u32) -> Result<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat =
        std::fs::read_to_string(format!("/proc/{pid}/stat")).context("processor time is read from Linux's /proc")?;
    let (_, fields) = stat.rsplit_once(')').context("no process name")?;
    let ticks: Vec<f64> = fields.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
    Ok(ticks.iter().sum::<f64>() / TICKS_PER_SECOND)
}
