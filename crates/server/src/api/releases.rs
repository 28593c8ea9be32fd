//! `/releases`: what was released when.

use axum::Json;
use axum::extract::State;
use limen_query::ReleasesAnswer;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// What was released when? Releases of pages and services that were first seen in the range; filters do not matter.
#[utoipa::path(get, path = "/api/v1/releases", tag = "experience", params(ScopeParams),
    responses((status = 200, description = "The answer", body = ReleasesAnswer), Refusals))]
pub(super) async fn releases(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<ReleasesAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::releases(&state.store, &scope)).await?))
}
