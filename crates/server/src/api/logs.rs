//! `/logs` and what belongs to it: records that match a search, their number over time, their fields, and what stands around one.

use axum::Json;
use axum::extract::State;
use limen_query::limits::LIST_ROWS_DEFAULT;
use limen_query::{Cursor, LogContextAnswer, LogFieldsAnswer, LogSearch, LogSeriesAnswer, LogsAnswer, Time};
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Refusals;
use super::params::{AppParams, PageParams, Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// What log records are searched for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchParams {
    /// Words, texts in quotation marks, `field:value`, `field:start*`, `field:*`, `level>=warn`; each may have a `-` before it
    /// for "not". All must hold. Fields: level, service, release, environment, event, scope, session, trace, span, and any attribute
    /// by its name.
    #[serde(default)]
    search: String,
}

/// Where a tail goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TailParams {
    /// `next_since` of the answer before: only what was received since.
    since: Option<String>,
}

/// Which record is meant.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RecordParams {
    /// Its service.
    #[serde(default)]
    service: String,
    /// Its `time`.
    #[param(value_type = String, format = DateTime)]
    time: String,
    /// Its `id`.
    id: String,
}

/// What was written? Log records of the range that match, newest first.
#[utoipa::path(get, path = "/api/v1/logs", tag = "investigate", params(ScopeParams, SearchParams, TailParams, PageParams),
    responses((status = 200, description = "The answer", body = LogsAnswer), Refusals))]
pub(super) async fn logs(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(search): Params<SearchParams>,
    Params(tail): Params<TailParams>,
    Params(page): Params<PageParams>,
) -> Result<Json<LogsAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let search = LogSearch::parse(&search.search)?;
    let cursor = Cursor::parse(page.cursor.as_deref())?;
    let limit = page.limit.unwrap_or(LIST_ROWS_DEFAULT);
    let question = limen_query::logs(&state.store, &scope, &search, &cursor, tail.since.as_deref(), limit);
    Ok(Json(answer(question).await?))
}

/// How many log records of each level were there when?
#[utoipa::path(get, path = "/api/v1/logs/series", tag = "investigate", params(ScopeParams, SearchParams),
    responses((status = 200, description = "The answer", body = LogSeriesAnswer), Refusals))]
pub(super) async fn log_series(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(search): Params<SearchParams>,
) -> Result<Json<LogSeriesAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let search = LogSearch::parse(&search.search)?;
    Ok(Json(answer(limen_query::log_series(&state.store, &scope, &search)).await?))
}

/// What fields do the newest matching records have, and with which values?
#[utoipa::path(get, path = "/api/v1/logs/fields", tag = "investigate", params(ScopeParams, SearchParams),
    responses((status = 200, description = "The answer", body = LogFieldsAnswer), Refusals))]
pub(super) async fn log_fields(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(search): Params<SearchParams>,
) -> Result<Json<LogFieldsAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let search = LogSearch::parse(&search.search)?;
    Ok(Json(answer(limen_query::log_fields(&state.store, &scope, &search)).await?))
}

/// What did the same service write just before and after one record?
#[utoipa::path(get, path = "/api/v1/logs/context", tag = "investigate", params(AppParams, RecordParams),
    responses((status = 200, description = "The answer", body = LogContextAnswer), Refusals))]
pub(super) async fn log_context(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    Params(record): Params<RecordParams>,
) -> Result<Json<LogContextAnswer>, ApiError> {
    let app = app.check(&state)?;
    let time = Time::parse("time", &record.time)?;
    let question = limen_query::log_context(&state.store, &app, &record.service, time, &record.id);
    Ok(Json(answer(question).await?))
}
