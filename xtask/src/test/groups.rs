//! What `cargo xtask test` runs, in order: cheap checks first, then what later groups are built on, browsers last.

use anyhow::Result;

use crate::check;
use crate::generate;
use crate::workspace::Workspace;

pub struct Group {
    /// What the table and `--only` call it.
    pub name: &'static str,
    pub action: Action,
    pub drives_browser: bool,
}

#[derive(Clone, Copy)]
pub enum Action {
    /// A command in the project's root.
    Command(&'static [&'static str]),
    /// The Rust tests, by nextest where it is installed.
    RustTests,
    /// A check of this tool, with what it does.
    Inside(&'static str, fn(&Workspace) -> Result<()>),
}

use Action::{Command, Inside, RustTests};

pub const GROUPS: &[Group] = &[
    group("format", Command(&["cargo", "fmt", "--all", "--check"])),
    group("house habits", Inside("sizes, names, edges, links", check::run)),
    group("generated page", Inside("docs/attributes.md is fresh", generate::attributes_page_is_fresh)),
    group("generated page of limits", Inside("docs/limits.md is fresh", generate::limits::page_is_fresh)),
    group("generated agent names", Command(&["node", "agent/scripts/attributes.mjs", "--check"])),
    group("generated UI client", Command(&["npm", "run", "generate", "--workspace", "ui", "--", "--check"])),
    group("agent check", Command(&["npm", "run", "check", "--workspace", "agent"])),
    group("agent build", Command(&["npm", "run", "build", "--workspace", "agent"])),
    group("agent tests", Command(&["npm", "test", "--workspace", "agent"])),
    group("ui check", Command(&["npm", "run", "check", "--workspace", "ui"])),
    group("ui build", Command(&["npm", "run", "build", "--workspace", "ui"])),
    group("ui tests", Command(&["npm", "test", "--workspace", "ui"])),
    group("source map plugins check", Command(&["npm", "run", "check", "--workspace", "sourcemaps"])),
    group("source map plugins build", Command(&["npm", "run", "build", "--workspace", "sourcemaps"])),
    group("source map plugins tests", Command(&["npm", "test", "--workspace", "sourcemaps"])),
    group("e2e check", Command(&["npm", "run", "check", "--workspace", "e2e"])),
    // After the builds: the server's crate embeds what they wrote.
    group("clippy", Command(&["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])),
    group("rust tests", RustTests),
    browser_group("agent in a browser", Command(&["npm", "run", "test:browser", "--workspace", "agent"])),
    browser_group("agent in Firefox", Command(&["npm", "run", "test:firefox", "--workspace", "agent"])),
    group("programs", Command(&["cargo", "build", "--workspace", "--bins", "--locked"])),
    browser_group("end to end", Command(&["npm", "test", "--workspace", "e2e"])),
];

const fn group(name: &'static str, action: Action) -> Group {
    Group { name, action, drives_browser: false }
}

const fn browser_group(name: &'static str, action: Action) -> Group {
    Group { name, action, drives_browser: true }
}
