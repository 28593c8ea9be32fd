//! Source maps that people uploaded: which there are, what each holds, and which one a script needs.
//!
//! Rows are in the metadata, contents in files named by their hash. A file is on the disk before its row is, and goes after it.

mod check;
mod files;

use std::path::Path;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use limen_model::AppId;
use limen_stack::Unresolved;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use tokio::sync::{Mutex, MutexGuard, watch};

use crate::api::SourceMapKeeper;
use crate::errors::{FoundMap, MapSource, WantedMap};
use crate::limits::{SOURCE_MAP_BYTES_MAX, SOURCE_MAPS_BYTES_MAX, SOURCE_MAPS_MAX};
use crate::metadata::{Metadata, MetadataError};

pub use check::{debug_id, script_path};
pub use files::{FOLDER, Files};

/// What a map is of: a build of a script, or a script of a release, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapOf {
    pub app: AppId,
    /// Canonical; empty for none.
    pub debug_id: String,
    /// Empty for none, and then so is the path.
    pub release: String,
    /// Of the script as browsers load it, with a slash in front.
    pub path: String,
}

/// A map that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMap {
    pub id: String,
    pub of: MapOf,
    /// SHA-256 of the opened map, in hexadecimal.
    pub content: String,
    /// Opened, and as it lies on the disk.
    pub bytes: i64,
    pub packed_bytes: i64,
    pub uploaded_unix_nano: i64,
}

/// How much an application may keep.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub maps_max: i64,
    pub bytes_max: i64,
}

/// The maps of a release, as somebody who needs room looks at them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseUse {
    pub release: String,
    pub maps: i64,
    pub bytes: i64,
}

/// What an upload came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It is new, or it took the place of another content.
    Kept(StoredMap),
    /// These very bytes were there already.
    Known(StoredMap),
}

/// Why a map is not taken or cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceMapError {
    #[error("the source map has more than {limit} bytes when it is opened")]
    TooLarge { limit: usize },
    #[error("the body says that it is packed with gzip and cannot be opened: {0}")]
    GzipBroken(std::io::Error),
    #[error("the body is no source map: {0}")]
    NotAMap(String),
    #[error("the map says that its debug id is {stated}, the request that it is {asked}")]
    OtherDebugId { stated: String, asked: String },
    #[error(
        "the application has {maps} source maps with {bytes} bytes; it may have {} with {}",
        room.maps_max,
        room.bytes_max
    )]
    Full { maps: i64, bytes: i64, room: Room, oldest: Option<ReleaseUse> },
    #[error("name what the map is of: its debug_id, or release and url of its script")]
    OfNothing,
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    #[error("a file of source maps failed: {0}; check that the data folder is writable and its disk has space")]
    File(#[from] std::io::Error),
}

/// All source maps of all applications.
#[derive(Clone)]
pub struct SourceMaps {
    metadata: Metadata,
    files: Files,
    room: Room,
    changes: watch::Sender<u64>,
    /// Whoever changes rows and files together; reading needs no turn.
    turn: Arc<Mutex<()>>,
}

impl SourceMaps {
    pub fn open(data: &Path, metadata: &Metadata) -> std::io::Result<Self> {
        let room = Room { maps_max: SOURCE_MAPS_MAX, bytes_max: SOURCE_MAPS_BYTES_MAX };
        Self::with_room(data, metadata, room)
    }

    fn with_room(data: &Path, metadata: &Metadata, room: Room) -> std::io::Result<Self> {
        let files = Files::open(data)?;
        Ok(Self { metadata: metadata.clone(), files, room, changes: watch::channel(0).0, turn: Arc::default() })
    }

    /// Keeps a map; returns when it is on the disk.
    pub async fn put(&self, of: MapOf, body: Vec<u8>, gzip: bool) -> Result<Put, SourceMapError> {
        let checked = in_background(move || check::check(body, gzip, SOURCE_MAP_BYTES_MAX)).await?;
        let of = with_stated_id(of, checked.debug_id)?;
        let id = row_id(&of);
        let _turn = self.turn.lock().await;
        let before = self.metadata.source_map(&id).await?;
        if let Some(before) = before.as_ref().filter(|before| before.content == checked.content) {
            return Ok(Put::Known(before.clone()));
        }
        let stored = StoredMap {
            id,
            of,
            content: checked.content,
            bytes: checked.bytes,
            packed_bytes: checked.packed.len() as i64,
            uploaded_unix_nano: now_unix_nano(),
        };
        self.make_sure_of_room(&stored, before.as_ref()).await?;
        let (files, app, content) = (self.files.clone(), stored.of.app.clone(), stored.content.clone());
        in_background(move || files.write(&app, &content, &checked.packed)).await?;
        self.metadata.keep_source_map(&stored).await?;
        if let Some(before) = before {
            self.remove_unused(&before).await?;
        }
        self.changes.send_modify(|changes| *changes += 1);
        Ok(Put::Kept(stored))
    }

    /// Removes a map; returns it as it was, or nothing when there is none of that id.
    pub async fn delete(&self, id: &str) -> Result<Option<StoredMap>, SourceMapError> {
        let _turn = self.turn.lock().await;
        let Some(stored) = self.metadata.source_map(id).await? else { return Ok(None) };
        self.metadata.delete_source_map(&stored).await?;
        self.remove_unused(&stored).await?;
        self.changes.send_modify(|changes| *changes += 1);
        Ok(Some(stored))
    }

