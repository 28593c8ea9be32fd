//! `/sessions` and `/sessions/{id}`: who was here, and what happened to one person.

use axum::Json;
use axum::extract::State;
use limen_query::limits::LIST_ROWS_DEFAULT;
use limen_query::{Cursor, SessionAnswer, SessionsAnswer};

use super::error::Refusals;
use super::params::{AppParams, Id, PageParams, Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// Who was here? Sessions with a matching view in the range, newest first.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "experience", params(ScopeParams, PageParams),
    responses((status = 200, description = "The answer", body = SessionsAnswer), Refusals))]
pub(super) async fn sessions(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(page): Params<PageParams>,
) -> Result<Json<SessionsAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let cursor = Cursor::parse(page.cursor.as_deref())?;
    let limit = page.limit.unwrap_or(LIST_ROWS_DEFAULT);
    Ok(Json(answer(limen_query::sessions(&state.store, &scope, &cursor, limit)).await?))
}

/// What happened to this person? One session with its views, events and requests.
#[utoipa::path(get, path = "/api/v1/sessions/{id}", tag = "experience",
    params(("id" = String, Path, description = "Id of the session"), AppParams),
    responses((status = 200, description = "The answer", body = SessionAnswer), Refusals))]
pub(super) async fn session(
    State(state): State<ApiState>,
    Id(id): Id,
    Params(app): Params<AppParams>,
) -> Result<Json<SessionAnswer>, ApiError> {
    let app = app.check(&state)?;
    Ok(Json(answer(limen_query::session(&state.store, &app, &id)).await?))
}
