//! How many bytes a page loads for the agent, as servers send them.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell;
use crate::workspace::Workspace;

pub struct Sizes {
    pub plain: u64,
    pub gzip: u64,
    pub brotli: u64,
}

/// Node has both compressions built in and is needed for the build anyway.
const MEASURE: &str = "
import { readFileSync } from 'node:fs';
import { gzipSync, brotliCompressSync } from 'node:zlib';
const script = readFileSync(process.argv[1]);
console.log(JSON.stringify([script.length, gzipSync(script, { level: 9 }).length, brotliCompressSync(script).length]));
";

pub fn of_agent(workspace: &Workspace) -> Result<Sizes> {
    let mut node = Command::new("node");
    node.args(["--input-type=module", "--eval", MEASURE, "--"]).arg(workspace.path("agent/dist/limen.js"));
    let sizes: Value = serde_json::from_str(shell::output(&mut node)?.trim())?;
    let size = |index: usize| sizes.get(index).and_then(Value::as_u64).context("node printed three sizes");
    Ok(Sizes { plain: size(0)?, gzip: size(1)?, brotli: size(2)? })
}
