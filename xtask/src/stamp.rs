//! Remembers from what inputs something was built, so that it is built again only when they changed.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Folders that are never inputs.
const NOT_INPUTS: &[&str] = &["node_modules", "dist", "target", ".git"];

pub struct Stamp {
    file: PathBuf,
    hash: String,
}

impl Stamp {
    /// Hashes the inputs: files, and folders with everything below.
    pub fn of(file: PathBuf, inputs: &[PathBuf]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            hash_path(input, &mut hasher).with_context(|| format!("could not read {}", input.display()))?;
        }
        Ok(Self { file, hash: format!("{:016x}", hasher.finish()) })
    }

    pub fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|text| text == self.hash)
    }

    pub fn write(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, &self.hash).with_context(|| format!("could not write {}", self.file.display()))
    }
}

fn hash_path(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)?.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for entry in entries {
            if !entry.file_name().is_some_and(|name| NOT_INPUTS.iter().any(|skipped| name == *skipped)) {
                hash_path(&entry, hasher)?;
            }
        }
    } else if path.exists() {
        path.hash(hasher);
        fs::read(path)?.hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_current_until_an_input_changes() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let (input, file) = (folder.path().join("src"), folder.path().join("stamps/x"));
        fs::create_dir_all(&input)?;
        fs::write(input.join("a.ts"), "1")?;

        let first = Stamp::of(file.clone(), std::slice::from_ref(&input))?;
        assert!(!first.is_current());
        first.write()?;
        assert!(Stamp::of(file.clone(), std::slice::from_ref(&input))?.is_current());

        fs::write(input.join("a.ts"), "2")?;
        assert!(!Stamp::of(file, std::slice::from_ref(&input))?.is_current());
        Ok(())
    }
}
