//! Builds Rust packages with a bar that counts packages done of packages needed.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::progress::Step;
use crate::shell;
use crate::workspace::Workspace;

pub fn debug(workspace: &Workspace, step: &Step, packages: &[&str]) -> Result<String> {
    build(workspace, step, packages, &[])
}

pub fn release(workspace: &Workspace, step: &Step, packages: &[&str]) -> Result<String> {
    build(workspace, step, packages, &["--release"])
}

fn build(workspace: &Workspace, step: &Step, packages: &[&str], profile: &[&str]) -> Result<String> {
    fetch(workspace, step)?;
    let needed = needed(workspace, packages)?;
    let mut command = cargo(workspace, &["build", "--locked", "--bins", "--message-format=json-render-diagnostics"]);
    command.args(selection(packages)).args(profile);
    let text = shell::shown(&command);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().context("could not start cargo")?;
    let errors = read_all(child.stderr.take());
    let mut done = BTreeSet::new();
    let mut compiled = 0;
    let lines = BufReader::new(child.stdout.take().context("cargo's output is piped")?).lines();
    for line in lines.map_while(Result::ok) {
        let Some(artifact) = artifact(&line) else { continue };
        compiled += u64::from(!artifact.fresh);
        done.insert(artifact.package);
        step.count(done.len() as u64, needed.max(done.len() as u64), &artifact.name);
    }
    let status = child.wait()?;
    let errors = errors.join().unwrap_or_default();
    if !status.success() {
        bail!("`{text}` ended with {status}\n{}", errors.trim_end());
    }
    Ok(match compiled {
        0 => "unchanged".to_owned(),
        compiled => format!("{compiled} targets compiled"),
    })
}

/// Downloads the sources first, so that the bar of the build is about building.
fn fetch(workspace: &Workspace, step: &Step) -> Result<()> {
    step.doing("fetching sources");
    let host = shell::output(Command::new("rustc").arg("-vV"))?;
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc -vV names no host")?.to_owned();
    shell::quietly(workspace, step, "cargo-fetch", &mut cargo(workspace, &["fetch", "--locked", "--target", &host]))
}

/// How many distinct packages the build takes on this machine.
fn needed(workspace: &Workspace, packages: &[&str]) -> Result<u64> {
    let mut tree = cargo(workspace, &["tree", "--locked", "--prefix", "none", "--edges", "normal,build"]);
    let text = shell::output(tree.args(selection(packages)))?;
    let distinct: BTreeSet<&str> =
        text.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    Ok(distinct.len() as u64)
}

struct Artifact {
    package: String,
    name: String,
    fresh: bool,
}

/// A package counts as done with its own library or program, not with its build script.
fn artifact(line: &str) -> Option<Artifact> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message.get("reason")?.as_str()? != "compiler-artifact" {
        return None;
    }
    let target = message.get("target")?;
    if target.get("kind")?.as_array()?.iter().any(|kind| kind == "custom-build") {
        return None;
    }
    Some(Artifact {
        package: message.get("package_id")?.as_str()?.to_owned(),
        name: target.get("name")?.as_str()?.to_owned(),
        fresh: message.get("fresh")?.as_bool()?,
    })
}

pub fn cargo(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(&workspace.root).args(arguments).stdin(Stdio::null());
    command
}

fn selection<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    packages.iter().flat_map(|package| ["--package", package]).collect()
}

fn read_all(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        if let Some(mut stream) = stream {
            // What could be read before a failure is still worth showing.
            let _ = stream.read_to_string(&mut text);
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_script_does_not_finish_its_package() {
        let line = |kind: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"p@1","target":{{"name":"p","kind":["{kind}"]}},"fresh":false}}"#
            )
        };
        assert!(artifact(&line("custom-build")).is_none());
        assert_eq!(artifact(&line("lib")).map(|artifact| artifact.package), Some("p@1".to_owned()));
        assert!(artifact("not json").is_none());
    }
}
