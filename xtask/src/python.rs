//! A private Python with the packages of e2e/requirements.txt, for the test with a stock OpenTelemetry SDK.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::progress::Step;
use crate::shell;
use crate::stamp::Stamp;
use crate::workspace::Workspace;

const REQUIREMENTS: &str = "e2e/requirements.txt";

/// The interpreter that the e2e tests get in `LIMEN_TEST_PYTHON`.
pub fn interpreter(workspace: &Workspace) -> PathBuf {
    workspace.target.join("py/bin/python")
}

/// Makes the environment in the target folder when it is missing or its requirements changed.
pub fn provide(workspace: &Workspace, step: &Step) -> Result<String> {
    let requirements = workspace.path(REQUIREMENTS);
    if !requirements.is_file() {
        return Ok(format!("no {REQUIREMENTS}, nothing to do"));
    }
    let folder = workspace.target.join("py");
    let stamp = Stamp::of(folder.join(".stamp"), std::slice::from_ref(&requirements))?;
    if stamp.is_current() {
        return Ok("as required, nothing to do".to_owned());
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    shell::quietly(workspace, step, "python", Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let mut pip = Command::new(interpreter(workspace));
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--requirement"]).arg(&requirements);
    shell::quietly(workspace, step, "python", &mut pip)?;
    stamp.write()?;
    Ok("installed".to_owned())
}
