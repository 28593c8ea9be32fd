//! `/traces` and `/traces/{trace_id}`: which traces there are, and where the time of one went.

use axum::Json;
use axum::extract::State;
use limen_query::limits::LIST_ROWS_DEFAULT;
use limen_query::{Cursor, TraceAnswer, TracesAnswer};

use super::error::Refusals;
use super::params::{AppParams, Id, PageParams, Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// Which traces are there? Those with a matching span in the range, newest first.
#[utoipa::path(get, path = "/api/v1/traces", tag = "investigate", params(ScopeParams, PageParams),
    responses((status = 200, description = "The answer", body = TracesAnswer), Refusals))]
pub(super) async fn traces(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(page): Params<PageParams>,
) -> Result<Json<TracesAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let cursor = Cursor::parse(page.cursor.as_deref())?;
    let limit = page.limit.unwrap_or(LIST_ROWS_DEFAULT);
    Ok(Json(answer(limen_query::traces(&state.store, &scope, &cursor, limit)).await?))
}

/// Where did the time go? One trace of browser and services as a tree.
#[utoipa::path(get, path = "/api/v1/traces/{trace_id}", tag = "investigate",
    params(("trace_id" = String, Path, description = "Id of the trace: 32 hexadecimal digits"), AppParams),
    responses((status = 200, description = "The answer", body = TraceAnswer), Refusals))]
pub(super) async fn trace(
    State(state): State<ApiState>,
    Id(trace_id): Id,
    Params(app): Params<AppParams>,
) -> Result<Json<TraceAnswer>, ApiError> {
    let app = app.check(&state)?;
    Ok(Json(answer(limen_query::trace(&state.store, &app, &trace_id)).await?))
}
