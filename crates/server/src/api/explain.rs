//! `/explain`: why a vital got worse, for whom and by whom.

use axum::Json;
use axum::extract::State;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use limen_query::{ExplainAnswer, ExplainedMetric};
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// What got worse.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ExplainParams {
    /// `lcp`, `inp`, `cls`, `fcp`, `ttfb` or `transition`; left out, lcp.
    metric: Option<String>,
}

const MARKDOWN: HeaderValue = HeaderValue::from_static("text/markdown; charset=utf-8");

/// Why did it get slower? The smallest cohort that explains it, or that none does, compared with the same hours of earlier
/// days. Who accepts `text/markdown` gets it in words.
#[utoipa::path(get, path = "/api/v1/explain", tag = "investigate", params(ExplainParams, ScopeParams),
    responses((status = 200, description = "The answer", body = ExplainAnswer), Refusals))]
pub(super) async fn explain(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Params(wanted): Params<ExplainParams>,
    Params(scope): Params<ScopeParams>,
) -> Result<Response, ApiError> {
    let scope = scope.check(&state)?;
    let metric = wanted.metric.as_deref().map_or(Ok(ExplainedMetric::Lcp), ExplainedMetric::parse)?;
    let answer = answer(limen_query::explain(&state.store, &scope, metric)).await?;
    let words = headers.get(ACCEPT).is_some_and(|accepted| accepted.as_bytes().starts_with(b"text/markdown"));
    Ok(if words {
        ([(CONTENT_TYPE, MARKDOWN)], limen_query::markdown(&answer)).into_response()
    } else {
        Json(answer).into_response()
    })
}
