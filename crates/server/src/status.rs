//! What the API tells about the server itself: applications, state, outcomes.

use std::sync::{Arc, OnceLock};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use limen_query::{FirstEvent, Time};
use limen_store::Store;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::api::{
    ApiState, AppItem, Directory, EngineKind, EngineState, EngineStatus, GeoStatus, Listening, OutcomeCount,
    OutcomeSource, OutcomesAnswer, StatusAnswer, StatusSource,
};
use crate::limits::FIRST_EVENT_WITHIN;
use crate::outcomes::Outcomes;
use crate::serve::Running;
use crate::{directory, supervisor};

pub fn api_state(running: &Running) -> ApiState {
    let settings = &running.settings;
    let kind = if settings.engine.clickhouse.is_some() { EngineKind::Clickhouse } else { EngineKind::Embedded };
    let attribution = running.pipeline.enricher.geo_attribution();
    ApiState {
        store: running.store.clone(),
        directory: Arc::new(running.directory.clone()),
        status: Arc::new(Status {
            store: running.store.clone(),
            engine: running.engine.clone(),
            kind,
            listening: Listening { main: running.addresses.main.to_string(), otlp: running.addresses.otlp.to_string() },
            local_only: settings.local_only(),
            geo: GeoStatus { loaded: settings.enrich.geoip_file.is_some(), attribution },
            first_event: OnceLock::new(),
        }),
        outcomes: Arc::clone(&running.pipeline.outcomes) as Arc<dyn OutcomeSource>,
    }
}

impl Directory for directory::Directory {
    fn apps(&self) -> Vec<AppItem> {
        let item = |app: crate::metadata::App| AppItem {
            id: app.id.to_string(),
            name: app.name,
            key: app.key.as_str().to_owned(),
            created: Time::from(app.created),
        };
        directory::Directory::apps(self).into_iter().map(item).collect()
    }
}

struct Status {
    store: Store,
    engine: watch::Receiver<supervisor::EngineState>,
    kind: EngineKind,
    listening: Listening,
    local_only: bool,
    geo: GeoStatus,
    first_event: OnceLock<FirstEvent>,
}

impl StatusSource for Status {
    fn status(&self) -> BoxFuture<'_, StatusAnswer> {
        async {
            StatusAnswer {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                engine: self.engine_status(),
                listening: self.listening.clone(),
                local_only: self.local_only,
                sign_in: false,
                geo: self.geo.clone(),
                first_event: self.first_event().await,
            }
        }
        .boxed()
    }
}

impl Status {
    /// Asked of the store until there is one; then it never changes.
    async fn first_event(&self) -> Option<FirstEvent> {
        if let Some(first) = self.first_event.get() {
            return Some(first.clone());
        }
        let asked = timeout(FIRST_EVENT_WITHIN, limen_query::first_event(&self.store)).await;
        let first = asked.ok()?.ok()??;
        Some(self.first_event.get_or_init(|| first).clone())
    }

    fn engine_status(&self) -> EngineStatus {
        let state = self.engine.borrow().clone();
        let detail =
            if state == supervisor::EngineState::Ready { String::new() } else { format!("the engine is {state}") };
        let state = match state {
            supervisor::EngineState::Ready => EngineState::Ready,
            supervisor::EngineState::Starting => EngineState::Starting,
            _ => EngineState::Down,
        };
        EngineStatus { state, kind: self.kind, detail }
    }
}

impl OutcomeSource for Outcomes {
    fn outcomes(&self) -> OutcomesAnswer {
        let count = |((app, signal, outcome), count): (crate::outcomes::OutcomeKey, u64)| OutcomeCount {
            app: app.map(|app| app.to_string()),
            signal: signal.map(|signal| signal.name().to_owned()),
            outcome: outcome.name().to_owned(),
            meaning: outcome.meaning().to_owned(),
            count,
        };
        OutcomesAnswer { since: Time::from(self.since()), outcomes: self.all().into_iter().map(count).collect() }
    }
}
