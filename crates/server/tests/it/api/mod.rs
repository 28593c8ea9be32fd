//! The API as a client sees it, called without a socket and without an engine.

mod openapi;
mod refusals;
mod server;

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header::HeaderMap};
use futures_util::future::BoxFuture;
use http_body_util::BodyExt;
use limen_model::AppId;
use limen_query::Time;
use limen_server::api::{
    ApiState, AppItem, AppSettings, AuditItem, Dashboard, DashboardKeeper, DashboardRefusal, DayUse, Directory,
    EngineKind, EngineState, EngineStatus, ErasureItem, ErrorState, ErrorStates, FreshKey, GeoStatus, KeptDashboard,
    Key, KeyKind, KeyRefusal, Keys, Listening, MapOf, OutcomeCount, OutcomeSource, OutcomesAnswer, People, Put,
    SettingsStore, SourceMapError, SourceMapKeeper, StatusAnswer, StatusSource, StoredMap, UsageByHour, UsageSource,
    Wanted,
};
use limen_store::{Address, Store, Subject};
use serde_json::Value;
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// 2026-01-01T00:00:00Z
const START: Time = Time(1_767_225_600_000_000_000);

type DashboardMade = Result<Result<KeptDashboard, DashboardRefusal>, String>;

/// Stands in for the rest of the server: two applications, nothing received.
struct Fake;

impl Directory for Fake {
    fn apps(&self) -> Vec<AppItem> {
        let app =
            |id: &str| AppItem { id: id.to_owned(), name: id.to_owned(), key: format!("key-{id}"), created: START };
        vec![app("shop"), app("blog")]
    }
}

impl StatusSource for Fake {
    fn status(&self) -> BoxFuture<'_, StatusAnswer> {
        Box::pin(std::future::ready(StatusAnswer {
            version: "0.0.0".to_owned(),
            engine: EngineStatus {
                state: EngineState::Down,
                kind: EngineKind::Embedded,
                detail: "no engine".to_owned(),
            },
            listening: Listening { main: "127.0.0.1:4600".to_owned(), otlp: "127.0.0.1:4318".to_owned() },
            local_only: true,
            sign_in: false,
            geo: GeoStatus { loaded: false, attribution: None, problem: None },
            spool: None,
            first_event: None,
        }))
    }
}

impl SettingsStore for Fake {
    fn of(&self, _app: &AppId) -> Arc<AppSettings> {
        Arc::default()
    }

    fn set(&self, _app: &AppId, _name: &'static str, _document: String) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

impl UsageSource for Fake {
    fn since(&self, _app: &AppId, _hour: i64) -> BoxFuture<'_, Result<UsageByHour, String>> {
        Box::pin(std::future::ready(Ok(UsageByHour::new())))
    }

    fn today(&self, _app: &AppId) -> DayUse {
        DayUse::default()
    }

    fn sampling_rate(&self, _app: &AppId) -> f64 {
        1.0
    }
}

impl People for Fake {
    fn erase(&self, _wanted: Wanted) -> BoxFuture<'_, Result<ErasureItem, String>> {
        Box::pin(std::future::ready(Err("nothing is kept here".to_owned())))
    }

    fn erasures(&self) -> BoxFuture<'_, Result<Vec<ErasureItem>, String>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn erasure(&self, _id: String) -> BoxFuture<'_, Result<Option<ErasureItem>, String>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn audit(&self) -> BoxFuture<'_, Result<Vec<AuditItem>, String>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn exporting<'n>(&'n self, _subject: &'n Subject) -> BoxFuture<'n, Result<(), String>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

impl Keys for Fake {
    fn keys(&self) -> BoxFuture<'_, Result<Vec<Key>, String>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn make(
        &self,
        _app: AppId,
        _kind: KeyKind,
        _name: String,
    ) -> BoxFuture<'_, Result<Result<FreshKey, KeyRefusal>, String>> {
        Box::pin(std::future::ready(Ok(Err(KeyRefusal::TooMany))))
    }

    fn set(&self, _wanted: Key) -> BoxFuture<'_, Result<Result<(), KeyRefusal>, String>> {
        Box::pin(std::future::ready(Ok(Err(KeyRefusal::Unknown))))
    }
}

