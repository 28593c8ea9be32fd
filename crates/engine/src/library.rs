//! Where the engine library is: named, beside the binary, or fetched into `engine-library/`.

use std::env;
use std::path::{Path, PathBuf};

use crate::EngineError;

/// The variable that names the library's file.
const VARIABLE: &str = "LIMEN_ENGINE_LIBRARY";

/// The package that npm installs for this system; see `engine-library/README.md`.
const PACKAGE: &str = if cfg!(all(target_os = "macos", target_arch = "aarch64")) {
    "lib-darwin-arm64"
} else if cfg!(target_os = "macos") {
    "lib-darwin-x64"
} else if cfg!(target_arch = "aarch64") {
    "lib-linux-arm64-gnu"
} else {
    "lib-linux-x64-gnu"
};

/// The packages for macOS keep this name too, but a library installed by hand may have the system's own ending.
const FILES: &[&str] = if cfg!(target_os = "macos") { &["libchdb.so", "libchdb.dylib"] } else { &["libchdb.so"] };

/// The library's file. What was named is taken or refused, never replaced by another one that happens to be there.
pub fn find_library(explicit: Option<&Path>) -> Result<PathBuf, EngineError> {
    let named = explicit.map(Path::to_owned).or_else(|| env::var_os(VARIABLE).map(PathBuf::from));
    let candidates = match named {
        Some(path) => vec![path],
        None => usual_places(),
    };
    first_file(candidates)
}

fn first_file(candidates: Vec<PathBuf>) -> Result<PathBuf, EngineError> {
    match candidates.iter().find(|path| path.is_file()) {
        Some(path) => Ok(path.clone()),
        None => Err(EngineError::LibraryMissing { searched: candidates }),
    }
}

fn usual_places() -> Vec<PathBuf> {
    let mut places = Vec::new();
    if let Some(folder) = env::current_exe().ok().as_deref().and_then(Path::parent) {
        places.extend(FILES.iter().map(|file| folder.join(file)));
    }
    let mut projects: Vec<PathBuf> = Vec::new();
    if let Ok(folder) = env::current_dir() {
        projects.extend(folder.ancestors().map(Path::to_owned));
    }
    // A binary started from elsewhere during development still finds what its own checkout fetched.
    projects.extend(Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_owned));
    // Only folders that were meant for it are named in the message; every parent up to `/` would bury the advice.
    let fetched = projects.into_iter().map(|project| project.join("engine-library"));
    let mut folders: Vec<PathBuf> = fetched.filter(|folder| folder.is_dir()).collect();
    folders.dedup();
    for folder in folders {
        let package = folder.join("node_modules/@chdb").join(PACKAGE);
        places.extend(FILES.iter().map(|file| package.join(file)));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_library_that_is_missing_is_refused_with_the_command_that_fetches_it() {
        let error = find_library(Some(Path::new("/nowhere/libchdb.so"))).expect_err("there is no such file");

        assert!(matches!(&error, EngineError::LibraryMissing { searched } if searched.len() == 1));
        let message = error.to_string();
        assert!(message.contains("/nowhere/libchdb.so"), "{message}");
        assert!(message.contains("cargo xtask engine"), "{message}");
    }

    #[test]
    fn a_named_library_that_exists_is_taken_as_it_is() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");

        assert_eq!(find_library(Some(file.path())).expect("found"), file.path());
    }
}
