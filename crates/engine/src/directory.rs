//! The data folder: made, locked against other processes, and checked to be of a kind this binary knows.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use crate::EngineError;

/// Counts up when an older binary could no longer read what a newer one wrote.
const FORMAT: u32 = 1;
const FORMAT_FILE: &str = "FORMAT";
const LOCK_FILE: &str = "LOCK";

/// The data folder, ours until this is dropped.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    /// The lock ends with the file, also when the process is killed.
    _lock: File,
}

impl Directory {
    /// Makes the folder when there is none and locks it.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        let failed = |source| EngineError::data(path, source);
        DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(failed)?;
        let path = path.canonicalize().map_err(failed)?;
        let lock = lock(&path)?;
        Ok(Self { path, _lock: lock })
    }

    /// The folder's absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Refuses data of a newer kind, then notes which versions work on it from now on.
    pub fn claim(&self, engine_version: &str, binary_version: &str) -> Result<(), EngineError> {
        let file = self.path.join(FORMAT_FILE);
        let now = Format { number: FORMAT, engine: engine_version.to_owned(), written_by: binary_version.to_owned() };
        match fs::read_to_string(&file) {
            Ok(text) => {
                let found = Format::parse(&text)
                    .map_err(|reason| EngineError::DataFormatUnreadable { path: file.clone(), reason })?;
                self.refuse_newer(&found, &now)?;
                if found == now {
                    return Ok(());
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(EngineError::data(&self.path, error)),
        }
        self.write(&file, &now.to_string()).map_err(|source| EngineError::data(&self.path, source))
    }

    fn refuse_newer(&self, found: &Format, now: &Format) -> Result<(), EngineError> {
        let newer = |found_text: String, known: String| EngineError::DataNewer {
            path: self.path.clone(),
            written_by: found.written_by.clone(),
            found: found_text,
            known,
        };
        if found.number > now.number {
            return Err(newer(format!("format {}", found.number), format!("format {}", now.number)));
        }
        if release(&found.engine) > release(&now.engine) {
            return Err(newer(format!("engine {}", found.engine), format!("engine {}", now.engine)));
        }
        Ok(())
    }

    /// Replaces the file in one step: a crash leaves the old text or the new one.
    fn write(&self, file: &Path, text: &str) -> io::Result<()> {
        let unfinished = file.with_extension("new");
        let mut new = File::create(&unfinished)?;
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        fs::rename(&unfinished, file)?;
        File::open(&self.path)?.sync_all()
    }
}

fn lock(folder: &Path) -> Result<File, EngineError> {
    let failed = |source| EngineError::data(folder, source);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(folder.join(LOCK_FILE))
        .map_err(failed)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => {}
        Err(rustix::io::Errno::WOULDBLOCK) => {
            let mut text = String::new();
            let _ = file.read_to_string(&mut text);
            return Err(EngineError::DataLocked { path: folder.to_owned(), pid: text.trim().parse().ok() });
        }
        Err(error) => return Err(failed(error.into())),
    }
    // For the message another process shows; the lock itself does not depend on it.
    file.set_len(0).map_err(failed)?;
    file.rewind().map_err(failed)?;
    writeln!(file, "{}", std::process::id()).map_err(failed)?;
    Ok(file)
}

/// What the data folder holds, as its `FORMAT` file says.
#[derive(Debug, PartialEq, Eq)]
struct Format {
    number: u32,
    engine: String,
    written_by: String,
}

impl Format {
    fn parse(text: &str) -> Result<Self, String> {
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.map(str::trim).ok_or_else(|| format!("the line `{name}` is missing"))
        };
        let number = value("format")?;
        Ok(Self {
            number: number.parse().map_err(|_| format!("`{number}` is no format number"))?,
            engine: value("engine")?.to_owned(),
            written_by: value("written-by")?.to_owned(),
        })
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "format {}\nengine {}\nwritten-by {}", self.number, self.engine, self.written_by)
    }
}

/// The engine reads what its own release and older ones wrote; a release is the first two numbers.
fn release(version: &str) -> (u32, u32) {
    let mut numbers = version.split('.').map(|part| part.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim_over(format: &str) -> Result<(), EngineError> {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(FORMAT_FILE), format).expect("written");
        Directory::open(folder.path()).expect("opened").claim("26.7.3", "0.1.0")
    }

    #[test]
    fn a_new_folder_is_made_private_and_says_what_it_holds() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().expect("a folder");
        let path = parent.path().join("new/data");

        Directory::open(&path).expect("opened").claim("26.7.3", "0.1.0").expect("claimed");

        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o700);
        let format = fs::read_to_string(path.join(FORMAT_FILE)).expect("written");
        assert_eq!(format, "format 1\nengine 26.7.3\nwritten-by 0.1.0\n");
    }

    #[test]
    fn a_locked_folder_is_refused_with_the_pid_of_its_holder() {
        let folder = tempfile::tempdir().expect("a folder");
        let _first = Directory::open(folder.path()).expect("opened");

        let error = Directory::open(folder.path()).expect_err("it is locked");

        assert!(matches!(error, EngineError::DataLocked { pid: Some(pid), .. } if pid == std::process::id()));
    }

    #[test]
    fn data_of_an_older_release_is_taken_over() {
        claim_over("format 1\nengine 25.12.1\nwritten-by 0.0.9\n").expect("older data is readable");
    }

    #[test]
    fn data_of_a_newer_format_or_engine_is_refused() {
        for newer in ["format 2\nengine 26.7.3\nwritten-by 0.2.0\n", "format 1\nengine 26.8.1\nwritten-by 0.2.0\n"] {
            let error = claim_over(newer).expect_err("newer data");
            assert!(matches!(&error, EngineError::DataNewer { .. }), "{error}");
            assert!(error.to_string().contains("0.2.0"), "{error}");
        }
    }

    #[test]
    fn a_file_that_says_nothing_is_refused() {
        let error = claim_over("").expect_err("nothing is said");

        assert!(matches!(error, EngineError::DataFormatUnreadable { .. }));
    }
}
