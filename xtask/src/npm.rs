//! Installs npm packages from a lock file, and only when what is installed is not what the lock says.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::progress::Step;
use crate::shell;
use crate::workspace::Workspace;

/// `npm` in a folder of the project.
pub fn npm(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(folder).args(arguments);
    command
}

/// Runs `npm ci` in a folder unless its `node_modules` already matches the lock.
pub fn install(workspace: &Workspace, step: &Step, folder: &Path, log_name: &str) -> Result<String> {
    if installed(folder)? {
        return Ok("as locked, nothing to do".to_owned());
    }
    shell::quietly(workspace, step, log_name, &mut npm(folder, &["ci"]))?;
    if !installed(folder)? {
        bail!(
            "npm ci ended well in {}, but what it installed is not what package-lock.json says",
            workspace.shown(folder)
        );
    }
    Ok("installed".to_owned())
}

/// Whether npm's own record of what it installed agrees with the lock. Asking the record, not a stamp of ours,
/// also notices packages that somebody changed by hand.
pub fn installed(folder: &Path) -> Result<bool> {
    let locked = packages(&folder.join("package-lock.json"))?
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    let Some(present) = packages(&folder.join("node_modules/.package-lock.json"))? else { return Ok(false) };
    Ok(agree(&locked, &present))
}

fn agree(locked: &Map<String, Value>, present: &Map<String, Value>) -> bool {
    let in_lock = |path: &str| path.contains("node_modules/");
    let nothing_differs = locked.iter().filter(|(path, _)| in_lock(path)).all(|(path, wanted)| {
        match present.get(path) {
            Some(found) => found.get("version") == wanted.get("version") && found.get("link") == wanted.get("link"),
            // Packages for other platforms are in the lock and rightly not here.
            None => wanted.get("optional") == Some(&Value::Bool(true)),
        }
    });
    nothing_differs && present.keys().filter(|path| in_lock(path)).all(|path| locked.contains_key(path))
}

fn packages(lock: &Path) -> Result<Option<Map<String, Value>>> {
    let Ok(text) = fs::read_to_string(lock) else { return Ok(None) };
    let document: Value = serde_json::from_str(&text).with_context(|| format!("{} is not JSON", lock.display()))?;
    Ok(document.get("packages").and_then(Value::as_object).cloned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(locked: Value, present: Value) -> bool {
        let (Value::Object(locked), Value::Object(present)) = (locked, present) else { panic!("objects expected") };
        agree(&locked, &present)
    }

    #[test]
    fn agrees_when_every_locked_package_is_there_in_its_version() {
        let lock = json!({"": {"name": "root"}, "ui": {"name": "ui"}, "node_modules/a": {"version": "1.0.0"}});
        assert!(check(lock, json!({"node_modules/a": {"version": "1.0.0"}})));
    }

    #[test]
    fn differs_when_a_version_is_another_or_a_package_is_missing_or_left_over() {
        let lock = json!({"node_modules/a": {"version": "1.0.0"}});
        assert!(!check(lock.clone(), json!({"node_modules/a": {"version": "1.0.1"}})));
        assert!(!check(lock.clone(), json!({})));
        assert!(!check(lock, json!({"node_modules/a": {"version": "1.0.0"}, "node_modules/b": {"version": "2.0.0"}})));
    }

    #[test]
    fn a_package_for_another_platform_need_not_be_there() {
        let lock = json!({"node_modules/a-darwin": {"version": "1.0.0", "optional": true, "os": ["darwin"]}});
        assert!(check(lock, json!({})));
    }
}
