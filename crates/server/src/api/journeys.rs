//! `/funnel` and `/impact`: where people leave a journey, and what of that goes along with speed.

use axum::Json;
use axum::extract::State;
use limen_query::{FunnelAnswer, ImpactAnswer, Journey, Metric};
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct JourneyParams {
    /// `kind:value`, 2 to 8 times, in the order of the journey. Kinds: `route`, `action` (by its name), `transaction-start`,
    /// `transaction-success` and `transaction-failure` (by the transaction's name).
    #[serde(default)]
    #[param(value_type = Vec<String>)]
    step: Vec<String>,
    /// From the first step to the last, in seconds, at most; left out, 24 hours, the length of a session.
    #[param(minimum = 1, maximum = 86400, default = 86400)]
    window: Option<u32>,
}

/// Where do people leave a journey? Sessions that reached each step, in order and in time, of those with a matching view that began
/// the journey in the range. What comes after may lie up to 24 hours after it.
#[utoipa::path(get, path = "/api/v1/funnel", tag = "experience", params(ScopeParams, JourneyParams),
    responses((status = 200, description = "The answer", body = FunnelAnswer), Refusals))]
pub(super) async fn funnel(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(wanted): Params<JourneyParams>,
) -> Result<Json<FunnelAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let journey = Journey::parse(&wanted.step, wanted.window)?;
    Ok(Json(answer(limen_query::funnel(&state.store, &scope, &journey)).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ImpactParams {
    /// Speed: `lcp`, `inp`, `cls`, `fcp` or `ttfb` of the first view of a session that has it, on the route of the first step if
    /// that is one; left out, lcp.
    metric: Option<String>,
}

/// What goes along with speed? How often sessions get to the last step of a journey, by how fast its first page was, and by how
/// much that differs for each 100 ms, also among visitors of the same device and country.
#[utoipa::path(get, path = "/api/v1/impact", tag = "experience", params(ScopeParams, JourneyParams, ImpactParams),
    responses((status = 200, description = "The answer", body = ImpactAnswer), Refusals))]
pub(super) async fn impact(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(wanted): Params<JourneyParams>,
    Params(speed): Params<ImpactParams>,
) -> Result<Json<ImpactAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let journey = Journey::parse(&wanted.step, wanted.window)?;
    let metric = speed.metric.as_deref().map_or(Ok(Metric::Lcp), Metric::parse)?;
    Ok(Json(answer(limen_query::impact(&state.store, &scope, &journey, metric)).await?))
}
