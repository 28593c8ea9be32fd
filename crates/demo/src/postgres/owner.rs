//! Who runs PostgreSQL: it refuses to run as root, so root lends it to the system's `postgres` user.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tokio::process::Command;

use crate::Error;

/// The user that owns the cluster's files and runs its processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Myself,
    Other { uid: u32, gid: u32 },
}

impl Owner {
    /// `None` when we are root and the system has no `postgres` user, which a package of PostgreSQL always makes.
    pub fn choose(folder: &Path) -> Result<Option<Self>, Error> {
        // Who we are is read off a folder just made: the standard library has no call for it.
        let made = std::fs::metadata(folder).map_err(|source| Error::Folder { path: folder.to_owned(), source })?;
        if made.uid() != 0 {
            return Ok(Some(Self::Myself));
        }
        let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        Ok(user_named("postgres", &users).map(|(uid, gid)| Self::Other { uid, gid }))
    }

    /// A command that runs as this user, somewhere this user may be.
    pub fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env("LC_ALL", "C").stdin(std::process::Stdio::null());
        if let Self::Other { uid, gid } = self {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Makes a folder that only this user can open.
    pub fn make_folder(self, path: &Path) -> Result<(), Error> {
        if let Ok(found) = std::fs::symlink_metadata(path)
            && !(found.is_dir() && self.may_own(&found))
        {
            let source = std::io::Error::other("it belongs to someone else");
            return Err(Error::Folder { path: path.to_owned(), source });
        }
        let made = std::fs::create_dir_all(path)
            .and_then(|()| std::fs::set_permissions(path, PermissionsExt::from_mode(0o700)))
            .and_then(|()| match self {
                Self::Myself => Ok(()),
                Self::Other { uid, gid } => std::os::unix::fs::chown(path, Some(uid), Some(gid)),
            });
        made.map_err(|source| Error::Folder { path: path.to_owned(), source })
    }

    /// Below `/var/tmp` anyone could have laid a folder or a link of this name for root to follow.
    fn may_own(self, found: &std::fs::Metadata) -> bool {
        match self {
            Self::Myself => true,
            Self::Other { uid, .. } => found.uid() == 0 || found.uid() == uid,
        }
    }

    /// The wanted folder if this user can reach it, else one under `/var/tmp`: root's home is closed to others.
    pub fn reachable(self, wanted: &Path) -> PathBuf {
        let open = |folder: &Path| std::fs::metadata(folder).is_ok_and(|found| found.mode() & 0o001 != 0);
        if self == Self::Myself || wanted.ancestors().skip(1).all(open) {
            return wanted.to_owned();
        }
        let name: String =
            wanted.to_string_lossy().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        Path::new("/var/tmp").join(format!("limen-demo{name}"))
    }
}

fn user_named(name: &str, users: &str) -> Option<(u32, u32)> {
    let mut fields = users.lines().map(|line| line.split(':')).find_map(|mut fields| {
        let found = fields.next() == Some(name);
        found.then_some(fields)
    })?;
    let uid = fields.nth(1)?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some((uid, gid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_user_and_no_other_whose_name_begins_alike() {
        let users =
            "root:x:0:0:root:/root:/bin/bash\npostgres2:x:7:8::/:/bin/sh\npostgres:x:101:104:,,,:/var:/bin/bash\n";
        assert_eq!(user_named("postgres", users), Some((101, 104)));
        assert_eq!(user_named("mysql", users), None);
    }

    #[test]
    fn moves_out_of_a_folder_that_the_other_user_cannot_enter() {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::set_permissions(root.path(), PermissionsExt::from_mode(0o700)).expect("permissions");
        let wanted = root.path().join("shop");
        let other = Owner::Other { uid: 101, gid: 104 };
        assert!(other.reachable(&wanted).starts_with("/var/tmp"));
        assert_eq!(Owner::Myself.reachable(&wanted), wanted);
    }
}
