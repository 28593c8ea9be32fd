//! How long senders wait for their answers: `limen load` against a server of its own, at full speed and then at half of that.

use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::machine::Machine;
use super::running::resident_mib;
use super::sections;
use crate::children::Children;
use crate::frontend;
use crate::progress::{Step, Steps};
use crate::rust_build;
use crate::serve::{Ready, Server};
use crate::shell;
use crate::workspace::Workspace;

const HEADING: &str = "## Under load";
/// Memory is looked at when merges and caches have come to rest.
const REST: Duration = Duration::from_secs(20);

#[derive(Debug, Args)]
pub struct Options {
    /// Seconds of each of the two runs.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// Print the section and leave docs/benchmarks.md as it is.
    #[arg(long)]
    print: bool,
}

/// What `limen load` says at its end.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    events_per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    lost: u64,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let mut steps = Steps::new(3);
    steps.run("engine library", |step| frontend::engine_library(workspace, step))?;
    steps.run("server, optimised", |step| rust_build::release(workspace, step, &["limen-server"]))?;
    let mut text = String::new();
    steps.run("load", |step| {
        text = measure(workspace, step, options.seconds)?;
        Ok(String::new())
    })?;
    println!("\n{text}");
    if options.print { Ok(()) } else { sections::replace(workspace, HEADING, &text) }
}

fn measure(workspace: &Workspace, step: &Step, seconds: u64) -> Result<String> {
    let data = workspace.target.join("bench-load");
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    std::fs::create_dir_all(workspace.demo())?;
    let server = Server { binary: workspace.release_binary("limen"), data, port: 0, otlp_port: 0 };
    let mut children = Children::new()?;
    let ready = server.start(workspace, &mut children)?;
    step.doing("as much as is taken");
    let full = load(workspace, &ready, &["--for", &format!("{seconds}s"), "--connections", "2000"])?;
    step.doing("half of that");
    let rate = format!("{:.0}", full.events_per_second / 2.0);
    let half = load(workspace, &ready, &["--for", &format!("{seconds}s"), "--connections", "2000", "--rate", &rate])?;
    step.doing("coming to rest");
    thread::sleep(REST);
    let memory = resident_mib(&server)?;
    children.stop();
    let of = |role: &str| memory.get(role).copied().with_context(|| format!("no process {role}"));
    Ok(section(&full, &half, of("serve")?, of("engine")?, &Machine::look()?))
}

fn load(workspace: &Workspace, ready: &Ready, more: &[&str]) -> Result<Run> {
    let mut command = Command::new(workspace.release_binary("limen"));
    command.args(["load", "--to", &ready.otlp, "--key", &ready.key, "--seed", "1"]).args(more);
    parse(&shell::output(&mut command)?)
}

/// Reads `… 0 lost with their request` and `took 27.9 s: 4805 events/s; answers p50 180.2 ms, p99 327.7 ms`.
fn parse(text: &str) -> Result<Run> {
    let number = |before: &str, after: &str| -> Result<f64> {
        let start = text.rfind(before).with_context(|| format!("no `{before}` in {text}"))? + before.len();
        let rest = &text[start..];
        let end = rest.find(after).with_context(|| format!("no `{after}` in {text}"))?;
        rest[..end].trim().parse().with_context(|| format!("not a number: {}", &rest[..end]))
    };
    let lost = number("were taken, ", " lost")?;
    let run = Run {
        events_per_second: number(" s: ", " events/s")?,
        p50_ms: number("p50 ", " ms")?,
        p99_ms: number("p99 ", " ms")?,
        lost: lost as u64,
    };
    if run.events_per_second <= 0.0 {
        bail!("nothing was taken: {text}");
    }
    Ok(run)
}

fn section(full: &Run, half: &Run, server_mib: f64, engine_mib: f64, machine: &Machine) -> String {
    let row = |name: &str, run: &Run| {
        format!("| {name} | {:.0} | {:.0} | {:.0} | {} |\n", run.events_per_second, run.p50_ms, run.p99_ms, run.lost)
    };
    format!(
        "{HEADING}\n\n`cargo xtask bench load`: `limen load` sends flushes of browser agents, JSON packed with gzip, over 2,000 connections to a\n\
         server on the same machine, whose {} cores they share. An answer comes when the rows are durable and readable; a group\n\
         of rows waits for others for a quarter of a second. Quantiles are off by a sixteenth at most. Machine: {}. Date: {}.\n\n\
         | load | events a second | answered within, half of them (ms) | 99 of 100 (ms) | events lost |\n|---|--:|--:|--:|--:|\n{}{}\n\
         {:.0} s later the server holds {server_mib:.0} MiB of memory and the engine {engine_mib:.0} MiB.\n",
        machine.cores,
        machine.processor,
        machine.date,
        row("as much as is taken", full),
        row("half of that", half),
        REST.as_secs_f64(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "seed 1\naccepted  10 of 10 events\nrejected  0 in requests that were taken, 3 lost with their request\n\
                        bytes 9 open\ntook      27.9 s: 4805 events/s; answers p50 180.2 ms, p99 327.7 ms\n";

    #[test]
    fn what_the_load_says_is_read() -> Result<()> {
        assert_eq!(parse(SAID)?, Run { events_per_second: 4805.0, p50_ms: 180.2, p99_ms: 327.7, lost: 3 });
        assert!(parse("took 1 s").is_err());
        assert!(parse(&SAID.replace("4805", "0")).is_err());
        Ok(())
    }
}
