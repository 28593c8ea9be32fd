//! `/coverage`: how much of what was served is seen.

use axum::Json;
use axum::extract::State;
use limen_enrich::Visitor;
use limen_query::{CoverageAnswer, CoverageVisitor};

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// How much of what was served do we see? Documents that services answered with beside the views that reported them, by browser,
/// device, country and route, and what took the rest. Filters by country, environment, route, browser and device hold; services
/// know nothing of others.
#[utoipa::path(get, path = "/api/v1/coverage", tag = "investigate", params(ScopeParams),
    responses((status = 200, description = "The answer", body = CoverageAnswer), Refusals))]
pub(super) async fn coverage(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<CoverageAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::coverage(&state.store, &scope, read)).await?))
}

fn read(user_agent: &str) -> CoverageVisitor {
    let Visitor { browser, device, robot } = limen_enrich::visitor(user_agent);
    CoverageVisitor { browser, device, robot }
}
