//! The contents of source maps on the disk: one packed file each, below a folder for each application.

use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use limen_model::AppId;

/// Of the data folder, and of backups.
pub const FOLDER: &str = "sourcemaps";
/// The ending of a file that is not whole yet.
const PART: &str = "part";

#[derive(Debug, Clone)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// Removes what an earlier server left half written.
    pub fn open(data: &Path) -> std::io::Result<Self> {
        let folder = data.join(FOLDER);
        make(&folder)?;
        for app in fs::read_dir(&folder)? {
            let app = app?;
            if !app.file_type()?.is_dir() {
                continue;
            }
            for file in fs::read_dir(app.path())? {
                let path = file?.path();
                if path.extension().is_some_and(|ending| ending == PART) {
                    fs::remove_file(path)?;
                }
            }
        }
        Ok(Self { folder })
    }

    /// Returns when the file and its name are on the disk; one that is there is the same one.
    pub fn write(&self, app: &AppId, content: &str, packed: &[u8]) -> std::io::Result<()> {
        let path = self.path(app, content);
        if path.exists() {
            return Ok(());
        }
        let folder = self.folder.join(app.as_str());
        make(&folder)?;
        let part = path.with_extension(PART);
        let mut file = File::create(&part)?;
        file.write_all(packed)?;
        file.sync_all()?;
        fs::rename(&part, &path)?;
        File::open(&folder)?.sync_all()?;
        File::open(&self.folder)?.sync_all()
    }

    pub fn read(&self, app: &AppId, content: &str) -> std::io::Result<Vec<u8>> {
        let path = self.path(app, content);
        fs::read(&path).map_err(|error| std::io::Error::new(error.kind(), format!("{}: {error}", path.display())))
    }

    pub fn remove(&self, app: &AppId, content: &str) -> std::io::Result<()> {
        match fs::remove_file(self.path(app, content)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Copies what is not there yet; contents never change, so what is there is whole.
    pub fn copy_to(&self, target: &Path) -> std::io::Result<()> {
        make(target)?;
        for app in fs::read_dir(&self.folder)? {
            let app = app?;
            if !app.file_type()?.is_dir() {
                continue;
            }
            let of_app = target.join(app.file_name());
            make(&of_app)?;
            for file in fs::read_dir(app.path())? {
                let file = file?;
                let copy = of_app.join(file.file_name());
                if copy.exists() || file.path().extension().is_some_and(|ending| ending == PART) {
                    continue;
                }
                match fs::copy(file.path(), &copy) {
                    // It was deleted just now.
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    copied => drop(copied?),
                }
            }
        }
        Ok(())
    }

    /// Both parts are checked where they come from: neither holds a slash or a dot.
    fn path(&self, app: &AppId, content: &str) -> PathBuf {
        self.folder.join(app.as_str()).join(format!("{content}.gz"))
    }
}

fn make(folder: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}
