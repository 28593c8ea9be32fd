//! `/status`: how the server is, and whether anything has arrived.

use axum::Json;
use axum::extract::State;
use limen_query::FirstEvent;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiState;

/// How the server is.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StatusAnswer {
    /// Version of the server.
    pub version: String,
    pub engine: EngineStatus,
    /// What waits on the server's disk to be written; null when the settings want no spool.
    pub spool: Option<SpoolStatus>,
    pub listening: Listening,
    /// Whether only this machine can reach the server.
    pub local_only: bool,
    /// Whether people must sign in.
    pub sign_in: bool,
    pub geo: GeoStatus,
    /// The first record that was ever received; null while nothing has arrived, or while the engine is away.
    pub first_event: Option<FirstEvent>,
}

/// The database behind the server.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EngineStatus {
    pub state: EngineState,
    pub kind: EngineKind,
    /// What the state means, in a sentence; empty when all is well.
    pub detail: String,
}

/// What was acknowledged while the database was away and is not in it yet, so no figure counts it yet.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SpoolStatus {
    /// Inserts that wait; each holds the rows of many requests.
    pub entries: u64,
    pub bytes: u64,
    /// The limit; beyond it requests are refused for now.
    pub bytes_max: u64,
    /// How long the oldest has waited; null when nothing waits.
    pub oldest_age: Option<f64>,
}

/// Whether questions can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum EngineState {
    Ready,
    Starting,
    Down,
}

/// Where the database runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum EngineKind {
    /// A child process of this server.
    Embedded,
    /// A ClickHouse server.
    Clickhouse,
}

/// The addresses the server listens on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Listening {
    /// UI, API, agent script and browsers' data.
    pub main: String,
    /// OTLP over HTTP.
    pub otlp: String,
}

/// The file that turns addresses into countries.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GeoStatus {
    /// Without one all countries are unknown.
    pub loaded: bool,
    /// What the file's licence asks to be shown.
    pub attribution: Option<String>,
    /// Why the file on the disk is not the one in use; null when it is.
    pub problem: Option<String>,
}

/// How the server is, and whether anything has arrived.
#[utoipa::path(get, path = "/api/v1/status", tag = "server", responses((status = 200, description = "The answer", body = StatusAnswer)))]
pub(super) async fn status(State(state): State<ApiState>) -> Json<StatusAnswer> {
    Json(state.status.status().await)
}
