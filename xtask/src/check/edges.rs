//! Data moves one way: which crate may know which, as ARCHITECTURE.md draws it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml::Table;

use super::Finding;

const PREFIX: &str = "limen-";
/// Each crate with the crates of ours that it may know.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("ingest", &["model"]),
    ("enrich", &["model", "stack"]),
    ("store", &["model"]),
    ("query", &["model", "store", "stack"]),
    ("engine", &[]),
    ("demo", &[]),
    ("stack", &["model"]),
    ("load", &["model"]),
    ("server", &["model", "ingest", "enrich", "store", "query", "engine", "stack", "load"]),
];
/// Libraries that only some crates may know, and why.
const ALLOWED_LIBRARIES: &[(&str, &[&str], &str)] = &[
    ("axum", &["server", "demo"], "only the server knows HTTP"),
    ("clickhouse", &["store", "query"], "only store and query talk to the engine"),
    ("libloading", &["engine"], "only the engine loads the C library"),
    ("utoipa", &["query", "server"], "only answers become JSON of the API"),
    ("anyhow", &["server", "demo"], "libraries have an error enum of their own; anyhow is for programs"),
];

pub fn check(root: &Path) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(root.join("crates"))? {
        let folder = entry?;
        let name = folder.file_name().to_string_lossy().into_owned();
        let Ok(text) = fs::read_to_string(folder.path().join("Cargo.toml")) else { continue };
        findings.extend(check_manifest(&name, &text)?);
        found.insert(name);
    }
    if let Some((missing, _)) = ALLOWED.iter().find(|(name, _)| !found.contains(*name)) {
        bail!("the crate {missing} is in the list of allowed edges but not in crates/");
    }
    Ok(findings)
}

/// Tests may know more, so dev-dependencies are not looked at.
fn check_manifest(name: &str, text: &str) -> Result<Vec<Finding>> {
    let path = format!("crates/{name}/Cargo.toml");
    let manifest: Table = text.parse().with_context(|| format!("{path} is not TOML"))?;
    let Some((_, may_know)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
        let reason =
            "a crate that the list of allowed edges does not know: say in xtask/src/check/edges.rs what it may know";
        return Ok(vec![Finding::new(&path, 1, reason)]);
    };
    let sections = ["dependencies", "build-dependencies"];
    let names = sections.iter().filter_map(|section| manifest.get(*section)?.as_table()).flat_map(Table::keys);
    Ok(names
        .filter_map(|dependency| {
            Some(Finding::new(&path, line_of(text, dependency), fault(name, may_know, dependency)?))
        })
        .collect())
}

fn fault(name: &str, may_know: &[&str], dependency: &str) -> Option<String> {
    if let Some(known) = dependency.strip_prefix(PREFIX) {
        let allowed = if may_know.is_empty() { "nobody".to_owned() } else { may_know.join(", ") };
        return (!may_know.contains(&known))
            .then(|| format!("{name} may know {allowed}, not {known}: data moves one way, ARCHITECTURE.md"));
    }
    let (_, users, why) = ALLOWED_LIBRARIES.iter().find(|(library, _, _)| *library == dependency)?;
    (!users.contains(&name)).then(|| format!("{name} may not use {dependency}: {why}"))
}

fn line_of(text: &str, dependency: &str) -> usize {
    let begins = |line: &str| line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with([' ', '.', '=']));
    text.lines().position(begins).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(name: &str, text: &str) -> Vec<usize> {
        check_manifest(name, text).expect("TOML").into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn an_edge_against_the_stream_is_found() {
        assert_eq!(
            lines("ingest", "[dependencies]\nlimen-model.workspace = true\nlimen-store.workspace = true\n"),
            [3]
        );
        assert!(lines("query", "[dependencies]\nlimen-store.workspace = true\n").is_empty());
    }

    #[test]
    fn tests_may_know_more() {
        assert!(lines("ingest", "[dev-dependencies]\nlimen-store.workspace = true\n").is_empty());
    }

    #[test]
    fn a_library_stays_where_it_belongs() {
        assert_eq!(lines("store", "[dependencies]\naxum.workspace = true\n"), [2]);
        assert!(lines("server", "[dependencies]\naxum.workspace = true\n").is_empty());
    }

    #[test]
    fn a_crate_that_nobody_listed_is_found() {
        assert_eq!(lines("surprise", "[dependencies]\n"), [1]);
    }
}
