//! `/redaction-rules`: what is secret in one application beside what every application hides.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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

/// Rules and a text to try them on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RedactionTrial {
    /// As they would be set.
    rules: RedactionRules,
    /// Something that a record could hold.
    text: String,
}

/// What would be stored of a text.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RedactionPreview {
    /// The text as it would be stored.
    pub text: String,
    /// What would be taken out of it, also by what every application hides.
    pub found: Vec<FoundSecret>,
}

/// How often one kind of secret is in the text.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FoundSecret {
    /// Name of the kind, such as `card`; `own` for what the rules themselves found.
    pub secret: String,
    /// What it is, in a sentence.
    pub meaning: String,
    pub count: u64,
}

/// Tries rules on a text, without setting them. The text is neither kept nor logged.
#[utoipa::path(post, path = "/api/v1/redaction-rules/preview", tag = "server", params(AppParams), request_body = RedactionTrial, responses((status = 200, description = "The answer", body = RedactionPreview), Refusals))]
pub(super) async fn preview_redaction_rules(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<RedactionTrial>,
) -> Result<Json<RedactionPreview>, ApiError> {
    app.check(&state)?;
    let Json(trial) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    let rules = trial.rules.read().map_err(ApiError::bad_body)?;
    let (text, found) = limen_enrich::redacted(&trial.text, rules);
    let found = found.iter().map(|(secret, count)| FoundSecret {
        secret: secret.name().to_owned(),
        meaning: secret.meaning().to_owned(),
        count,
    });
    Ok(Json(RedactionPreview { text, found: found.collect() }))
}
