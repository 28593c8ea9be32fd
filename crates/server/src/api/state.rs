//! What the API needs from the rest of the server, small enough to stand in for in tests.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use limen_model::AppId;
use limen_store::{Store, Subject};
use tokio::sync::Semaphore;

use crate::app_settings::AppSettings;
use crate::dashboards::{Dashboard, DashboardRefusal, KeptDashboard};
use crate::errors::ErrorState;
use crate::keys::{FreshKey, Key, KeyKind};
use crate::metadata::KeyRefusal;
use crate::sourcemaps::{MapOf, Put, SourceMapError, StoredMap};
use crate::usage::{DayUse, UsageByHour};

use super::{AppItem, AuditItem, ErasureItem, OutcomesAnswer, StatusAnswer, Wanted};

/// What every handler can reach.
#[derive(Clone)]
pub struct ApiState {
    pub store: Store,
    pub directory: Arc<dyn Directory>,
    pub status: Arc<dyn StatusSource>,
    pub outcomes: Arc<dyn OutcomeSource>,
    pub settings: Arc<dyn SettingsStore>,
    pub usage: Arc<dyn UsageSource>,
    pub people: Arc<dyn People>,
    pub keys: Arc<dyn Keys>,
    pub errors: Arc<dyn ErrorStates>,
    pub source_maps: Arc<dyn SourceMapKeeper>,
    pub dashboards: Arc<dyn DashboardKeeper>,
    /// Room for exports, each of which keeps a connection to the engine busy.
    pub exports: Arc<Semaphore>,
    /// Room for free questions in SQL.
    pub free_questions: Arc<Semaphore>,
}

/// Knows the applications, the default one first.
pub trait Directory: Send + Sync {
    fn apps(&self) -> Vec<AppItem>;
}

/// Knows what is set for each application.
pub trait SettingsStore: Send + Sync {
    fn of(&self, app: &AppId) -> Arc<AppSettings>;
    /// Returns when the document is on the disk and holds, or with the reason why it cannot be.
    fn set(&self, app: &AppId, name: &'static str, document: String) -> BoxFuture<'_, Result<(), String>>;
}

/// Knows the ingest keys of all applications. An error says why they cannot be read or kept.
pub trait Keys: Send + Sync {
    /// The oldest first.
    fn keys(&self) -> BoxFuture<'_, Result<Vec<Key>, String>>;
    fn make(
        &self,
        app: AppId,
        kind: KeyKind,
        name: String,
    ) -> BoxFuture<'_, Result<Result<FreshKey, KeyRefusal>, String>>;
    /// Returns when the key is on the disk as it is wanted and holds.
    fn set(&self, wanted: Key) -> BoxFuture<'_, Result<Result<(), KeyRefusal>, String>>;
}

/// Knows what each application sent.
pub trait UsageSource: Send + Sync {
    /// From an hour since the epoch on, until now; or the reason why that cannot be read.
    fn since(&self, app: &AppId, hour: i64) -> BoxFuture<'_, Result<UsageByHour, String>>;
    fn today(&self, app: &AppId) -> DayUse;
    /// The share of new sessions and of traces that comes in at the moment.
    fn sampling_rate(&self, app: &AppId) -> f64;
}

/// Does what people may ask about data of their own, and remembers it. An error says why it cannot be read or kept.
pub trait People: Send + Sync {
    fn erase(&self, wanted: Wanted) -> BoxFuture<'_, Result<ErasureItem, String>>;
    fn erasures(&self) -> BoxFuture<'_, Result<Vec<ErasureItem>, String>>;
    fn erasure(&self, id: String) -> BoxFuture<'_, Result<Option<ErasureItem>, String>>;
    fn audit(&self) -> BoxFuture<'_, Result<Vec<AuditItem>, String>>;
    /// Notes that somebody's data is about to be sent out.
    fn exporting<'n>(&'n self, subject: &'n Subject) -> BoxFuture<'n, Result<(), String>>;
}

/// Knows what people decided about groups of errors. An error says why it cannot be read or kept.
pub trait ErrorStates: Send + Sync {
    /// By group; those without a decision are not there.
    fn states<'s>(&'s self, app: &'s AppId) -> BoxFuture<'s, Result<HashMap<u64, ErrorState>, String>>;
    fn set<'s>(&'s self, app: &'s AppId, group: u64, state: &'s ErrorState) -> BoxFuture<'s, Result<(), String>>;
}

/// Keeps source maps.
pub trait SourceMapKeeper: Send + Sync {
    /// Returns when the map is on the disk.
    fn put(&self, of: MapOf, body: Vec<u8>, gzip: bool) -> BoxFuture<'_, Result<Put, SourceMapError>>;
    /// The newest first, so many below `after`.
    fn list<'l>(
        &'l self,
        app: &'l AppId,
        release: Option<&'l str>,
        after: Option<(i64, String)>,
        limit: u32,
    ) -> BoxFuture<'l, Result<Vec<StoredMap>, SourceMapError>>;
    /// What it was; nothing when there is none of that id.
    fn delete<'d>(&'d self, id: &'d str) -> BoxFuture<'d, Result<Option<StoredMap>, SourceMapError>>;
}

/// Knows how the server is.
pub trait StatusSource: Send + Sync {
    fn status(&self) -> BoxFuture<'_, StatusAnswer>;
}

/// Knows what became of every record since the start.
pub trait OutcomeSource: Send + Sync {
    fn outcomes(&self) -> OutcomesAnswer;
}

/// Keeps dashboards. An error says why they cannot be read or kept.
pub trait DashboardKeeper: Send + Sync {
    /// By name.
    fn list<'l>(&'l self, app: &'l AppId) -> BoxFuture<'l, Result<Vec<KeptDashboard>, String>>;
    fn make<'m>(
        &'m self,
        app: &'m AppId,
        dashboard: Dashboard,
    ) -> BoxFuture<'m, Result<Result<KeptDashboard, DashboardRefusal>, String>>;
    /// Of the version that was seen, and of no other.
    fn change<'c>(
        &'c self,
        app: &'c AppId,
        id: &'c str,
        seen: i64,
        dashboard: Dashboard,
    ) -> BoxFuture<'c, Result<Result<KeptDashboard, DashboardRefusal>, String>>;
    fn delete<'d>(&'d self, app: &'d AppId, id: &'d str) -> BoxFuture<'d, Result<Option<KeptDashboard>, String>>;
}
