//! `/traffic`: how much goes on, and how much of it fails.

use axum::Json;
use axum::extract::State;
use limen_query::TrafficAnswer;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// How much goes on, and how much of it fails?
#[utoipa::path(get, path = "/api/v1/traffic", tag = "experience", params(ScopeParams),
    responses((status = 200, description = "The answer", body = TrafficAnswer), Refusals))]
pub(super) async fn traffic(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<TrafficAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::traffic(&state.store, &scope)).await?))
}
