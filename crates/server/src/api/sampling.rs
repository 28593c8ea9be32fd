//! `/sampling`: which sessions agents record; may be changed while the server runs.

use axum::Json;
use axum::extract::State;

use super::error::Refusals;
use super::params::{AppParams, Params};
use super::settings::{self, Document};
use super::{ApiError, ApiState};
use crate::sampling::Sampling;

/// Which sessions agents record.
#[utoipa::path(get, path = "/api/v1/sampling", tag = "server", params(AppParams), responses((status = 200, description = "The answer", body = Sampling), Refusals))]
pub(super) async fn sampling(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<Sampling>, ApiError> {
    settings::read(&state, &app)
}

/// Sets which sessions agents record, as a whole; agents learn of it with the next answer to what they send.
#[utoipa::path(put, path = "/api/v1/sampling", tag = "server", params(AppParams), request_body = Sampling, responses((status = 200, description = "What holds now", body = Sampling), Refusals))]
pub(super) async fn set_sampling(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<Sampling>,
) -> Result<Json<Sampling>, ApiError> {
    settings::write(&state, &app, body).await
}
