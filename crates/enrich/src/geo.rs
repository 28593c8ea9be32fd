//! The country of an address and who runs its network, from a database file in MaxMind's format, which may be replaced while
//! the server runs.

use std::net::IpAddr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use maxminddb::{PathElement, Reader};

use crate::error::EnrichError;
use crate::interned;
use crate::limits::LABEL_BYTES_MAX;

/// Where a record holds the code: MaxMind's own files and DB-IP's nest it, converted ones often have it on top.
const CODES: [&[PathElement<'static>]; 2] =
    [&[PathElement::Key("country"), PathElement::Key("iso_code")], &[PathElement::Key("country_code")]];

/// Where files that know networks hold the name of their owner.
const OWNERS: [&[PathElement<'static>]; 3] = [
    &[PathElement::Key("autonomous_system_organization")],
    &[PathElement::Key("as_name")],
    &[PathElement::Key("traits"), PathElement::Key("autonomous_system_organization")],
];

pub(crate) struct Geo {
    path: PathBuf,
    reader: RwLock<Arc<Reader<Vec<u8>>>>,
    /// What the user says must be named; files do not always say it themselves.
    attribution: Option<String>,
    looked: Mutex<Looked>,
}

/// The file as it was when it was last looked at, and what was wrong with it.
struct Looked {
    stamp: Option<Stamp>,
    problem: Option<String>,
}

/// Tells a file from the one that was there before, whether it was replaced or written over.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stamp {
    inode: u64,
    modified: (i64, i64),
    bytes: u64,
}

/// What a database knows of an address; empty is unknown.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Found {
    pub country: &'static str,
    /// The organisation that runs the network.
    pub owner: String,
}

impl Geo {
    pub fn open(path: &Path, attribution: Option<String>) -> Result<Self, EnrichError> {
        let stamp = Stamp::of(path);
        Ok(Self {
            reader: RwLock::new(Arc::new(read(path)?)),
            path: path.to_owned(),
            attribution,
            looked: Mutex::new(Looked { stamp, problem: None }),
        })
    }

    pub fn find(&self, address: IpAddr) -> Found {
        let reader = self.reader();
        // A damaged record is as good as none: the event matters more than its country.
        let Ok(found) = reader.lookup(address) else { return Found::default() };
        let code = CODES.iter().find_map(|path| found.decode_path::<&str>(path).ok().flatten());
        let owner = OWNERS.iter().find_map(|path| found.decode_path::<&str>(path).ok().flatten()).unwrap_or_default();
        Found {
            country: code.map_or("", interned::country),
            owner: owner[..owner.floor_char_boundary(LABEL_BYTES_MAX)].to_owned(),
        }
    }

    /// Reads the file again when it is another one; true when the new one is in use. One that cannot be read changes nothing.
    pub fn refresh(&self) -> Result<bool, EnrichError> {
        let stamp = Stamp::of(&self.path);
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.stamp == stamp {
            return Ok(false);
        }
        looked.stamp = stamp;
        match read(&self.path) {
            Ok(reader) => {
                *self.reader.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(reader);
                looked.problem = None;
                Ok(true)
            }
            Err(error) => {
                looked.problem = Some(error.to_string());
                Err(error)
            }
        }
    }

    /// Why the file that is there now is not in use.
    pub fn problem(&self) -> Option<String> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner).problem.clone()
    }

    /// The words that the licence of the database asks for.
    pub fn attribution(&self) -> String {
        let reader = self.reader();
        let kind = &reader.metadata().database_type;
        if let Some(attribution) = &self.attribution {
            attribution.clone()
        } else if kind.contains("DBIP") {
            "IP geolocation by DB-IP (https://db-ip.com)".to_owned()
        } else if kind.contains("GeoLite2") {
            "This product includes GeoLite2 data created by MaxMind (https://www.maxmind.com)".to_owned()
        } else {
            format!("IP geolocation by {kind}")
        }
    }

    fn reader(&self) -> Arc<Reader<Vec<u8>>> {
        Arc::clone(&self.reader.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Stamp {
    /// Nothing when there is no such file.
    fn of(path: &Path) -> Option<Self> {
        let found = std::fs::metadata(path).ok()?;
        Some(Stamp { inode: found.ino(), modified: (found.mtime(), found.mtime_nsec()), bytes: found.size() })
    }
}

/// Read as a whole: whoever writes over the file later changes nothing here.
fn read(path: &Path) -> Result<Reader<Vec<u8>>, EnrichError> {
    Reader::open_readfile(path).map_err(|source| EnrichError::GeoFile { path: path.to_owned(), source })
}
