//! The server from start to ready, what it holds in memory when nothing happens, and what a build from nothing takes.

use std::collections::BTreeMap;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::children::Children;
use crate::progress::Step;
use crate::rust_build::cargo;
use crate::serve::Server;
use crate::shell;
use crate::workspace::Workspace;

/// Caches that a start fills are given back within this time; the figure is for a server that has come to rest.
const REST: Duration = Duration::from_secs(20);

pub struct Running {
    /// On an empty data folder: the engine makes its folder and all tables.
    pub first_start_seconds: f64,
    /// On the folder that the first start left.
    pub second_start_seconds: f64,
    pub server_idle_mib: f64,
    pub engine_idle_mib: f64,
}

pub fn measure(workspace: &Workspace, step: &Step) -> Result<Running> {
    let data = workspace.target.join("bench-data");
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    std::fs::create_dir_all(workspace.demo())?;
    // Port 0 is whichever is free, so that a running limen does not matter.
    let server = Server { binary: workspace.release_binary("limen"), data, port: 0, otlp_port: 0 };
    let mut children = Children::new()?;
    step.doing("first start");
    let first_start_seconds = start(workspace, &server, &mut children)?;
    children.stop();
    step.doing("second start");
    let second_start_seconds = start(workspace, &server, &mut children)?;
    step.doing("coming to rest");
    thread::sleep(REST);
    let memory = resident_mib(&server)?;
    children.stop();
    Ok(Running {
        first_start_seconds,
        second_start_seconds,
        server_idle_mib: *memory.get("serve").context("the server is not in the list of processes")?,
        engine_idle_mib: *memory.get("engine").context("the engine is not in the list of processes")?,
    })
}

fn start(workspace: &Workspace, server: &Server, children: &mut Children) -> Result<f64> {
    let begun = Instant::now();
    server.start(workspace, children)?;
    Ok(begun.elapsed().as_secs_f64())
}

/// Resident memory of our server and its engine, by the first argument of each. `ps` says it alike everywhere.
pub fn resident_mib(server: &Server) -> Result<BTreeMap<String, f64>> {
    let text = shell::output(Command::new("ps").args(["-axww", "-o", "rss=,args="]))?;
    Ok(by_role(&text, &server.binary.display().to_string(), &server.data.display().to_string()))
}

fn by_role(processes: &str, binary: &str, data: &str) -> BTreeMap<String, f64> {
    let mine = processes.lines().filter(|line| line.contains(binary) && line.contains(data));
    mine.filter_map(|line| {
        let mut words = line.split_whitespace();
        let kib: f64 = words.next()?.parse().ok()?;
        Some((words.nth(1)?.to_owned(), kib / 1024.0))
    })
    .collect()
}

/// Builds the optimised server in a target folder of its own, sources already downloaded.
pub fn cold_build(workspace: &Workspace, step: &Step) -> Result<f64> {
    let target = workspace.target.join("bench-cold");
    if target.exists() {
        std::fs::remove_dir_all(&target)?;
    }
    let begun = Instant::now();
    let mut build = cargo(workspace, &["build", "--release", "--locked", "--package", "limen-server"]);
    shell::quietly(workspace, step, "cold-build", build.env("CARGO_TARGET_DIR", &target))?;
    let seconds = begun.elapsed().as_secs_f64();
    std::fs::remove_dir_all(&target)?;
    Ok(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_processes_of_this_run_are_counted() {
        let processes =
            "  2048 /t/limen serve --data /t/d\n 4096 /t/limen engine --data /t/d\n 9 /t/limen serve --data /x\n";
        let memory = by_role(processes, "/t/limen", "/t/d");
        assert_eq!(memory, BTreeMap::from([("serve".to_owned(), 2.0), ("engine".to_owned(), 4.0)]));
    }
}
