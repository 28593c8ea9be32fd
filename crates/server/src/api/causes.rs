//! `/causes`: why it is as it is.

use axum::Json;
use axum::extract::State;
use limen_query::CausesAnswer;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// Why is it as it is? The parts of loading, the elements and requests to blame, the errors, and the hours of a range's views.
#[utoipa::path(get, path = "/api/v1/causes", tag = "experience", params(ScopeParams),
    responses((status = 200, description = "The answer", body = CausesAnswer), Refusals))]
pub(super) async fn causes(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<CausesAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::causes(&state.store, &scope)).await?))
}
