//! `cargo xtask demo`: from a fresh clone to real numbers of real browsers, in one command.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::{Value, json};

use crate::children::{Children, Event};
use crate::frontend;
use crate::http;
use crate::packages::{self, Wanted};
use crate::progress::{Step, Steps};
use crate::rust_build;
use crate::serve::{Ready, Server};
use crate::shell;
use crate::tools;
use crate::workspace::Workspace;

/// The shop's first start makes a database cluster.
const SHOP_READY_WITHIN: Duration = Duration::from_secs(120);
/// The traffic ends with this code when it finds no browser.
const NO_BROWSER: i32 = 3;

#[derive(Debug, Args)]
pub struct Options {
    /// How many browsers shop at the same time.
    #[arg(long, default_value_t = 3)]
    visitors: u32,
    /// Install no system packages; say what is missing and go on.
    #[arg(long)]
    no_install: bool,
    /// Port of the UI, the API and the agent script.
    #[arg(long, default_value_t = 4600)]
    port: u16,
    /// So many visits of the last seven days come first, at this time of the day, so that Explain has something to compare
    /// with.
    #[arg(long, value_name = "VISITS", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=2000))]
    history: u32,
    /// What goes wrong in the shop, such as wrong-region or row-lock; docs/demo.md lists all. A demo that runs already is
    /// switched to it.
    #[arg(long, value_name = "NAME", value_parser = known_fault)]
    fault: Option<String>,
}

/// What can go wrong in the shop; it reads the same file.
const FAULTS: &str = include_str!("../../crates/demo/faults.json");
/// Where the shop says which of it does.
const SWITCH: &str = "http://127.0.0.1:4700/faults";

/// Where the shop is, from its ready line.
struct Shop {
    url: String,
    /// Whether its services answer from a database, so that traces end in one.
    postgres: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    if let Some(fault) = &options.fault
        && http::status(SWITCH).is_ok()
    {
        return switch(fault);
    }
    let mut steps = Steps::new(9);
    prepare(workspace, &mut steps, options)?;
    let mut children = Children::new()?;
    let mut limen = None;
    steps.run("start limen", |_| {
        let ready = Server::of_demo(workspace, options.port).start(workspace, &mut children)?;
        let note = ready.url.clone();
        limen = Some(ready);
        Ok(note)
    })?;
    let limen = limen.context("limen is ready")?;
    let mut shop = None;
    steps.run("start the shop", |step| {
        let broken = release_broken(workspace, step, &limen)?;
        let ready = start_shop(workspace, &mut children, &limen, &broken, options.fault.as_deref())?;
        let note = ready.url.clone();
        shop = Some(ready);
        Ok(note)
    })?;
    let shop = shop.context("the shop is ready")?;
    steps.run("start the visitors", |_| start_visitors(workspace, &mut children, &shop, options))?;
    welcome(&limen, &shop);
    attend(workspace, &mut children, &shop)
}

/// The name of a fault, or which there are.
fn known_fault(name: &str) -> Result<String> {
    let faults: Vec<Value> = serde_json::from_str(FAULTS)?;
    let names: Vec<&str> = faults.iter().filter_map(|fault| fault.get("name")?.as_str()).collect();
    if names.contains(&name) {
        return Ok(name.to_owned());
    }
    bail!("there are {}", names.join(", "))
}

/// Tells the shop of a demo that runs.
fn switch(fault: &str) -> Result<()> {
    let (status, body) = http::put_json(SWITCH, &json!({ "fault": fault }).to_string())?;
    if status != 200 {
        let answer: Value = serde_json::from_str(&body).unwrap_or_default();
        let reason = answer.pointer("/error/message").and_then(Value::as_str).unwrap_or("it did not say why");
        bail!("the shop did not switch to {fault} ({status}): {reason}");
    }
    println!("The shop of the running demo is switched to {fault}.");
    Ok(())
}

fn prepare(workspace: &Workspace, steps: &mut Steps, options: &Options) -> Result<()> {
    steps.run("tools", |_| tools::check())?;
    steps.run("system packages", |step| {
        packages::provide(workspace, step, &[Wanted::Chromium, Wanted::Postgres], !options.no_install)
    })?;
    steps.run("engine library", |step| frontend::engine_library(workspace, step))?;
    steps.run("npm packages", |step| frontend::packages(workspace, step))?;
    steps.run("agent and UI", |step| frontend::agent_and_ui(workspace, step))?;
    steps.run("server and shop", |step| rust_build::debug(workspace, step, &["limen-server", "limen-demo"]))
}

/// Builds the release that one of the faults serves, whose source map Limen gets as it would from any build.
fn release_broken(workspace: &Workspace, step: &Step, limen: &Ready) -> Result<PathBuf> {
    let folder = workspace.demo().join("next");
    let mut command = Command::new("node");
    command.current_dir(&workspace.root).arg("crates/demo/release/broken.mjs").arg(&folder);
    command.arg(workspace.debug_binary("limen")).arg(&limen.url);
    shell::quietly(workspace, step, "broken-release", &mut command)?;
    Ok(folder)
}

