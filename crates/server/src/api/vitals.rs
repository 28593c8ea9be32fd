//! `/vitals` and `/vitals/series`: how the vitals are, and how they moved.

use axum::Json;
use axum::extract::State;
use limen_query::{Metric, VitalsAnswer, VitalsSeriesAnswer};
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// Which vital.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SeriesParams {
    /// The vital.
    #[param(value_type = Metric, required)]
    metric: String,
}

/// How are the five vitals, and how were they before?
#[utoipa::path(get, path = "/api/v1/vitals", tag = "experience", params(ScopeParams),
    responses((status = 200, description = "The answer", body = VitalsAnswer), Refusals))]
pub(super) async fn vitals(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<VitalsAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::vitals(&state.store, &scope)).await?))
}

/// How has one vital moved over time?
#[utoipa::path(get, path = "/api/v1/vitals/series", tag = "experience", params(ScopeParams, SeriesParams),
    responses((status = 200, description = "The answer", body = VitalsSeriesAnswer), Refusals))]
pub(super) async fn vitals_series(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(series): Params<SeriesParams>,
) -> Result<Json<VitalsSeriesAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let metric = Metric::parse(&series.metric)?;
    Ok(Json(answer(limen_query::vitals_series(&state.store, &scope, metric)).await?))
}
