//! `cargo xtask dev`: limen with the UI's development server in front, which shows a change as soon as it is saved.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;

use crate::children::{Children, Event};
use crate::frontend;
use crate::progress::Steps;
use crate::rust_build;
use crate::serve::Server;
use crate::shell;
use crate::tools;
use crate::workspace::Workspace;

#[derive(Debug, Args)]
pub struct Options {
    /// Port of limen itself; the development server prints its own.
    #[arg(long, default_value_t = 4600)]
    port: u16,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let mut steps = Steps::new(6);
    steps.run("tools", |_| tools::check())?;
    steps.run("engine library", |step| frontend::engine_library(workspace, step))?;
    steps.run("npm packages", |step| frontend::packages(workspace, step))?;
    steps.run("agent and UI", |step| frontend::agent_and_ui(workspace, step))?;
    steps.run("server", |step| rust_build::debug(workspace, step, &["limen-server"]))?;
    let mut children = Children::new()?;
    steps.run("start limen and Vite", |_| {
        let limen = Server::of_demo(workspace, options.port).start(workspace, &mut children)?;
        // Not through `npm run`, which does not pass on the signal that ends it.
        let mut vite = Command::new(workspace.path("node_modules/.bin/vite"));
        children.start(workspace, "vite", vite.current_dir(workspace.path("ui")).env("LIMEN_URL", &limen.url))?;
        Ok(limen.url)
    })?;
    attend(workspace, &mut children)
}

/// Shows what both say until Ctrl-C or until one of them ends.
fn attend(workspace: &Workspace, children: &mut Children) -> Result<()> {
    loop {
        match children.next(Duration::from_secs(3_600)) {
            None => {}
            Some(Event::Stop) => {
                children.stop();
                return Ok(());
            }
            Some(Event::Line { from, text }) => println!("{from}: {text}"),
            Some(Event::Ended { name, status }) => {
                bail!("{name} ended with {status}; the end of .demo/{name}.log:\n{}", shell::tail(&workspace.log(name)))
            }
        }
    }
}
