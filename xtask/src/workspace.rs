//! Where things lie: the root of the project, the build folder, the demo's folder and its logs.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

#[derive(Debug, Clone)]
pub struct Workspace {
    pub root: PathBuf,
    /// Cargo's target folder, wherever the user put it.
    pub target: PathBuf,
}

impl Workspace {
    pub fn find() -> Result<Self> {
        let here = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&here).parent().context("xtask lies inside the project")?.to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The demo's own folder: data, logs, the shop's database. Deleting it starts the demo afresh.
    pub fn demo(&self) -> PathBuf {
        self.root.join(".demo")
    }

    /// Where the output of a quiet command or of a long-running program goes.
    pub fn log(&self, name: &str) -> PathBuf {
        self.demo().join(format!("{name}.log"))
    }

    pub fn debug_binary(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    pub fn release_binary(&self, name: &str) -> PathBuf {
        self.target.join("release").join(name)
    }

    /// A path as a person wants to read it: from the project's root when it lies inside.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}
