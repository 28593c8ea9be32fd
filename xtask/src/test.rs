//! `cargo xtask test`: installs what the tests need, runs all of them in groups, and ends with a table.

mod groups;

use std::env;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::Args;

use crate::frontend;
use crate::packages::{self, Wanted};
use crate::progress::{Steps, seconds};
use crate::python;
use crate::shell;
use crate::tools;
use crate::workspace::Workspace;
use groups::{Action, GROUPS, Group};

#[derive(Debug, Args)]
pub struct Options {
    /// Leave out what drives a browser.
    #[arg(long)]
    fast: bool,
    /// Run the groups after a failed one as well.
    #[arg(long)]
    keep_going: bool,
    /// Run only the groups with a word in their name that begins like one of these, such as `clippy` or `agent,ui`.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Install no system packages.
    #[arg(long)]
    no_install: bool,
}

struct Finished {
    name: &'static str,
    outcome: Outcome,
    took: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    /// Failed, and passed when it ran again: a fault of the test or of the code that somebody has to find.
    Flaky,
    Failed,
    NotRun,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let begun = Instant::now();
    let groups: Vec<&Group> = GROUPS.iter().filter(|group| options.chooses(group)).collect();
    if groups.is_empty() {
        let names: Vec<&str> = GROUPS.iter().map(|group| group.name).collect();
        bail!("no group has such a name; there are: {}", names.join(", "));
    }
    install(workspace, options)?;
    let results = run_groups(workspace, &groups, options.keep_going);
    print_table(&results, begun.elapsed());
    let failed = results.iter().filter(|result| result.outcome == Outcome::Failed).count();
    if failed > 0 {
        bail!("{failed} of {} groups failed", results.len());
    }
    Ok(())
}

impl Options {
    fn chooses(&self, group: &Group) -> bool {
        let begins = |part: &String| group.name.split(' ').any(|word| word.to_lowercase().starts_with(part.as_str()));
        let named = self.only.is_empty() || self.only.iter().any(begins);
        named && !(self.fast && group.drives_browser)
    }
}

fn install(workspace: &Workspace, options: &Options) -> Result<()> {
    let mut steps = Steps::new(6);
    let wanted = [Wanted::Chromium, Wanted::Firefox, Wanted::Postgres, Wanted::PythonVenv];
    steps.run("tools", |_| tools::check())?;
    steps.run("rustfmt and clippy", |step| tools::provide_linters(workspace, step))?;
    steps.run("system packages", |step| packages::provide(workspace, step, &wanted, !options.no_install))?;
    steps.run("engine library", |step| frontend::engine_library(workspace, step))?;
    steps.run("npm packages", |step| frontend::packages(workspace, step))?;
    steps.run("Python packages", |step| python::provide(workspace, step))
}

fn run_groups(workspace: &Workspace, groups: &[&Group], keep_going: bool) -> Vec<Finished> {
    let mut results: Vec<Finished> = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let stopped = !keep_going && results.iter().any(|result| result.outcome == Outcome::Failed);
        let begun = Instant::now();
        let outcome = if stopped {
            Outcome::NotRun
        } else {
            eprintln!("\n== {}/{} {}: {}", index + 1, groups.len(), group.name, group.action.shown());
            group.run(workspace)
        };
        results.push(Finished { name: group.name, outcome, took: begun.elapsed() });
    }
    results
}

impl Group {
    fn run(&self, workspace: &Workspace) -> Outcome {
        if self.passes(workspace) {
            return Outcome::Passed;
        }
        // A browser on a busy machine loses a frame or a tab now and then. What fails twice has failed, and what
        // passed at the second try is named, not hidden.
        if !self.drives_browser {
            return Outcome::Failed;
        }
        eprintln!("\n== {} once more", self.name);
        if self.passes(workspace) { Outcome::Flaky } else { Outcome::Failed }
    }

    fn passes(&self, workspace: &Workspace) -> bool {
        self.action.run(workspace).inspect_err(|error| eprintln!("\n{} failed: {error:#}", self.name)).is_ok()
    }
}

impl Action {
    fn shown(self) -> String {
        match self {
            Self::Command(words) => words.join(" "),
            Self::RustTests => rust_tests().join(" "),
            Self::Inside(what, _) => what.to_owned(),
        }
    }

    fn run(self, workspace: &Workspace) -> Result<()> {
        match self {
            Self::Command(words) => run_command(workspace, words),
            Self::RustTests => run_command(workspace, rust_tests()),
            Self::Inside(_, check) => check(workspace),
        }
    }
}

/// nextest ends a test that hangs and keeps engines from starving each other; without it cargo must do.
fn rust_tests() -> &'static [&'static str] {
    let nextest = Command::new("cargo").args(["nextest", "--version"]).output();
    if nextest.is_ok_and(|output| output.status.success()) {
        &["cargo", "nextest", "run", "--workspace", "--locked"]
    } else {
        &["cargo", "test", "--workspace", "--locked"]
    }
}

fn run_command(workspace: &Workspace, words: &[&str]) -> Result<()> {
    let Some((program, arguments)) = words.split_first() else { bail!("a group without a command") };
    let mut command = Command::new(program);
    command.current_dir(&workspace.root).args(arguments);
    // Not named LIMEN_*: the server refuses variables of that kind that it does not know.
    command.env("TEST_PYTHON", python::interpreter(workspace));
    if let Some(firefox) = env::var_os("FIREFOX").or_else(|| tools::firefox().map(Into::into)) {
        command.env("FIREFOX", firefox);
    }
    shell::aloud(&mut command)
}

fn print_table(results: &[Finished], took: Duration) {
    println!("\n{:<24} {:<8} time", "group", "result");
    for result in results {
        let outcome = match result.outcome {
            Outcome::Passed => "passed",
            Outcome::Flaky => "FLAKY",
            Outcome::Failed => "FAILED",
            Outcome::NotRun => "not run",
        };
        let time = if result.outcome == Outcome::NotRun { String::new() } else { seconds(result.took) };
        println!("{:<24} {outcome:<8} {time}", result.name);
    }
    println!("{:<24} {:<8} {}", "all, with installing", "", seconds(took));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(only: &[&str], fast: bool) -> Vec<&'static str> {
        let only = only.iter().map(|part| (*part).to_owned()).collect();
        let options = Options { fast, keep_going: false, only, no_install: true };
        GROUPS.iter().filter(|group| options.chooses(group)).map(|group| group.name).collect()
    }

    #[test]
    fn groups_are_chosen_by_how_their_words_begin() {
        assert_eq!(chosen(&["clippy"], false), ["clippy"]);
        assert!(
            chosen(&["ui"], false).iter().all(|name| name.to_lowercase().contains("ui ") || name.starts_with("ui"))
        );
        assert_eq!(chosen(&[], false).len(), GROUPS.len());
    }

    #[test]
    fn the_fast_run_leaves_out_what_drives_a_browser() {
        assert!(!chosen(&[], true).contains(&"end to end"));
        assert!(chosen(&[], true).contains(&"rust tests"));
    }

    #[test]
    fn names_of_groups_are_their_own() {
        let mut names = chosen(&[], false);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), GROUPS.len());
    }
}
