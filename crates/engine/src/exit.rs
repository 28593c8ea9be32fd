//! The exit codes of `limen engine`: one for each reason a start can fail, so that the supervisor knows when to stop trying.

/// The library is not where it was looked for.
pub const LIBRARY_MISSING: u8 = 10;
/// The library is there and cannot be used: not loadable, or it lacks a function.
pub const LIBRARY_UNUSABLE: u8 = 11;
/// Another process works on the data folder.
pub const DATA_LOCKED: u8 = 12;
/// The data folder was written by a newer Limen or a newer engine.
pub const DATA_NEWER: u8 = 13;
/// The data folder cannot be created, read or written.
pub const DATA_UNUSABLE: u8 = 14;
/// The socket's path is too long for this system.
pub const SOCKET_PATH_TOO_LONG: u8 = 15;
/// Another process serves on the socket.
pub const SOCKET_TAKEN: u8 = 16;
/// The socket cannot be created.
pub const SOCKET_UNUSABLE: u8 = 17;
/// The disk of the data folder is full.
pub const DISK_FULL: u8 = 18;
/// The database did not open; a later start may succeed.
pub const DATABASE_REFUSED: u8 = 30;
/// The operating system refused something a process needs, such as a thread; a later start may succeed.
pub const SYSTEM_REFUSED: u8 = 31;

/// True when a further start fails for the same reason until a person acts.
#[must_use]
pub fn is_final(code: i32) -> bool {
    (i32::from(LIBRARY_MISSING)..i32::from(DATABASE_REFUSED)).contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_is_final_and_a_database_that_did_not_open_is_not() {
        assert!(is_final(LIBRARY_MISSING.into()));
        assert!(is_final(DISK_FULL.into()));
        assert!(!is_final(DATABASE_REFUSED.into()));
        assert!(!is_final(0));
        assert!(!is_final(1));
        assert!(!is_final(137));
    }
}
