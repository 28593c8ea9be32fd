//! What the API needs from the rest of the server, small enough to stand in for in tests.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use limen_store::Store;

use super::{AppItem, OutcomesAnswer, StatusAnswer};

/// What every handler can reach.
#[derive(Clone)]
pub struct ApiState {
    pub store: Store,
    pub directory: Arc<dyn Directory>,
    pub status: Arc<dyn StatusSource>,
    pub outcomes: Arc<dyn OutcomeSource>,
}

/// Knows the applications, the default one first.
pub trait Directory: Send + Sync {
    fn apps(&self) -> Vec<AppItem>;
}

/// Knows how the server is.
pub trait StatusSource: Send + Sync {
    fn status(&self) -> BoxFuture<'_, StatusAnswer>;
}

/// Knows what became of every record since the start.
pub trait OutcomeSource: Send + Sync {
    fn outcomes(&self) -> OutcomesAnswer;
}
