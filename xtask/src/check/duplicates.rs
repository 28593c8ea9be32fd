//! A crate in two versions is compiled twice: each is listed here with the reason why we cannot help it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::Finding;
use crate::rust_build::cargo;
use crate::shell;
use crate::workspace::Workspace;

const ALLOWED: &[(&str, &str)] = &[
    ("base64", "reqwest and the PostgreSQL client of the shop"),
    ("block-buffer", "follows digest"),
    ("cpufeatures", "follows sha2"),
    ("crypto-common", "follows digest"),
    ("digest", "sqlx and the PostgreSQL client of the shop are on both sides of a major version"),
    ("getrandom", "follows rand"),
    ("hashbrown", "indexmap and sqlx"),
    ("rand", "the OpenTelemetry SDK and the PostgreSQL client of the shop"),
    ("rand_core", "follows rand"),
    ("sha2", "follows digest"),
    ("syn", "macros are in the middle of moving to version 3"),
];

pub fn check(workspace: &Workspace) -> Result<Vec<Finding>> {
    let arguments = ["tree", "--workspace", "--locked", "--duplicates", "--depth", "0", "--prefix", "none"];
    let mut tree = cargo(workspace, &arguments);
    let text = shell::output(tree.args(["--edges", "normal,build"]))?;
    Ok(judge(&text, ALLOWED))
}

fn judge(tree: &str, allowed: &[(&str, &str)]) -> Vec<Finding> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, version) in tree.lines().filter_map(|line| line.split_once(' ')) {
        versions.entry(name).or_default().insert(version.split(' ').next().unwrap_or(version));
    }
    // The same version twice is one crate with two sets of features.
    versions.retain(|_, versions| versions.len() > 1);
    let listed = |name: &str| allowed.iter().any(|(allowed, _)| *allowed == name);
    let surplus = versions.iter().filter(|(name, _)| !listed(name)).map(|(name, versions)| {
        let versions = versions.iter().copied().collect::<Vec<_>>().join(" and ");
        format!("{name} comes in {versions}: agree on one, or list it with the reason in xtask/src/check/duplicates.rs")
    });
    let settled = allowed.iter().filter(|(name, _)| !versions.contains_key(name)).map(|(name, _)| {
        format!("{name} comes in one version now: take it off the list in xtask/src/check/duplicates.rs")
    });
    surplus.chain(settled).map(|reason| Finding::new("Cargo.lock", 1, reason)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "rand v0.9.5\n\nrand v0.10.4\n\neither v1.19.0\n\neither v1.19.0\n";

    #[test]
    fn a_second_version_needs_a_reason() {
        assert_eq!(judge(TREE, &[]).len(), 1);
        assert!(judge(TREE, &[("rand", "two users")]).is_empty());
    }

    #[test]
    fn a_reason_that_no_longer_holds_is_found() {
        assert_eq!(judge("", &[("rand", "two users")]).len(), 1);
    }
}
