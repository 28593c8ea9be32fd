//! `cargo xtask bench`: measures what the project promises and writes docs/benchmarks.md with machine and date.

mod agent;
mod faults;
mod ingest;
mod load;
mod machine;
mod page;
mod range;
mod running;
mod sections;

use std::fs;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};

use crate::frontend;
use crate::progress::Steps;
use crate::rust_build;
use crate::tools;
use crate::workspace::Workspace;

const PAGE: &str = "docs/benchmarks.md";

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Options {
    #[command(subcommand)]
    part: Option<Part>,
    /// Also build everything anew in a folder of its own, which takes minutes.
    #[arg(long)]
    cold: bool,
    /// Print the page and leave docs/benchmarks.md as it is.
    #[arg(long)]
    print: bool,
}

#[derive(Debug, Subcommand)]
enum Part {
    /// The browser agent beside its peers, in Chromium: takes about ten minutes a round.
    Agent(agent::Options),
    /// Kills server and engine under load and looks for what is lost or doubled: a good five minutes.
    Faults(faults::Options),
    /// How long senders wait for their answers at full and at half load: about two minutes.
    Load(load::Options),
    /// What questions over a week of 20 million events cost, from views and from sums: about ten minutes.
    Range(range::Options),
}

/// What the page tells that this run measures; the part on the browser agent is measured apart.
struct Figures {
    machine: machine::Machine,
    running: running::Running,
    cold_build_seconds: Option<f64>,
    ingest: Vec<ingest::Row>,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    match &options.part {
        Some(Part::Agent(options)) => return agent::run(workspace, options),
        Some(Part::Faults(options)) => return faults::run(workspace, options),
        Some(Part::Load(options)) => return load::run(workspace, options),
        Some(Part::Range(options)) => return range::run(workspace, options),
        None => {}
    }
    let mut steps = Steps::new(if options.cold { 7 } else { 6 });
    steps.run("tools", |_| tools::check())?;
    steps.run("engine library and packages", |step| {
        frontend::engine_library(workspace, step)?;
        frontend::packages(workspace, step)
    })?;
    steps.run("agent and UI", |step| frontend::agent_and_ui(workspace, step))?;
    steps.run("server, optimised", |step| rust_build::release(workspace, step, &["limen-server"]))?;
    let mut cold_build_seconds = None;
    if options.cold {
        steps.run("cold build", |step| {
            cold_build_seconds = Some(running::cold_build(workspace, step)?);
            Ok(String::new())
        })?;
    }
    let mut running = None;
    steps.run("start and idle memory", |step| {
        running = Some(running::measure(workspace, step)?);
        Ok(String::new())
    })?;
    let mut rows = Vec::new();
    steps.run("cost per event", |step| {
        rows = ingest::measure(workspace, step)?;
        Ok(format!("{} rows", rows.len()))
    })?;
    let figures = Figures {
        machine: machine::Machine::look()?,
        running: running.context("measured above")?,
        cold_build_seconds,
        ingest: rows,
    };
    let before = fs::read_to_string(workspace.path(PAGE)).unwrap_or_default();
    let page = page::write(&figures, &before);
    println!("\n{page}");
    if !options.print {
        fs::write(workspace.path(PAGE), page).context("could not write docs/benchmarks.md")?;
    }
    Ok(())
}
