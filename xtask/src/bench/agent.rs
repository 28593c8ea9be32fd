//! `cargo xtask bench agent`: the browser agent beside its peers, by the harness in agent/bench.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use super::sections;
use crate::frontend;
use crate::npm;
use crate::progress::Steps;
use crate::shell;
use crate::tools;
use crate::workspace::Workspace;

const FOLDER: &str = "agent/bench";
const HEADING: &str = "## The browser agent";
const ROUNDS_FAST: u32 = 2;

#[derive(Debug, Args)]
pub struct Options {
    /// How many rounds; every contestant takes its turn in each.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// Two rounds, for a look.
    #[arg(long)]
    fast: bool,
    /// Instead of the rounds: LCP, INP and CLS in so many visits with the agent and without.
    #[arg(long, value_name = "VISITS")]
    vitals: Option<u32>,
    /// Only these contestants: limen, otel, elastic, datadog, sentry, faro.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Measure this built script, and build none.
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Print the section and leave docs/benchmarks.md as it is; so do --fast and --only.
    #[arg(long)]
    print: bool,
    /// Fail when an aim is not met.
    #[arg(long)]
    check: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let mut steps = Steps::new(4);
    steps.run("tools", |_| tools::check())?;
    steps.run("packages of the project and of the peers", |step| {
        frontend::packages(workspace, step)?;
        npm::install(workspace, step, &workspace.path(FOLDER), "npm-bench")
    })?;
    steps.run("agent", |step| match &options.script {
        Some(script) => Ok(format!("as built: {}", script.display())),
        None => frontend::agent(workspace, step),
    })?;
    // A figure of an earlier run is never taken for one of this run.
    let written = workspace.target.join("bench/agent.md");
    if written.exists() {
        fs::remove_file(&written)?;
    }
    let mut outcome = Ok(());
    steps.run("visits in Chromium", |step| {
        outcome = shell::quietly(workspace, step, "bench-agent", &mut harness(workspace, options)?);
        Ok(String::new())
    })?;
    let Ok(section) = fs::read_to_string(&written) else {
        return outcome.and_then(|()| anyhow::bail!("the harness ended well but wrote no {}", written.display()));
    };
    println!("\n{section}");
    if !options.print && !options.fast && options.only.is_empty() {
        sections::replace(workspace, HEADING, &section)?;
    }
    // An aim that --check found not met: the figures above say which.
    outcome
}

fn harness(workspace: &Workspace, options: &Options) -> Result<Command> {
    let mut node = Command::new("node");
    node.arg(workspace.path(FOLDER).join("main.mjs"));
    node.arg("--out").arg(workspace.target.join("bench/agent.json"));
    node.arg("--rounds").arg(if options.fast { ROUNDS_FAST } else { options.rounds }.to_string());
    if let Some(visits) = options.vitals {
        node.arg("--vitals").arg(visits.to_string());
    }
    if !options.only.is_empty() {
        node.arg("--only").arg(options.only.join(","));
    }
    if let Some(script) = &options.script {
        node.arg("--limen")
            .arg(fs::canonicalize(script).with_context(|| format!("no script at {}", script.display()))?);
    }
    if options.check {
        node.arg("--check");
    }
    if let Some(chromium) = tools::chromium() {
        node.env("CHROMIUM", chromium);
    }
    Ok(node)
}