impl ErrorStates for Fake {
    fn states<'s>(&'s self, _app: &'s AppId) -> BoxFuture<'s, Result<HashMap<u64, ErrorState>, String>> {
        Box::pin(std::future::ready(Ok(HashMap::new())))
    }

    fn set<'s>(&'s self, _app: &'s AppId, _group: u64, _state: &'s ErrorState) -> BoxFuture<'s, Result<(), String>> {
        Box::pin(std::future::ready(Err("nothing is kept here".to_owned())))
    }
}

impl SourceMapKeeper for Fake {
    fn put(&self, of: MapOf, _body: Vec<u8>, _gzip: bool) -> BoxFuture<'_, Result<Put, SourceMapError>> {
        Box::pin(std::future::ready(Err(SourceMapError::NotAMap(format!("{of:?}")))))
    }

    fn list<'l>(
        &'l self,
        _app: &'l AppId,
        _release: Option<&'l str>,
        _after: Option<(i64, String)>,
        _limit: u32,
    ) -> BoxFuture<'l, Result<Vec<StoredMap>, SourceMapError>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn delete<'d>(&'d self, _id: &'d str) -> BoxFuture<'d, Result<Option<StoredMap>, SourceMapError>> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

impl DashboardKeeper for Fake {
    fn list<'l>(&'l self, _app: &'l AppId) -> BoxFuture<'l, Result<Vec<KeptDashboard>, String>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn make<'m>(&'m self, _app: &'m AppId, _dashboard: Dashboard) -> BoxFuture<'m, DashboardMade> {
        Box::pin(std::future::ready(Ok(Err(DashboardRefusal::TooMany))))
    }

    fn change<'c>(
        &'c self,
        _app: &'c AppId,
        _id: &'c str,
        _seen: i64,
        _dashboard: Dashboard,
    ) -> BoxFuture<'c, DashboardMade> {
        Box::pin(std::future::ready(Ok(Err(DashboardRefusal::Changed))))
    }

    fn delete<'d>(&'d self, _app: &'d AppId, _id: &'d str) -> BoxFuture<'d, Result<Option<KeptDashboard>, String>> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

impl OutcomeSource for Fake {
    fn outcomes(&self) -> OutcomesAnswer {
        let refused = OutcomeCount {
            app: None,
            signal: None,
            outcome: "key_unknown".to_owned(),
            meaning: "Refused: no application has this ingest key.".to_owned(),
            count: 3,
        };
        OutcomesAnswer { since: START, outcomes: vec![refused], redactions: Vec::new(), routes_over_limit: Vec::new() }
    }
}

/// The router over a store whose engine is away, and its document.
fn api() -> (axum::Router, utoipa::openapi::OpenApi) {
    let engine_away = Address::Socket("/nonexistent/engine.sock".into());
    let store = Store::open(&engine_away).expect("opening sends nothing");
    limen_server::api::router(ApiState {
        store,
        directory: Arc::new(Fake),
        status: Arc::new(Fake),
        outcomes: Arc::new(Fake),
        settings: Arc::new(Fake),
        usage: Arc::new(Fake),
        people: Arc::new(Fake),
        keys: Arc::new(Fake),
        errors: Arc::new(Fake),
        source_maps: Arc::new(Fake),
        dashboards: Arc::new(Fake),
        exports: Arc::new(Semaphore::new(1)),
        free_questions: Arc::new(Semaphore::new(1)),
    })
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

async fn ask(method: &str, uri: &str) -> Answer {
    let request = Request::builder().method(method).uri(uri).body(Body::empty()).expect("a valid request");
    let response = api().0.oneshot(request).await.expect("the router never fails");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a whole body").to_bytes();
    let body = serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{uri}: {error}: {bytes:?}"));
    Answer { status: parts.status, headers: parts.headers, body }
}

async fn get(uri: &str) -> Answer {
    ask("GET", uri).await
}
