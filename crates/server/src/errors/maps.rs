//! Where source maps come from, small enough to stand in for in tests.

use futures_util::future::BoxFuture;
use limen_model::AppId;
use limen_stack::Unresolved;

/// The map that is wanted: of the script that says of itself which build it is, else of its file in a release.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WantedMap {
    pub debug_id: Option<String>,
    pub release: String,
    /// Address of the script as the browser loaded it.
    pub url: String,
}

/// What there is for a script.
pub enum FoundMap {
    /// The map, opened.
    Map(Vec<u8>),
    None(Unresolved),
}

/// Keeps source maps. An error says why they cannot be read.
pub trait MapSource: Send + Sync {
    fn find<'f>(&'f self, app: &'f AppId, wanted: &'f WantedMap) -> BoxFuture<'f, Result<FoundMap, String>>;
    /// Another number after something was uploaded or deleted.
    fn changes(&self) -> u64;
}
