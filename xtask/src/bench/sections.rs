//! The parts of docs/benchmarks.md that are measured apart, each under a heading of its own.

use std::fs;

use anyhow::{Context, Result};

use super::PAGE;
use crate::workspace::Workspace;

/// All of them, in the order of the page.
pub const APART: [&str; 4] =
    ["## Under load", "## Killed again and again", "## Questions over a week", "## The browser agent"];

/// The part of the page under a heading, with the heading; empty when there is none.
pub fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let Some(start) = page.find(heading) else { return "" };
    let rest = &page[start..];
    let end = rest[heading.len()..].find("\n## ").map_or(rest.len(), |at| heading.len() + at + 1);
    &rest[..end]
}

/// Writes a new part in the place of the old one.
pub fn replace(workspace: &Workspace, heading: &str, new: &str) -> Result<()> {
    let page = fs::read_to_string(workspace.path(PAGE)).context("could not read docs/benchmarks.md")?;
    fs::write(workspace.path(PAGE), replaced(&page, heading, new)).context("could not write docs/benchmarks.md")
}

fn replaced(page: &str, heading: &str, new: &str) -> String {
    let new = new.trim_end();
    match section(page, heading) {
        "" => format!("{}\n\n{new}\n", page.trim_end()),
        old if page.ends_with(old) => page.replace(old, &format!("{new}\n")),
        old => page.replace(old, &format!("{new}\n\n")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGENT: &str = "## The browser agent";
    const BEFORE: &str = "# Benchmarks\n\n## Server\n\na\n\n## The browser agent\n\nold\n\n## Starting\n\nb\n";

    #[test]
    fn the_section_ends_where_the_next_begins() {
        assert_eq!(section(BEFORE, AGENT), "## The browser agent\n\nold\n\n");
        assert_eq!(section("# Benchmarks\n", AGENT), "");
    }

    #[test]
    fn a_new_section_takes_the_place_of_the_old_or_the_end() {
        let new = "## The browser agent\n\nnew\n";
        assert_eq!(replaced(BEFORE, AGENT, new), BEFORE.replace("old", "new"));
        assert_eq!(replaced("# Benchmarks\n", AGENT, new), "# Benchmarks\n\n## The browser agent\n\nnew\n");
        assert_eq!(
            replaced("# B\n\n## The browser agent\n\nold\n", AGENT, new),
            "# B\n\n## The browser agent\n\nnew\n"
        );
    }
}
