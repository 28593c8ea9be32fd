//! What npm brings and builds: the engine library, the packages, the browser agent and the UI.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::npm::{self, npm};
use crate::progress::{Step, Steps};
use crate::rust_build;
use crate::shell;
use crate::stamp::Stamp;
use crate::tools;
use crate::workspace::Workspace;

/// A part that npm builds into its `dist` folder.
struct Part {
    name: &'static str,
    /// What the result depends on beside the part's own folder.
    other_inputs: &'static [&'static str],
    outputs: &'static [&'static str],
}

const AGENT: Part = Part {
    name: "agent",
    other_inputs: &["package-lock.json"],
    outputs: &["agent/dist/limen.js", "agent/dist/limen.mjs"],
};
const UI: Part = Part { name: "ui", other_inputs: &["package-lock.json"], outputs: &["ui/dist/index.html"] };

/// `cargo xtask engine`.
pub fn fetch_engine(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::new(2);
    steps.run("tools", |_| tools::check())?;
    steps.run("engine library", |step| engine_library(workspace, step))
}

/// `cargo xtask build`.
pub fn build_release(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::new(5);
    steps.run("tools", |_| tools::check())?;
    steps.run("engine library", |step| engine_library(workspace, step))?;
    steps.run("npm packages", |step| packages(workspace, step))?;
    steps.run("agent and UI", |step| agent_and_ui(workspace, step))?;
    steps.run("server, optimised", |step| rust_build::release(workspace, step, &["limen-server"]))?;
    println!("\n{}", workspace.shown(&workspace.release_binary("limen")));
    Ok(())
}

/// Installs the engine library by its locked hash: 178 MB to download, 566 MB on disk.
pub fn engine_library(workspace: &Workspace, step: &Step) -> Result<String> {
    let folder = workspace.path("engine-library");
    if library(workspace).is_some() && npm::installed(&folder)? {
        return Ok("as locked, nothing to do".to_owned());
    }
    step.note("downloading about 180 MB");
    match package(OS, ARCH) {
        Some(Package::Locked) => shell::quietly(workspace, step, "engine-library", &mut npm(&folder, &["ci"]))?,
        Some(Package::ByVersion(name)) => {
            let wanted = format!("{name}@{ENGINE_VERSION}");
            step.note("the lock holds no hash for this system's library: trusting the registry for it");
            let install = ["install", "--no-save", "--no-package-lock", wanted.as_str()];
            shell::quietly(workspace, step, "engine-library", &mut npm(&folder, &install))?;
        }
        None => bail!(
            "there is no engine library for {OS} on {ARCH}: use a ClickHouse server instead, \
             `limen serve --clickhouse http://HOST:8123`"
        ),
    }
    match library(workspace) {
        Some(file) => Ok(workspace.shown(&file)),
        // The packages are optional to npm, so it passes over a failure in silence.
        None => bail!(
            "npm did not install the engine library: the registry could not be reached, or what it sent is not what \
             the lock says; run `npm ci --loglevel=verbose` in engine-library to see which, then try again"
        ),
    }
}

/// How a system's library is named to npm.
enum Package {
    /// In the lock, with its hash.
    Locked,
    /// Known by name only: nobody has fetched it for this project and written its hash down.
    ByVersion(&'static str),
}

/// The version in engine-library/package.json.
const ENGINE_VERSION: &str = "26.7.3-stable.1";

fn package(system: &str, processor: &str) -> Option<Package> {
    match (system, processor) {
        ("linux", "x86_64") => Some(Package::Locked),
        ("linux", "aarch64") => Some(Package::ByVersion("@chdb/lib-linux-arm64-gnu")),
        ("macos", "x86_64") => Some(Package::ByVersion("@chdb/lib-darwin-x64")),
        ("macos", "aarch64") => Some(Package::ByVersion("@chdb/lib-darwin-arm64")),
        _ => None,
    }
}

/// The library file, once it is installed.
pub fn library(workspace: &Workspace) -> Option<PathBuf> {
    let packages = fs::read_dir(workspace.path("engine-library/node_modules/@chdb")).ok()?;
    packages.flatten().map(|package| package.path().join("libchdb.so")).find(|file| file.is_file())
}

pub fn packages(workspace: &Workspace, step: &Step) -> Result<String> {
    npm::install(workspace, step, &workspace.root, "npm")
}

/// Builds the agent, if it changed since the last time.
pub fn agent(workspace: &Workspace, step: &Step) -> Result<String> {
    AGENT.build(workspace, step)
}

/// Builds what changed since the last time.
pub fn agent_and_ui(workspace: &Workspace, step: &Step) -> Result<String> {
    let notes = [AGENT, UI].iter().map(|part| part.build(workspace, step)).collect::<Result<Vec<_>>>()?;
    Ok(notes.join(", "))
}

impl Part {
    fn build(&self, workspace: &Workspace, step: &Step) -> Result<String> {
        let mut inputs = vec![workspace.path(self.name)];
        inputs.extend(self.other_inputs.iter().map(|input| workspace.path(input)));
        let stamp = Stamp::of(workspace.target.join("stamps").join(self.name), &inputs)?;
        let missing = || self.outputs.iter().find(|output| !workspace.path(output).is_file());
        if stamp.is_current() && missing().is_none() {
            return Ok(format!("{} unchanged", self.name));
        }
        let mut build = npm(&workspace.root, &["run", "build", "--workspace", self.name]);
        shell::quietly(workspace, step, &format!("build-{}", self.name), &mut build)?;
        if let Some(output) = missing() {
            bail!("`npm run build --workspace {}` ended well but did not write {output}", self.name);
        }
        stamp.write()?;
        Ok(format!("{} built", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_gets_the_version_that_is_locked() -> Result<()> {
        let manifest = fs::read_to_string(Workspace::find()?.path("engine-library/package.json"))?;
        assert!(manifest.contains(&format!("\"@chdb/lib-linux-x64-gnu\": \"{ENGINE_VERSION}\"")), "{manifest}");
        Ok(())
    }
}
