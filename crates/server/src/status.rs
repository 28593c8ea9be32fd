//! What the API tells about the server itself: applications, state, outcomes.

use std::sync::{Arc, OnceLock};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use limen_enrich::Enricher;
use limen_model::AppId;
use limen_model::redaction::Secret;
use limen_query::{FirstEvent, Time};
use limen_store::{SpoolLevel, Store};
use time::OffsetDateTime;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use crate::admission::Gate;
use crate::api::{
    ApiState, AppItem, Directory, EngineKind, EngineState, EngineStatus, GeoStatus, Listening, OutcomeCount,
    OutcomeSource, OutcomesAnswer, RedactionCount, RoutesOverLimit, SettingsStore, SpoolStatus, StatusAnswer,
    StatusSource, UsageSource,
};
use crate::app_settings::AppSettings;
use crate::dashboards::Dashboards;
use crate::errors::GroupStates;
use crate::key_ring::KeyRing;
use crate::limits::{EXPORTS_MAX, FIRST_EVENT_WITHIN, FREE_QUESTIONS_MAX};
use crate::metadata::{Metadata, MetadataError};
use crate::outcomes::Outcomes;
use crate::serve::Running;
use crate::usage::{DayUse, Usage, UsageByHour};
use crate::{directory, supervisor};

