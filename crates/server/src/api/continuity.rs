//! `/continuity`: whether traces go on from the page into the services.

use axum::Json;
use axum::extract::State;
use limen_query::ContinuityAnswer;
use time::OffsetDateTime;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// Do traces go on from the page into the services? Per host that pages call: the share of calls with a span of a service, by the
/// service that answered and by release of the page, and the likely cause of the rest with what to do.
#[utoipa::path(get, path = "/api/v1/continuity", tag = "investigate", params(ScopeParams),
    responses((status = 200, description = "The answer", body = ContinuityAnswer), Refusals))]
pub(super) async fn continuity(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<ContinuityAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::continuity(&state.store, &scope, OffsetDateTime::now_utc())).await?))
}
