//! Finds the system's PostgreSQL programs.

use std::path::{Path, PathBuf};

/// A folder with `initdb`, `pg_ctl` and `postgres` in it, and its major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    pub folder: PathBuf,
    pub major: u32,
}

/// What to type when there are none.
pub const INSTALL_HINT: &str =
    "install PostgreSQL with `apt-get install postgresql` (Debian, Ubuntu) or `brew install postgresql@16` (macOS)";

/// Folders below which packages keep one folder per version: Debian, Red Hat, Homebrew on Apple and on Intel.
const VERSIONED: [&str; 4] = ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt"];

impl Binaries {
    /// The newest there is; what `PATH` names comes first, because its owner chose it.
    pub fn find() -> Option<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let chosen = std::env::split_paths(&path).find_map(|folder| Self::at(&folder));
        chosen.or_else(|| Self::newest(VERSIONED.iter().map(Path::new)))
    }

    fn newest<'a>(roots: impl Iterator<Item = &'a Path>) -> Option<Self> {
        roots
            .filter_map(|root| std::fs::read_dir(root).ok())
            .flatten()
            .filter_map(|entry| Self::at(&entry.ok()?.path().join("bin")))
            .max_by_key(|found| found.major)
    }

    fn at(folder: &Path) -> Option<Self> {
        let complete = ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file());
        if !complete {
            return None;
        }
        let output = std::process::Command::new(folder.join("postgres")).arg("--version").output().ok()?;
        let major = major_of(&String::from_utf8_lossy(&output.stdout))?;
        Some(Self { folder: folder.to_owned(), major })
    }

    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` -> 15
fn major_of(version: &str) -> Option<u32> {
    let (_, number) = version.split_once("(PostgreSQL) ")?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version_of_releases_and_of_betas() {
        assert_eq!(major_of("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_of("something else"), None);
    }

    #[test]
    fn finds_nothing_in_a_folder_without_all_programs() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("15/bin")).expect("a folder");
        std::fs::write(folder.path().join("15/bin/initdb"), "").expect("a file");
        assert_eq!(Binaries::newest(std::iter::once(folder.path())), None);
    }
}
