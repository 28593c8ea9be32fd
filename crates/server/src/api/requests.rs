//! `/requests`, `/origins` and `/resources`: which calls, hosts and files cost us?

use axum::Json;
use axum::extract::State;
use limen_query::{OriginsAnswer, RequestsAnswer, ResourcesAnswer};
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Refusals;
use super::params::{Params, ScopeParams, answer};
use super::{ApiError, ApiState};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RequestsParams {
    /// `waited` (how long all of them took together), `requests`, `p75`, `p95` or `failed`; the most first; left out, waited.
    order: Option<String>,
    /// Rows in the answer.
    #[param(minimum = 1, maximum = 500, default = 100)]
    limit: Option<u32>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct HostParams {
    /// The host, as `/origins` names it.
    host: String,
}

/// Which calls cost us? The requests that pages make by script, by what they ask for.
#[utoipa::path(get, path = "/api/v1/requests", tag = "experience", params(ScopeParams, RequestsParams), responses((status = 200, description = "The answer", body = RequestsAnswer), Refusals))]
pub(super) async fn requests(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(wanted): Params<RequestsParams>,
) -> Result<Json<RequestsAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let limit = wanted.limit.unwrap_or(100);
    Ok(Json(answer(limen_query::requests(&state.store, &scope, wanted.order.as_deref(), limit)).await?))
}

/// Whom do pages load from, and what does it cost? Hosts, third parties among them.
#[utoipa::path(get, path = "/api/v1/origins", tag = "experience", params(ScopeParams), responses((status = 200, description = "The answer", body = OriginsAnswer), Refusals))]
pub(super) async fn origins(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<OriginsAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::origins(&state.store, &scope)).await?))
}

/// What pages load from one host.
#[utoipa::path(get, path = "/api/v1/resources", tag = "experience", params(ScopeParams, HostParams), responses((status = 200, description = "The answer", body = ResourcesAnswer), Refusals))]
pub(super) async fn resources(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(wanted): Params<HostParams>,
) -> Result<Json<ResourcesAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    Ok(Json(answer(limen_query::resources(&state.store, &scope, &wanted.host)).await?))
}