    /// The newest first, those below `after` if there is one.
    pub async fn list(
        &self,
        app: &AppId,
        release: Option<&str>,
        after: Option<(i64, String)>,
        limit: u32,
    ) -> Result<Vec<StoredMap>, SourceMapError> {
        Ok(self.metadata.source_maps(app, release, after, limit).await?)
    }

    /// By the debug id, else by the release and the path of the script. A map that names another build never counts.
    pub async fn find(&self, app: &AppId, wanted: &WantedMap) -> Result<FoundMap, SourceMapError> {
        let id = wanted.debug_id.as_deref().and_then(debug_id);
        let release = wanted.release.as_str();
        let mut content = None;
        if let Some(id) = &id {
            content = self.metadata.map_of_build(app, id).await?;
        }
        if content.is_none() && !release.is_empty() {
            content = self.metadata.map_of_file(app, release, &script_path(&wanted.url), id.is_some()).await?;
        }
        let Some(content) = content else { return Ok(FoundMap::None(self.why(app, id.is_some(), release).await?)) };
        let (files, app) = (self.files.clone(), app.clone());
        let read = in_background(move || files.read(&app, &content).and_then(|packed| check::open_stored(&packed)));
        // It may lie on another server, or be gone: that frame has no source, and all others still find theirs.
        Ok(read.await.map_or_else(
            |error| {
                tracing::warn!(%error, "a source map that was uploaded cannot be read");
                FoundMap::None(Unresolved::MapDamaged)
            },
            FoundMap::Map,
        ))
    }

    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Until it is dropped rows and files stay as they are.
    pub async fn hold(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    async fn why(&self, app: &AppId, has_id: bool, release: &str) -> Result<Unresolved, SourceMapError> {
        let (any, of_release) = self.metadata.are_there_source_maps(app, release).await?;
        Ok(match (any, has_id, release.is_empty(), of_release) {
            (false, ..) => Unresolved::NothingUploaded,
            (_, true, ..) => Unresolved::UnknownDebugId,
            (_, _, true, _) => Unresolved::NoRelease,
            (.., false) => Unresolved::NothingForRelease,
            (.., true) => Unresolved::NoSuchFile,
        })
    }

    async fn make_sure_of_room(&self, wanted: &StoredMap, before: Option<&StoredMap>) -> Result<(), SourceMapError> {
        let (maps, bytes) = self.metadata.source_map_use(&wanted.of.app).await?;
        let (maps_freed, bytes_freed) = before.map_or((0, 0), |before| (1, before.packed_bytes));
        if maps - maps_freed < self.room.maps_max && bytes - bytes_freed + wanted.packed_bytes <= self.room.bytes_max {
            return Ok(());
        }
        let oldest = self.metadata.oldest_mapped_release(&wanted.of.app).await?;
        Err(SourceMapError::Full { maps, bytes, room: self.room, oldest })
    }

    /// Two scripts may have maps of the same content.
    async fn remove_unused(&self, gone: &StoredMap) -> Result<(), SourceMapError> {
        if !self.metadata.is_content_used(&gone.of.app, &gone.content).await? {
            self.files.remove(&gone.of.app, &gone.content)?;
        }
        Ok(())
    }
}

impl MapSource for SourceMaps {
    fn find<'f>(&'f self, app: &'f AppId, wanted: &'f WantedMap) -> BoxFuture<'f, Result<FoundMap, String>> {
        self.find(app, wanted).map(|found| found.map_err(|error| error.to_string())).boxed()
    }

    fn changes(&self) -> u64 {
        *self.changes.borrow()
    }
}

impl SourceMapKeeper for SourceMaps {
    fn put(&self, of: MapOf, body: Vec<u8>, gzip: bool) -> BoxFuture<'_, Result<Put, SourceMapError>> {
        self.put(of, body, gzip).boxed()
    }

    fn list<'l>(
        &'l self,
        app: &'l AppId,
        release: Option<&'l str>,
        after: Option<(i64, String)>,
        limit: u32,
    ) -> BoxFuture<'l, Result<Vec<StoredMap>, SourceMapError>> {
        self.list(app, release, after, limit).boxed()
    }

    fn delete<'d>(&'d self, id: &'d str) -> BoxFuture<'d, Result<Option<StoredMap>, SourceMapError>> {
        self.delete(id).boxed()
    }
}

/// A map may say itself which build it is.
fn with_stated_id(of: MapOf, stated: Option<String>) -> Result<MapOf, SourceMapError> {
    let of = match stated {
        Some(stated) if of.debug_id.is_empty() => MapOf { debug_id: stated, ..of },
        Some(stated) if stated != of.debug_id => {
            return Err(SourceMapError::OtherDebugId { stated, asked: of.debug_id });
        }
        _ => of,
    };
    if of.debug_id.is_empty() && of.release.is_empty() { Err(SourceMapError::OfNothing) } else { Ok(of) }
}

/// The same for the same script, so that uploading again changes one row.
fn row_id(of: &MapOf) -> String {
    let mut hash = Sha256::new();
    for part in [of.app.as_str(), &of.debug_id, &of.release, &of.path] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    check::hexadecimal(&hash.finalize()[..16])
}

fn now_unix_nano() -> i64 {
    i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos()).unwrap_or(i64::MAX)
}

/// Packing and writing must not hold up requests.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

#[cfg(test)]
mod tests;
