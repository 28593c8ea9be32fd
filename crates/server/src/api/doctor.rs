//! `/doctor`: what is missing in the set-up, and what to add where.

use axum::Json;
use axum::extract::State;
use limen_query::DoctorAnswer;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// What is missing in the set-up? Each finding names what to add, where, and is done once the data shows it.
#[utoipa::path(get, path = "/api/v1/doctor", tag = "server", params(ScopeParams), responses((status = 200, description = "The answer", body = DoctorAnswer), Refusals))]
pub(super) async fn doctor(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<DoctorAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::doctor(&state.store, &scope)).await?))
}