fn start_shop(
    workspace: &Workspace,
    children: &mut Children,
    limen: &Ready,
    broken: &Path,
    fault: Option<&str>,
) -> Result<Shop> {
    let mut command = Command::new(workspace.debug_binary("limen-demo"));
    command.current_dir(&workspace.root).args(["shop", "--limen", &limen.url, "--otlp", &limen.otlp]);
    command.args(["--key", &limen.key, "--build-dir"]).arg(workspace.demo());
    command.arg("--broken-release").arg(broken);
    if let Some(fault) = fault {
        command.args(["--fault", fault]);
    }
    children.start(workspace, "shop", &mut command)?;
    children.wait_for("shop", SHOP_READY_WITHIN, Shop::parse)
}

impl Shop {
    fn parse(line: &str) -> Option<Self> {
        let document: Value = serde_json::from_str(line).ok()?;
        let url = document.get("url")?.as_str()?.to_owned();
        Some(Self { url, postgres: document.get("postgres")?.as_bool()? })
    }
}

fn start_visitors(workspace: &Workspace, children: &mut Children, shop: &Shop, options: &Options) -> Result<String> {
    let Options { visitors, history, .. } = options;
    if *visitors == 0 {
        return Ok("none asked for".to_owned());
    }
    let mut command = Command::new("node");
    command.current_dir(&workspace.root).arg("crates/demo/traffic/traffic.mjs");
    command.args(["--shop", &shop.url, "--visitors", &visitors.to_string(), "--history", &history.to_string()]);
    children.start(workspace, "visitors", &mut command)?;
    Ok(match history {
        0 => format!("{visitors} browsers"),
        _ => format!("{visitors} browsers, first with {history} visits of earlier days"),
    })
}

fn welcome(limen: &Ready, shop: &Shop) {
    println!("\n  Limen     {}\n  the shop  {}\n  OTLP      {}\n", limen.url, shop.url, limen.otlp);
    println!("  application {}, key {}", limen.app, limen.key);
    if !shop.postgres {
        println!("  Without PostgreSQL the shop answers from memory: its traces have no database span.");
    }
    println!("\n  The first numbers come within a minute. Logs are in .demo/*.log. Ctrl-C ends everything.\n");
}

/// Stays until Ctrl-C: shows warnings, and ends when the server or the shop does.
fn attend(workspace: &Workspace, children: &mut Children, shop: &Shop) -> Result<()> {
    loop {
        match children.next(Duration::from_secs(3_600)) {
            None => {}
            Some(Event::Stop) => {
                println!();
                children.stop();
                return Ok(());
            }
            Some(Event::Line { from, text }) if is_warning(&text) => eprintln!("{from}: {text}"),
            Some(Event::Line { .. }) => {}
            Some(Event::Ended { name: "visitors", status }) => {
                if status.code() == Some(NO_BROWSER) {
                    println!("  No Chromium was found, so you are the visitor: open {} and buy something.", shop.url);
                    println!("  For automatic visitors install Google Chrome or Chromium and start the demo again.\n");
                } else {
                    eprintln!("the visitors left ({status}); the end of .demo/visitors.log:");
                    eprintln!(
                        "{}\n    The shop is still open at {}.",
                        shell::tail(&workspace.log("visitors")),
                        shop.url
                    );
                }
            }
            Some(Event::Ended { name, status }) => {
                bail!("{name} ended with {status}; the end of .demo/{name}.log:\n{}", shell::tail(&workspace.log(name)))
            }
        }
    }
}

/// Whether a line of a log is one that somebody should see.
fn is_warning(line: &str) -> bool {
    line.split_whitespace().take(3).any(|word| matches!(strip_colour(word), "WARN" | "ERROR" | "warning:" | "error:"))
}

fn strip_colour(word: &str) -> &str {
    let word = word.split_once('m').filter(|(code, _)| code.starts_with('\u{1b}')).map_or(word, |(_, rest)| rest);
    word.split_once('\u{1b}').map_or(word, |(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_an_open_shop_says_where_it_is_and_whether_it_has_a_database() {
        let shop = Shop::parse(r#"{"ready":true,"url":"http://127.0.0.1:4700","postgres":false,"services":[]}"#);
        assert!(shop.is_some_and(|shop| shop.url == "http://127.0.0.1:4700" && !shop.postgres));
        assert!(Shop::parse("INFO the shop is open").is_none());
    }

    #[test]
    fn a_fault_is_known_by_its_name_and_another_name_is_refused_with_the_list() {
        assert_eq!(known_fault("row-lock").expect("a fault"), "row-lock");
        let refusal = known_fault("row-locks").expect_err("no fault").to_string();
        assert!(refusal.contains("wrong-region, row-lock"), "{refusal}");
    }

    #[test]
    fn warnings_are_seen_with_and_without_colour() {
        assert!(is_warning("2026-01-01T00:00:00Z  WARN engine ended"));
        assert!(is_warning("2026-01-01T00:00:00Z \u{1b}[33mWARN\u{1b}[0m engine ended"));
        assert!(!is_warning("2026-01-01T00:00:00Z  INFO one WARN in passing"));
    }
}
