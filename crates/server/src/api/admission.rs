//! `/admission`: who may send to an application, and how much; may be changed while the server runs.

use axum::Json;
use axum::extract::State;

use super::error::Refusals;
use super::params::{AppParams, Params};
use super::settings::{self, Document};
use super::{ApiError, ApiState};
use crate::admission::Admission;

/// Who may send, and how much.
#[utoipa::path(get, path = "/api/v1/admission", tag = "server", params(AppParams), responses((status = 200, description = "The answer", body = Admission), Refusals))]
pub(super) async fn admission(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<Admission>, ApiError> {
    settings::read(&state, &app)
}

/// Sets who may send, and how much, as a whole; it holds from the next request on.
#[utoipa::path(put, path = "/api/v1/admission", tag = "server", params(AppParams), request_body = Admission, responses((status = 200, description = "What holds now", body = Admission), Refusals))]
pub(super) async fn set_admission(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<Admission>,
) -> Result<Json<Admission>, ApiError> {
    settings::write(&state, &app, body).await
}
