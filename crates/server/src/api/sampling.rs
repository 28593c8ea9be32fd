//! `/sampling`: which sessions agents record; may be changed while the server runs.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;

use super::error::Refusals;
use super::params::{AppParams, Params};
use super::{ApiError, ApiState};
use crate::sampling::Sampling;

/// Which sessions agents record.
#[utoipa::path(get, path = "/api/v1/sampling", tag = "server", params(AppParams), responses((status = 200, description = "The answer", body = Sampling), Refusals))]
pub(super) async fn sampling(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<Sampling>, ApiError> {
    let app = app.check(&state)?;
    Ok(Json(state.sampling.sampling(&app)))
}

/// Sets which sessions agents record, as a whole; agents learn of it with the next answer to what they send.
#[utoipa::path(put, path = "/api/v1/sampling", tag = "server", params(AppParams), request_body = Sampling, responses((status = 200, description = "What holds now", body = Sampling), Refusals))]
pub(super) async fn set_sampling(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Result<Json<Sampling>, JsonRejection>,
) -> Result<Json<Sampling>, ApiError> {
    let app = app.check(&state)?;
    let Json(wanted) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    wanted.check().map_err(ApiError::bad_body)?;
    state.sampling.set(&app, wanted.clone()).await.map_err(ApiError::not_saved)?;
    tracing::info!(app = app.as_str(), sampling = %wanted.for_agents(), "sampling was changed");
    Ok(Json(wanted))
}