pub fn api_state(running: &Running) -> ApiState {
    let settings = &running.settings;
    let kind = if settings.engine.clickhouse.is_some() { EngineKind::Clickhouse } else { EngineKind::Embedded };
    ApiState {
        store: running.store.clone(),
        directory: Arc::new(running.directory.clone()),
        status: Arc::new(Status {
            store: running.store.clone(),
            engine: running.engine.clone(),
            spool: running.spool.clone(),
            kind,
            listening: Listening { main: running.addresses.main.to_string(), otlp: running.addresses.otlp.to_string() },
            local_only: settings.local_only(),
            enricher: Arc::clone(&running.pipeline.enricher),
            first_event: OnceLock::new(),
        }),
        outcomes: Arc::clone(&running.pipeline.outcomes) as Arc<dyn OutcomeSource>,
        usage: Arc::new(Counted {
            metadata: running.metadata.clone(),
            usage: Arc::clone(&running.pipeline.usage),
            gate: Arc::clone(&running.pipeline.gate),
            directory: running.directory.clone(),
        }),
        exports: Arc::new(Semaphore::new(EXPORTS_MAX)),
        free_questions: Arc::new(Semaphore::new(FREE_QUESTIONS_MAX)),
        people: Arc::new(running.erasures.clone()),
        keys: Arc::new(KeyRing::of(running)),
        source_maps: Arc::new(running.source_maps.clone()),
        dashboards: Arc::new(Dashboards(running.metadata.clone())),
        errors: Arc::new(GroupStates::new(running.metadata.clone())),
        settings: Arc::new(Kept { metadata: running.metadata.clone(), directory: running.directory.clone() }),
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

/// What is set for applications: written to the metadata file, read from memory.
struct Kept {
    metadata: Metadata,
    directory: directory::Directory,
}

impl SettingsStore for Kept {
    fn of(&self, app: &AppId) -> Arc<AppSettings> {
        self.directory.settings_of(app)
    }

    fn set(&self, app: &AppId, name: &'static str, document: String) -> BoxFuture<'_, Result<(), String>> {
        let app = app.clone();
        async move {
            let told = |error: MetadataError| error.to_string();
            self.metadata.set(&app, name, &document).await.map_err(told)?;
            self.directory.replace(self.metadata.apps().await.map_err(told)?);
            Ok(())
        }
        .boxed()
    }
}

/// What was used: counted in memory, kept in the metadata file.
struct Counted {
    metadata: Metadata,
    usage: Arc<Usage>,
    gate: Arc<Gate>,
    directory: directory::Directory,
}

impl UsageSource for Counted {
    fn since(&self, app: &AppId, hour: i64) -> BoxFuture<'_, Result<UsageByHour, String>> {
        let app = app.clone();
        async move {
            // Then the file has all of it.
            self.usage.keep(&self.metadata).await.map_err(|error| error.to_string())?;
            self.metadata.usage_of(&app, hour).await.map_err(|error| error.to_string())
        }
        .boxed()
    }

    fn today(&self, app: &AppId) -> DayUse {
        self.usage.today(app, OffsetDateTime::now_utc().unix_timestamp())
    }

    fn sampling_rate(&self, app: &AppId) -> f64 {
        let settings = self.directory.settings_of(app);
        self.gate.sampling_rate(app, &settings.admission, &settings.sampling, self.gate.now())
    }
}

struct Status {
    store: Store,
    engine: watch::Receiver<supervisor::EngineState>,
    spool: Option<watch::Receiver<SpoolLevel>>,
    kind: EngineKind,
    listening: Listening,
    local_only: bool,
    enricher: Arc<Enricher>,
    first_event: OnceLock<FirstEvent>,
}

impl StatusSource for Status {
    fn status(&self) -> BoxFuture<'_, StatusAnswer> {
        async {
            StatusAnswer {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                engine: self.engine_status(),
                spool: self.spool.as_ref().map(|level| spool_status(&level.borrow())),
                listening: self.listening.clone(),
                local_only: self.local_only,
                sign_in: false,
                geo: self.geo_status(),
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

    fn geo_status(&self) -> GeoStatus {
        let attribution = self.enricher.geo_attribution();
        GeoStatus { loaded: attribution.is_some(), attribution, problem: self.enricher.geo_problem() }
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

fn spool_status(level: &SpoolLevel) -> SpoolStatus {
    SpoolStatus {
        entries: level.entries,
        bytes: level.bytes,
        bytes_max: level.bytes_max,
        oldest_age: level.oldest_unix_milli.map(|oldest| age_millis(oldest) as f64),
    }
}

pub fn age_millis(unix_milli: i64) -> i64 {
    let now = i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX);
    now.saturating_sub(unix_milli).max(0)
}

/// Whether data can be stored: in the engine, or in the spool until the engine is back.
#[derive(Clone)]
pub struct Readiness {
    engine: watch::Receiver<supervisor::EngineState>,
    spool: Option<watch::Receiver<SpoolLevel>>,
}

impl Readiness {
    pub fn of(running: &Running) -> Self {
        Self { engine: running.engine.clone(), spool: running.spool.clone() }
    }

    /// What to know beside "ready", or why not.
    pub fn look(&self) -> Result<String, String> {
        let engine = self.engine.borrow().clone();
        let level = self.spool.as_ref().map(|level| *level.borrow());
        let waiting = level.filter(|level| level.entries > 0).map_or_else(String::new, describe);
        match (engine, level) {
            (supervisor::EngineState::Ready, _) => Ok(waiting),
            (engine, Some(level)) if level.bytes < level.bytes_max => {
                Ok(format!(" to take data, but the engine is {engine}{waiting}"))
            }
            (engine, _) => Err(format!("the engine is {engine}{waiting}")),
        }
    }
}

fn describe(level: SpoolLevel) -> String {
    let seconds = level.oldest_unix_milli.map_or(0, age_millis) / 1000;
    let (entries, bytes, max) = (level.entries, level.bytes, level.bytes_max);
    format!("; the spool holds {entries} inserts with {bytes} of {max} bytes, the oldest for {seconds} s")
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
        let redaction = |((app, secret), count): ((AppId, Secret), u64)| RedactionCount {
            app: app.to_string(),
            secret: secret.name().to_owned(),
            meaning: secret.meaning().to_owned(),
            count,
        };
        let over_limit = |(app, count): (AppId, u64)| RoutesOverLimit { app: app.to_string(), count };
        OutcomesAnswer {
            since: Time::from(self.since()),
            outcomes: self.all().into_iter().map(count).collect(),
            redactions: self.all_redactions().into_iter().map(redaction).collect(),
            routes_over_limit: self.all_routes_over_limit().into_iter().map(over_limit).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use supervisor::EngineState;

    fn look(engine: EngineState, spool: Option<SpoolLevel>) -> Result<String, String> {
        let (_engine, engine) = watch::channel(engine);
        Readiness { engine, spool: spool.map(|level| watch::channel(level).1) }.look()
    }

    #[test]
    fn ready_means_that_data_can_be_stored_somewhere() {
        let level = |bytes| SpoolLevel { entries: bytes, bytes, bytes_max: 10, ..SpoolLevel::default() };
        let down = || EngineState::Down("killed".to_owned());
        assert_eq!(look(EngineState::Ready, None), Ok(String::new()));
        assert_eq!(look(EngineState::Ready, Some(level(0))), Ok(String::new()));
        assert!(look(EngineState::Ready, Some(level(10))).is_ok_and(|how| how.contains("holds 10 inserts")));
        assert!(look(down(), Some(level(9))).is_ok_and(|how| how.contains("down (killed)")));
        assert!(look(down(), Some(level(10))).is_err_and(|why| why.contains("10 of 10 bytes")));
        assert_eq!(look(down(), None), Err("the engine is down (killed)".to_owned()));
    }
}
