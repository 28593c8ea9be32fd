//! System packages: installs them on Debian as root and says so; elsewhere says what to install.

use std::process::Command;

use anyhow::Result;

use crate::progress::Step;
use crate::shell;
use crate::tools;
use crate::workspace::Workspace;

/// Something the demo or the tests want from the system and can do less without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Chromium,
    Firefox,
    Postgres,
    PythonVenv,
}

impl Wanted {
    fn present(self) -> bool {
        match self {
            Self::Chromium => tools::chromium().is_some(),
            Self::Firefox => tools::firefox().is_some(),
            Self::Postgres => tools::postgres_bin().is_some(),
            Self::PythonVenv => Command::new("python3")
                .args(["-c", "import ensurepip, venv"])
                .output()
                .is_ok_and(|output| output.status.success()),
        }
    }

    fn debian_package(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox-esr",
            Self::Postgres => "postgresql",
            Self::PythonVenv => "python3-venv",
        }
    }

    /// What to do where we do not install, and what happens without.
    fn advice(self) -> &'static str {
        match self {
            Self::Chromium => {
                "no Chromium found: install Google Chrome or Chromium (Debian: apt install chromium, \
                 macOS: brew install --cask google-chrome); without it nobody shops but you"
            }
            Self::Firefox => {
                "no Firefox found: install it (Debian: apt install firefox-esr, macOS: brew install --cask firefox); \
                 the agent's tests in Firefox need it"
            }
            Self::Postgres => {
                "no PostgreSQL found: install it (Debian: apt install postgresql, macOS: brew install postgresql); \
                 without it the shop answers from memory and its traces have no database span"
            }
            Self::PythonVenv => {
                "no Python with venv found: install it (Debian: apt install python3-venv, macOS: brew install python); \
                 the test with the OpenTelemetry Python SDK needs it"
            }
        }
    }
}

/// Installs what is missing where that is ours to do, and returns what is worth saying. Never fails for a missing
/// package: what depends on it says so itself.
pub fn provide(workspace: &Workspace, step: &Step, wanted: &[Wanted], may_install: bool) -> Result<String> {
    let missing: Vec<Wanted> = wanted.iter().copied().filter(|package| !package.present()).collect();
    if missing.is_empty() {
        return Ok("nothing missing".to_owned());
    }
    if may_install && debian_as_root() {
        let names: Vec<&str> = missing.iter().map(|package| package.debian_package()).collect();
        step.note(&format!("installing with apt-get: {} (--no-install stops this)", names.join(" ")));
        shell::quietly(workspace, step, "apt", &mut apt_get(&["update"]))?;
        let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
        arguments.extend(&names);
        shell::quietly(workspace, step, "apt", &mut apt_get(&arguments))?;
        return Ok(format!("installed {}", names.join(", ")));
    }
    for package in &missing {
        step.note(package.advice());
    }
    Ok("going on without".to_owned())
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
    command
}

fn debian_as_root() -> bool {
    rustix::process::geteuid().is_root() && tools::find(&["apt-get"]).is_some()
}
