//! `/apdex` and `/apdex/target`: how content people are, and from when on they are not.

use axum::Json;
use axum::extract::State;
use limen_query::ApdexAnswer;
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Refusals;
use super::params::{AppParams, Params, ScopeParams, answer};
use super::settings::{self, Document};
use super::{ApiError, ApiState};
use crate::apdex::ApdexTarget;

/// Which target.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TargetParams {
    /// T in milliseconds; left out, the one that is set for the application.
    #[param(minimum = 50, maximum = 60000)]
    target_ms: Option<f64>,
}

/// How content are people with how long they wait, and how were they before?
#[utoipa::path(get, path = "/api/v1/apdex", tag = "experience", params(ScopeParams, TargetParams),
    responses((status = 200, description = "The answer", body = ApdexAnswer), Refusals))]
pub(super) async fn apdex(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(target): Params<TargetParams>,
) -> Result<Json<ApdexAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let target = match target.target_ms {
        Some(target_ms) => ApdexTarget { target_ms },
        None => state.settings.of(&scope.app).apdex,
    };
    target.check().map_err(ApiError::bad_parameters)?;
    Ok(Json(answer(limen_query::apdex(&state.store, &scope, target.target_ms)).await?))
}

/// The target of Apdex.
#[utoipa::path(get, path = "/api/v1/apdex/target", tag = "server", params(AppParams), responses((status = 200, description = "The answer", body = ApdexTarget), Refusals))]
pub(super) async fn target(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<ApdexTarget>, ApiError> {
    settings::read(&state, &app)
}

/// Sets the target of Apdex; it holds for every question from then on, whatever range it is about.
#[utoipa::path(put, path = "/api/v1/apdex/target", tag = "server", params(AppParams), request_body = ApdexTarget, responses((status = 200, description = "What holds now", body = ApdexTarget), Refusals))]
pub(super) async fn set_target(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<ApdexTarget>,
) -> Result<Json<ApdexTarget>, ApiError> {
    settings::write(&state, &app, body).await
}
