//! Finds the files that people write and read: everything but what is built, installed, generated or recorded.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Folders that hold nothing written by hand, wherever they are.
const SKIPPED_FOLDERS: &[&str] =
    &[".git", "target", "node_modules", "dist", "artefacts", "limen-data", ".demo", "coverage"];
/// Endings of files that are text and ours.
const ENDINGS: &[&str] =
    &["rs", "ts", "svelte", "mjs", "js", "css", "html", "sql", "py", "sh", "md", "toml", "json", "yml", "yaml"];
/// Scripts without an ending.
const SCRIPTS: &[&str] = &[".ci/run"];
/// Folders with recorded data, which is as it was recorded.
const RECORDED_FOLDERS: &[&str] = &["fixtures", "snapshots", "test_data"];
/// Files that a program writes.
const GENERATED: &[&str] = &[
    "package-lock.json",
    "ui/src/api/schema.ts",
    "ui/src/api/draft-openapi.json",
    "docs/attributes.md",
    "docs/limits.md",
    "docs/benchmarks.md",
];

/// A file as the checks see it.
#[derive(Debug)]
pub struct Source {
    /// From the project's root, with `/`.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn ending(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(self.path.as_str(), |(_, name)| name)
    }

    /// Whether a program wrote it or a recording made it, so that its size and first line are nobody's choice.
    pub fn is_generated(&self) -> bool {
        self.name().contains(".gen.")
            || GENERATED.iter().any(|file| self.path == *file || self.name() == *file)
            || self.path.split('/').any(|part| RECORDED_FOLDERS.contains(&part))
    }

    #[cfg(test)]
    pub fn of(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }
}

pub fn read(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    walk(root, "", &mut sources)?;
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

fn walk(folder: &Path, prefix: &str, sources: &mut Vec<Source>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() && !SKIPPED_FOLDERS.contains(&name.as_str()) {
            walk(&entry.path(), &path, sources)?;
        } else if kind.is_file() && is_source(&path, &name) {
            // A file that is not UTF-8 is not text, whatever it is called.
            if let Ok(text) = fs::read_to_string(entry.path()) {
                sources.push(Source { path, text });
            }
        }
    }
    Ok(())
}

fn is_source(path: &str, name: &str) -> bool {
    SCRIPTS.contains(&path) || name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_and_generated_files_are_nobodys_choice() {
        for path in
            ["agent/package-lock.json", "fixtures/chrome/view.json", "agent/src/names.gen.ts", "docs/attributes.md"]
        {
            assert!(Source::of(path, "").is_generated(), "{path}");
        }
        assert!(!Source::of("crates/store/src/rows.rs", "").is_generated());
    }

    #[test]
    fn installed_and_built_folders_are_not_walked() -> Result<()> {
        let root = tempfile::tempdir()?;
        for path in ["src/a.rs", "node_modules/b/index.js", "agent/dist/limen.js", "src/picture.png"] {
            let file = root.path().join(path);
            fs::create_dir_all(file.parent().context("has a folder")?)?;
            fs::write(file, "text")?;
        }
        let paths: Vec<String> = read(root.path())?.into_iter().map(|source| source.path).collect();
        assert_eq!(paths, ["src/a.rs"]);
        Ok(())
    }
}
