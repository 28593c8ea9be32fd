//! `/prices`: what the operator pays; may be changed while the server runs.

use axum::Json;
use axum::extract::State;

use super::error::Refusals;
use super::params::{AppParams, Params};
use super::settings::{self, Document};
use super::{ApiError, ApiState};
use crate::usage::Prices;

/// What the operator pays.
#[utoipa::path(get, path = "/api/v1/prices", tag = "server", params(AppParams), responses((status = 200, description = "The answer", body = Prices), Refusals))]
pub(super) async fn prices(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<Prices>, ApiError> {
    settings::read(&state, &app)
}

/// Sets what the operator pays, as a whole; usage is told as money from then on.
#[utoipa::path(put, path = "/api/v1/prices", tag = "server", params(AppParams), request_body = Prices, responses((status = 200, description = "What holds now", body = Prices), Refusals))]
pub(super) async fn set_prices(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<Prices>,
) -> Result<Json<Prices>, ApiError> {
    settings::write(&state, &app, body).await
}
