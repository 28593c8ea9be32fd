//! `/services`: who calls whom, from the browser to the database.

use axum::Json;
use axum::extract::State;
use limen_query::ServicesAnswer;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// How do the services hang together? Pages, services, databases and outside hosts, and the calls between them.
#[utoipa::path(get, path = "/api/v1/services", tag = "investigate", params(ScopeParams),
    responses((status = 200, description = "The answer", body = ServicesAnswer), Refusals))]
pub(super) async fn services(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<ServicesAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::services(&state.store, &scope)).await?))
}
