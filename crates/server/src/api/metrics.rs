//! `/metrics` and `/metrics/series`: which metrics the services report, and how one goes over time.

use axum::Json;
use axum::extract::State;
use limen_query::{MetricQuestion, MetricReading, MetricSeriesAnswer, MetricsAnswer, ScopeError};
use serde::Deserialize;
use utoipa::IntoParams;

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

/// Which metric, and how it is read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SeriesParams {
    /// Name of the metric, such as `http.server.request.duration`.
    name: String,
    /// Only of this service; left out, of all together.
    service: Option<String>,
    /// `mean`, `min`, `max` or `sum` of gauges and of sums that go up and down; `rate` or `increase` of counters; `p50`, `p75`, `p90`,
    /// `p95`, `p99`, `mean`, `rate` or `increase` of histograms; left out, the first that fits.
    reading: Option<String>,
    /// A line for each value of this attribute of points or their resource, or of `service`, `release` or `environment`.
    by: Option<String>,
    /// `key:value`; only points with all of these attributes.
    #[serde(default)]
    #[param(value_type = Option<Vec<String>>)]
    attribute: Vec<String>,
}

impl SeriesParams {
    fn question(self) -> Result<MetricQuestion, ScopeError> {
        let pair = |text: String| match text.split_once(':') {
            Some((key, value)) => Ok((key.to_owned(), value.to_owned())),
            None => Err(ScopeError::AttributeFilter { value: text.chars().take(80).collect() }),
        };
        Ok(MetricQuestion {
            name: self.name,
            service: self.service.unwrap_or_default(),
            reading: self.reading.as_deref().map(MetricReading::parse).transpose()?,
            by: self.by.unwrap_or_default(),
            attributes: self.attribute.into_iter().map(pair).collect::<Result<_, _>>()?,
        })
    }
}

/// How does one metric go over time? As a rate, as a quantile of its histograms, or its values. Filters do not apply.
#[utoipa::path(get, path = "/api/v1/metrics/series", tag = "investigate", params(SeriesParams, ScopeParams),
    responses((status = 200, description = "The answer", body = MetricSeriesAnswer), Refusals))]
pub(super) async fn metric_series(
    State(state): State<ApiState>,
    Params(wanted): Params<SeriesParams>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<MetricSeriesAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let question = wanted.question()?;
    Ok(Json(answer(limen_query::metric_series(&state.store, &scope, &question)).await?))
}
