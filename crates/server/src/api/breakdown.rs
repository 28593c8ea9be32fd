//! `/breakdown`: for whom it is how.

use axum::Json;
use axum::extract::State;
use limen_query::limits::BREAKDOWN_ROWS_DEFAULT;
use limen_query::{BreakdownAnswer, BreakdownOrder, Dimension, DistributionsAnswer, Metric};
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// Broken down by what, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct BreakdownParams {
    /// The dimension whose values become rows.
    #[param(value_type = Dimension, required)]
    dimension: String,
    /// Number of rows; the rest is counted in `other`.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// What the rows are ordered by, most first; left out, `views`.
    #[param(value_type = Option<BreakdownOrder>)]
    order: Option<String>,
}

/// For whom? The views of a range by the values of one dimension.
#[utoipa::path(get, path = "/api/v1/breakdown", tag = "experience", params(ScopeParams, BreakdownParams),
    responses((status = 200, description = "The answer", body = BreakdownAnswer), Refusals))]
pub(super) async fn breakdown(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(params): Params<BreakdownParams>,
) -> Result<Json<BreakdownAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let dimension = Dimension::parse(&params.dimension)?;
    let order = params.order.as_deref().map_or(Ok(BreakdownOrder::Views), BreakdownOrder::parse)?;
    let limit = params.limit.unwrap_or(BREAKDOWN_ROWS_DEFAULT);
    Ok(Json(answer(limen_query::breakdown(&state.store, &scope, dimension, order, limit)).await?))
}

/// Of which vital, by what.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DistributionParams {
    /// The dimension whose values become rows.
    #[param(value_type = Dimension, required)]
    dimension: String,
    /// The vital.
    #[param(value_type = Metric, required)]
    metric: String,
    /// Number of rows, those with the most views.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
}

/// How is one vital spread, for every value of one dimension? Read from views, however long the range.
#[utoipa::path(get, path = "/api/v1/breakdown/distributions", tag = "experience", params(ScopeParams, DistributionParams),
    responses((status = 200, description = "The answer", body = DistributionsAnswer), Refusals))]
pub(super) async fn distributions(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(params): Params<DistributionParams>,
) -> Result<Json<DistributionsAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let (dimension, metric) = (Dimension::parse(&params.dimension)?, Metric::parse(&params.metric)?);
    let limit = params.limit.unwrap_or(BREAKDOWN_ROWS_DEFAULT);
    Ok(Json(answer(limen_query::distributions(&state.store, &scope, dimension, metric, limit)).await?))
}
