//! The private socket: its path is checked, a stale one is removed, and only this user may connect.

use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use rustix::fs::Mode;

use crate::EngineError;
use crate::limits::SOCKET_PATH_BYTES_MAX;

/// Refuses a path that the system would cut or reject with a message nobody understands.
pub fn check_length(path: &Path) -> Result<(), EngineError> {
    let bytes = path.as_os_str().as_bytes().len();
    if bytes < SOCKET_PATH_BYTES_MAX {
        return Ok(());
    }
    Err(EngineError::SocketPathTooLong { path: path.to_owned(), bytes, max_bytes: SOCKET_PATH_BYTES_MAX - 1 })
}

/// The bound socket; its file is removed when this is dropped.
#[derive(Debug)]
pub struct SocketFile {
    path: PathBuf,
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Binds the socket with rights for this user only, in a folder of the same kind when it has to be made.
pub fn bind(path: &Path) -> Result<(UnixListener, SocketFile), EngineError> {
    let failed = |source| EngineError::SocketUnusable { path: path.to_owned(), source };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    }
    remove_stale(path)?;
    // The mask, not a later change of rights: between the two another user could connect.
    let before = rustix::process::umask(Mode::from_raw_mode(0o177));
    let bound = UnixListener::bind(path);
    rustix::process::umask(before);
    let listener = bound.map_err(|source| match source.kind() {
        ErrorKind::AddrInUse => EngineError::SocketTaken { path: path.to_owned() },
        _ => failed(source),
    })?;
    listener.set_nonblocking(true).map_err(failed)?;
    Ok((listener, SocketFile { path: path.to_owned() }))
}

/// A socket left by a process that was killed refuses connections; one that takes them belongs to somebody.
fn remove_stale(path: &Path) -> Result<(), EngineError> {
    let failed = |source| EngineError::SocketUnusable { path: path.to_owned(), source };
    match fs::symlink_metadata(path) {
        Ok(found) if !found.file_type().is_socket() => Err(EngineError::SocketTaken { path: path.to_owned() }),
        Ok(_) => match UnixStream::connect(path) {
            Ok(_) => Err(EngineError::SocketTaken { path: path.to_owned() }),
            Err(_) => fs::remove_file(path).map_err(failed),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_socket_is_for_its_owner_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("private/engine.sock");

        let (_listener, _file) = bind(&path).expect("bound");

        let rights = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(rights(&path), 0o600);
        assert_eq!(rights(&folder.path().join("private")), 0o700);
    }

    #[test]
    fn a_stale_socket_is_replaced_and_a_served_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("engine.sock");
        drop(UnixListener::bind(&path).expect("bound"));
        assert!(path.exists(), "a closed listener leaves its file");

        let (_listener, _file) = bind(&path).expect("the stale one is replaced");
        let error = bind(&path).expect_err("the first one serves");

        assert!(matches!(error, EngineError::SocketTaken { .. }), "{error}");
    }

    #[test]
    fn a_file_that_is_no_socket_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("engine.sock");
        fs::write(&path, "somebody's").expect("written");

        bind(&path).expect_err("it is no socket");

        assert_eq!(fs::read_to_string(&path).expect("still there"), "somebody's");
    }

    #[test]
    fn a_path_longer_than_the_system_allows_is_refused_with_the_number() {
        let path = PathBuf::from(format!("/{}", "a".repeat(SOCKET_PATH_BYTES_MAX - 1)));

        let error = check_length(&path).expect_err("one byte too long");

        assert!(error.to_string().contains(&(SOCKET_PATH_BYTES_MAX - 1).to_string()), "{error}");
        check_length(Path::new("/short")).expect("short enough");
    }
}
