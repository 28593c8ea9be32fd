//! `/metrics`: which metrics the services report.

use axum::Json;
use axum::extract::State;
use limen_query::MetricsAnswer;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// Which metrics do the services report, and what was last seen of each? Filters do not apply.
#[utoipa::path(get, path = "/api/v1/metrics", tag = "investigate", params(ScopeParams),
    responses((status = 200, description = "The answer", body = MetricsAnswer), Refusals))]
pub(super) async fn metrics(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<MetricsAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::metrics(&state.store, &scope)).await?))
}
