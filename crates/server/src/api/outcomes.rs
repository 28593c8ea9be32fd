//! `/outcomes`: what became of everything that was sent.

use axum::Json;
use axum::extract::State;
use limen_query::Time;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiState;

/// What became of every request and record since the server started.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OutcomesAnswer {
    /// When the server started counting.
    pub since: Time,
    pub outcomes: Vec<OutcomeCount>,
    /// What was taken out of records before they were stored; the records themselves were kept.
    pub redactions: Vec<RedactionCount>,
    /// Applications with too many routes: rules that put pages together are wanted.
    pub routes_over_limit: Vec<RoutesOverLimit>,
}

/// Records that were kept under the route `other`, because their application had too many routes that day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RoutesOverLimit {
    pub app: String,
    pub count: u64,
}

/// How often one thing happened.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OutcomeCount {
    /// Null when a request was refused before its application was known.
    pub app: Option<String>,
    /// `logs`, `traces` or `metrics`; null for whole requests.
    pub signal: Option<String>,
    /// Name of the outcome, such as `accepted` or `key_unknown`.
    pub outcome: String,
    /// What it means, in a sentence.
    pub meaning: String,
    /// Records, or requests when `signal` is null.
    pub count: u64,
}

/// How often one kind of secret was taken out.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RedactionCount {
    pub app: String,
    /// Name of the kind, such as `card` or `email`; in the rows stands `[redacted:card]` instead.
    pub secret: String,
    /// What it is, in a sentence.
    pub meaning: String,
    pub count: u64,
}

/// What became of everything that was sent.
#[utoipa::path(get, path = "/api/v1/outcomes", tag = "server", responses((status = 200, description = "The answer", body = OutcomesAnswer)))]
pub(super) async fn outcomes(State(state): State<ApiState>) -> Json<OutcomesAnswer> {
    Json(state.outcomes.outcomes())
}
