//! The HTTP API that people read: every route, and what answers to a path that is none.
//!
//! A handler makes four moves: extract, check, ask, answer. `query` answers, `error` chooses the status.

mod admission;
mod apdex;
mod apps;
mod blame;
mod breakdown;
mod causes;
mod continuity;
mod coverage;
mod dashboards;
mod doctor;
mod erasures;
mod error;
mod error_preview;
mod errors;
mod explain;
mod export;
mod journeys;
mod keys;
mod logs;
mod metrics;
mod openapi;
mod outcomes;
mod params;
mod prices;
mod redaction;
mod releases;
mod requests;
mod retention;
mod routes;
mod sampling;
mod services;
mod sessions;
mod settings;
mod sourcemaps;
mod sql;
mod state;
mod status;
mod traces;
mod traffic;
mod usage;
mod vitals;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, Uri};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{any, get};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::limits::API_BODY_BYTES_MAX;

pub use crate::admission::Admission;
pub use crate::apdex::ApdexTarget;
pub use crate::app_settings::AppSettings;
pub use crate::dashboards::{Dashboard, DashboardPanel, DashboardRefusal, KeptDashboard, PanelKind};
pub use crate::erasure::{Receipt, Wanted};
pub use crate::errors::{ErrorRule, ErrorRules, ErrorState, ErrorStatus, Until};
pub use crate::keys::{FreshKey, Key, KeyKind};
pub use crate::metadata::KeyRefusal;
pub use crate::retention::{LongerFlow, Retention};
pub use crate::rules::{RedactionRules, RouteRules};
pub use crate::sampling::{HighValue, Sampling, SamplingRule};
pub use crate::sourcemaps::{MapOf, Put, SourceMapError, StoredMap};
pub use crate::usage::{Cost, DayUse, Prices, UsageByHour};
pub use apps::{AppItem, AppsAnswer};
pub use erasures::{AuditAnswer, AuditItem, ErasureItem, ErasureKind, ErasureState, ErasuresAnswer};
pub use error::{ApiError, ErrorAnswer, ErrorDetail};
pub use outcomes::{OutcomeCount, OutcomesAnswer, RedactionCount, RoutesOverLimit};
pub use retention::{RetentionPreview, RetentionTable};
pub use state::{
    ApiState, DashboardKeeper, Directory, ErrorStates, Keys, OutcomeSource, People, SettingsStore, SourceMapKeeper,
    StatusSource, UsageSource,
};
pub use status::{EngineKind, EngineState, EngineStatus, GeoStatus, Listening, SpoolStatus, StatusAnswer};
pub use usage::{ForecastUsage, SavedUsage, SignalUsage, TodayUsage, UsageAnswer, UsagePoint};

/// The routes under `/api`, ready to be merged, and the document that describes them.
pub fn router(state: ApiState) -> (Router, OpenApi) {
    let routes = OpenApiRouter::with_openapi(openapi::base()).merge(questions()).merge(data());
    let (router, document) = routes.split_for_parts();
    let document = openapi::finish(document);
    let router = router
        .route("/api/v1/openapi.json", get(openapi::serve(&document)))
        .method_not_allowed_fallback(other_method)
        .route("/api", any(no_such_path))
        .route("/api/{*path}", any(no_such_path))
        .layer(map_response(never_stored))
        .layer(DefaultBodyLimit::max(API_BODY_BYTES_MAX))
        .with_state(state);
    (router, document)
}

/// What people experienced, and why.
fn questions() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(apps::apps))
        .routes(routes!(status::status))
        .routes(routes!(vitals::vitals))
        .routes(routes!(vitals::vitals_series))
        .routes(routes!(apdex::apdex))
        .routes(routes!(apdex::target, apdex::set_target))
        .routes(routes!(breakdown::breakdown))
        .routes(routes!(breakdown::distributions))
        .routes(routes!(causes::causes))
        .routes(routes!(requests::requests))
        .routes(routes!(requests::origins))
        .routes(routes!(requests::resources))
        .routes(routes!(traffic::traffic))
        .routes(routes!(sessions::sessions))
        .routes(routes!(sessions::session))
        .routes(routes!(traces::traces))
        .routes(routes!(traces::trace))
        .routes(routes!(services::services))
        .routes(routes!(logs::logs))
        .routes(routes!(logs::log_series))
        .routes(routes!(logs::log_fields))
        .routes(routes!(logs::log_context))
        .routes(routes!(sql::sql))
        .routes(routes!(sql::sql_tables))
        .routes(routes!(releases::releases))
        .routes(routes!(blame::blame))
        .routes(routes!(continuity::continuity))
        .routes(routes!(coverage::coverage))
        .routes(routes!(journeys::funnel))
        .routes(routes!(journeys::impact))
        .routes(routes!(blame::blame_population))
        .routes(routes!(explain::explain))
        .routes(routes!(errors::errors, errors::change_errors))
        .routes(routes!(errors::error))
        .routes(routes!(errors::error_rules, errors::set_error_rules))
        .routes(routes!(error_preview::preview_error_rules))
        .routes(routes!(sourcemaps::source_maps, sourcemaps::put_source_map))
        .routes(routes!(sourcemaps::delete_source_map))
}

/// What is collected and kept, and how that is set.
fn data() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(metrics::metrics))
        .routes(routes!(metrics::metric_series))
        .routes(routes!(dashboards::dashboards, dashboards::make_dashboard))
        .routes(routes!(dashboards::change_dashboard, dashboards::delete_dashboard))
        .routes(routes!(doctor::doctor))
        .routes(routes!(outcomes::outcomes))
        .routes(routes!(sampling::sampling, sampling::set_sampling))
        .routes(routes!(admission::admission, admission::set_admission))
        .routes(routes!(keys::keys, keys::make_key))
        .routes(routes!(keys::change_key, keys::delete_key))
        .routes(routes!(usage::usage))
        .routes(routes!(prices::prices, prices::set_prices))
        .routes(routes!(routes::route_rules, routes::set_route_rules))
        .routes(routes!(routes::preview_route_rules))
        .routes(routes!(redaction::redaction_rules, redaction::set_redaction_rules))
        .routes(routes!(redaction::preview_redaction_rules))
        .routes(routes!(erasures::erasures, erasures::erase))
        .routes(routes!(erasures::erasure))
        .routes(routes!(retention::retention, retention::set_retention))
        .routes(routes!(retention::preview_retention))
        .routes(routes!(export::export))
        .routes(routes!(erasures::audit))
}

async fn no_such_path(uri: Uri) -> ApiError {
    ApiError::no_such_path(uri.path())
}

async fn other_method() -> ApiError {
    ApiError::other_method()
}

/// Answers hold what people did: no cache between here and the browser may keep them.
async fn never_stored(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
