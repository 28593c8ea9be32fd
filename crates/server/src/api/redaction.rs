//! `/redaction-rules`: what is secret in one application beside what every application hides.

use axum::Json;
use axum::extract::State;

use super::error::Refusals;
use super::params::{AppParams, Params};
use super::settings::{self, Document};
use super::{ApiError, ApiState};
use crate::rules::RedactionRules;

/// What is secret in the application beside what every application hides.
#[utoipa::path(get, path = "/api/v1/redaction-rules", tag = "server", params(AppParams), responses((status = 200, description = "The answer", body = RedactionRules), Refusals))]
pub(super) async fn redaction_rules(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<RedactionRules>, ApiError> {
    settings::read(&state, &app)
}

/// Sets what is secret in the application, as a whole; it holds for what comes in from now on.
#[utoipa::path(put, path = "/api/v1/redaction-rules", tag = "server", params(AppParams), request_body = RedactionRules, responses((status = 200, description = "What holds now", body = RedactionRules), Refusals))]
pub(super) async fn set_redaction_rules(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<RedactionRules>,
) -> Result<Json<RedactionRules>, ApiError> {
    settings::write(&state, &app, body).await
}
