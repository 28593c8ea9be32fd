//! Kills server and engine many times under load: the test of the server's crate, for longer than the tests take.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::frontend;
use crate::progress::Steps;
use crate::shell;
use crate::workspace::Workspace;

#[derive(Debug, Args)]
pub struct Options {
    /// How often a process is killed; each takes one to three seconds.
    #[arg(long, default_value_t = 200)]
    kills: u64,
    /// Repeats the choices of an earlier run, which names its seed.
    #[arg(long)]
    seed: Option<u64>,
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
    shell::aloud(&mut command)
}
