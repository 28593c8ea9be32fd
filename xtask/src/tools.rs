//! Looks whether the tools that a person must bring are there, and says what to install when they are not.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::progress::Step;
use crate::shell;
use crate::workspace::Workspace;

/// Vite needs this much; the UI cannot be built with less.
const NODE_AT_LEAST: (u32, u32) = (20, 19);

/// Checks cargo, node and npm; returns their versions for the progress line.
pub fn check() -> Result<String> {
    let cargo = shell::output(Command::new("cargo").arg("--version"))
        .context("Limen is built with Rust: install it from https://rustup.rs")?;
    let node = shell::output(Command::new("node").arg("--version"))
        .context("the agent and the UI are built with Node: install version 20.19 or newer from https://nodejs.org")?;
    let npm = shell::output(Command::new("npm").arg("--version"))
        .context("npm comes with Node: install Node 20.19 or newer from https://nodejs.org")?;
    let (major, minor) = NODE_AT_LEAST;
    if node_version(&node).is_none_or(|found| found < NODE_AT_LEAST) {
        bail!(
            "node is {}, but the UI's build needs {major}.{minor} or newer: install it from https://nodejs.org",
            node.trim()
        );
    }
    let cargo_version = cargo.split_whitespace().nth(1).unwrap_or("?");
    Ok(format!("cargo {cargo_version}, node {}, npm {}", node.trim(), npm.trim()))
}

/// Provides rustfmt and clippy, which a minimal Rust leaves out.
pub fn provide_linters(workspace: &Workspace, step: &Step) -> Result<String> {
    let missing: Vec<&str> = [("rustfmt", "fmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(_, command)| shell::output(Command::new("cargo").args([command, "--version"])).is_err())
        .map(|(component, _)| component)
        .collect();
    if missing.is_empty() {
        return Ok("nothing missing".to_owned());
    }
    shell::quietly(workspace, step, "rustup", Command::new("rustup").args(["component", "add"]).args(&missing))
        .context("rustfmt and clippy come with Rust: install them")?;
    Ok(format!("installed {}", missing.join(", ")))
}

fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().trim_start_matches('v').split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// The first file of these names that lies in a folder of `PATH`.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

/// A browser that the traffic and the browser tests can drive.
pub fn chromium() -> Option<PathBuf> {
    let on_macos = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"].map(PathBuf::from);
    find(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
        .or_else(|| on_macos.into_iter().find(|file| file.is_file()))
}

/// The other browser that the agent is tested in.
pub fn firefox() -> Option<PathBuf> {
    let on_macos = ["/Applications/Firefox.app/Contents/MacOS/firefox"].map(PathBuf::from);
    find(&["firefox-esr", "firefox"]).or_else(|| on_macos.into_iter().find(|file| file.is_file()))
}

/// The folder with PostgreSQL's own programs, which Debian keeps off `PATH`.
pub fn postgres_bin() -> Option<PathBuf> {
    if let Some(file) = find(&["initdb"]) {
        return file.parent().map(PathBuf::from);
    }
    let roots = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];
    roots
        .iter()
        .filter_map(|root| std::fs::read_dir(root).ok())
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .find(|bin| bin.join("initdb").is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_compared_as_numbers() {
        assert_eq!(node_version("v20.19.4\n"), Some((20, 19)));
        assert!(node_version("v20.9.0").is_some_and(|found| found < NODE_AT_LEAST));
        assert!(node_version("v22.1.0").is_some_and(|found| found >= NODE_AT_LEAST));
        assert_eq!(node_version("nonsense"), None);
    }
}
