//! Kills server and engine many times under load: the test of the server's crate, for longer than the tests take.

use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use super::machine::Machine;
use super::sections;

use crate::frontend;
use crate::progress::Steps;
use crate::shell;
use crate::workspace::Workspace;

const HEADING: &str = "## Killed again and again";

#[derive(Debug, Args)]
pub struct Options {
    /// How often a process is killed; each takes one to three seconds.
    #[arg(long, default_value_t = 200)]
    kills: u64,
    /// Repeats the choices of an earlier run, which names its seed.
    #[arg(long)]
    seed: Option<u64>,
    /// Print the section and leave docs/benchmarks.md as it is.
    #[arg(long)]
    print: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    Steps::new(1).run("engine library", |step| frontend::engine_library(workspace, step))?;
    let mut command = Command::new("cargo");
    command
        .current_dir(&workspace.root)
        .args(["test", "--quiet", "--package", "limen-server", "--test", "it", "faults::", "--", "--nocapture"])
        .env("FAULT_KILLS", options.kills.to_string());
    if let Some(seed) = options.seed {
        command.env("FAULT_SEED", seed.to_string());
    }
    let said = shell::output(&mut command)?;
    let section = section(&said, options.kills, &Machine::look()?)?;
    println!("\n{section}");
    if options.print { Ok(()) } else { sections::replace(workspace, HEADING, &section) }
}

/// The test fails, and there is no section, when anything that was acknowledged is missing or there twice.
fn section(said: &str, kills: u64, machine: &Machine) -> Result<String> {
    let batches =
        said.lines().find(|line| line.ends_with(" acknowledged")).context("the test said nothing of batches")?;
    Ok(format!(
        "{HEADING}\n\n`cargo xtask bench faults`: server, engine or both are killed {kills} times (SIGKILL) while eight senders send every batch \
         twice.\n{batches}; of those 0 are missing and 0 are there twice.\nDate: {}.\n",
        machine.date
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_count_of_batches_there_is_no_section() -> Result<()> {
        let machine = Machine::look()?;
        assert!(section("test result: ok", 200, &machine).is_err());
        assert!(section("9 batches sent, 7 acknowledged\n", 200, &machine)?.contains("killed 200 times"));
        Ok(())
    }
}
