//! `cargo xtask check`: the habits of the house that no compiler or linter knows, each with its reason.

mod code;
mod duplicates;
mod edges;
mod functions;
mod links;
mod opening;
mod places;
mod sizes;
mod sources;
mod words;

use std::fmt;

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use sources::Source;

/// Something that breaks a habit: where, and why it matters.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    pub line: usize,
    pub reason: String,
}

impl Finding {
    fn new(path: &str, line: usize, reason: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, reason: reason.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.reason)
    }
}

/// Checks that look at one file at a time.
const BY_FILE: &[fn(&Source) -> Vec<Finding>] =
    &[opening::check, sizes::check, functions::check, places::names, places::unsafe_code, words::check];

pub fn run(workspace: &Workspace) -> Result<()> {
    let sources = sources::read(&workspace.root)?;
    let mut findings: Vec<Finding> =
        sources.iter().flat_map(|source| BY_FILE.iter().flat_map(|check| check(source))).collect();
    findings.extend(edges::check(&workspace.root)?);
    findings.extend(links::check(&workspace.root, &sources));
    findings.extend(duplicates::check(workspace)?);
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        bail!("{} findings in {} files; CONTRIBUTING.md says what the house keeps", findings.len(), sources.len());
    }
    println!("{} files keep the habits of the house", sources.len());
    Ok(())
}
