//! Files that programs write from one list: the agent's constants, the reference pages, the API document, the UI's client.

pub mod limits;

use std::fmt::Write;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};
use limen_model::attributes;

use crate::npm::npm;
use crate::progress::Steps;
use crate::rust_build::cargo;
use crate::shell;
use crate::workspace::Workspace;

const ATTRIBUTES_PAGE: &str = "docs/attributes.md";

/// `cargo xtask generate`: in the order in which one is made from another.
pub fn run(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::new(5);
    steps.run("docs/attributes.md", |_| {
        fs::write(workspace.path(ATTRIBUTES_PAGE), attributes_page()).context("could not write docs/attributes.md")?;
        Ok(String::new())
    })?;
    steps.run(limits::PAGE, |_| {
        fs::write(workspace.path(limits::PAGE), limits::page(workspace)?).context("could not write docs/limits.md")?;
        Ok(String::new())
    })?;
    steps.run("the agent's attribute names", |step| {
        let mut script = Command::new("node");
        script.current_dir(&workspace.root).arg("agent/scripts/attributes.mjs");
        shell::quietly(workspace, step, "generate-agent", &mut script).map(|()| String::new())
    })?;
    steps.run("the OpenAPI document", |step| {
        let mut test = cargo(workspace, &["test", "--package", "limen-server", "--test", "it", "openapi"]);
        shell::quietly(workspace, step, "generate-openapi", test.env("UPDATE_OPENAPI", "1")).map(|()| String::new())
    })?;
    steps.run("the UI's client", |step| {
        let mut script = npm(&workspace.root, &["run", "generate", "--workspace", "ui"]);
        shell::quietly(workspace, step, "generate-ui", &mut script).map(|()| String::new())
    })
}

/// Fails when the reference page is not what the list of names says.
pub fn attributes_page_is_fresh(workspace: &Workspace) -> Result<()> {
    let current = fs::read_to_string(workspace.path(ATTRIBUTES_PAGE)).unwrap_or_default();
    if current != attributes_page() {
        bail!("{ATTRIBUTES_PAGE} is stale: run `cargo xtask generate`");
    }
    println!("{ATTRIBUTES_PAGE} is up to date");
    Ok(())
}

fn attributes_page() -> String {
    let mut page = String::from(
        "# Attributes and events\n\n\
         Generated from `crates/model/src/attributes.rs` by `cargo xtask generate`: do not edit.\n\n\
         Names of OpenTelemetry's semantic conventions stand under their own names. What the conventions do not\n\
         cover is `limen.*`. Times are on the records; durations are milliseconds unless said otherwise.\n\n\
         | name | meaning |\n|---|---|\n",
    );
    for name in attributes::ALL {
        let meaning = name.meaning.replace('|', "\\|");
        // Writing to a text cannot fail.
        let _ = writeln!(page, "| `{}` | {} |", name.name, meaning.trim());
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_row_on_the_reference_page() {
        let page = attributes_page();
        assert!(attributes::ALL.iter().all(|name| page.contains(&format!("| `{}` | ", name.name))));
    }
}
