//! The project's own tool: `cargo xtask demo`, `test`, `check` and the other chores, in one place and in one language.

mod bench;
mod check;
mod children;
mod demo;
mod dev;
mod frontend;
mod generate;
mod http;
mod npm;
mod packages;
mod progress;
mod python;
mod rust_build;
mod serve;
mod shell;
mod stamp;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Builds, runs and checks Limen")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Fetch, build and start everything: limen, a demo shop, and browsers that shop in it.
    Demo(demo::Options),
    /// Install what the tests need and run all of them.
    Test(test::Options),
    /// Check the habits of the house: file and function sizes, names, allowed crate edges, links.
    Check,
    /// Write every generated file again.
    Generate,
    /// Fetch the engine library and nothing else.
    Engine,
    /// Build the agent, the UI and the release server.
    Build,
    /// Run limen together with the UI's development server.
    Dev(dev::Options),
    /// Measure what docs/benchmarks.md reports, and write it.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let task = Arguments::parse().command;
    let outcome = Workspace::find().and_then(|workspace| match task {
        Task::Demo(options) => demo::run(&workspace, &options),
        Task::Test(options) => test::run(&workspace, &options),
        Task::Check => check::run(&workspace),
        Task::Generate => generate::run(&workspace),
        Task::Engine => frontend::fetch_engine(&workspace),
        Task::Build => frontend::build_release(&workspace),
        Task::Dev(options) => dev::run(&workspace, &options),
        Task::Bench(options) => bench::run(&workspace, &options),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<children::Interrupted>() => ExitCode::from(130),
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
