//! `/sql`: free questions, for people who know what they want and for tools such as Grafana.

use axum::Json;
use axum::extract::State;
use limen_query::{SqlAnswer, SqlTablesAnswer};
use serde::Deserialize;
use utoipa::ToSchema;

use super::error::Refusals;
use super::params::answer;
use super::settings::Document;
use super::{ApiError, ApiState};

/// A free question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SqlQuestion {
    /// One SELECT in ClickHouse's SQL over the tables of `/api/v1/sql/tables`.
    query: String,
    /// Rows in the answer, 1 to 10,000; left out, 1,000.
    limit: Option<u32>,
}

/// Asks one SELECT over the tables, read-only and within limits of time, memory and size.
#[utoipa::path(post, path = "/api/v1/sql", tag = "investigate", request_body = SqlQuestion, responses((status = 200, description = "The answer", body = SqlAnswer), Refusals))]
pub(super) async fn sql(
    State(state): State<ApiState>,
    body: Document<SqlQuestion>,
) -> Result<Json<SqlAnswer>, ApiError> {
    let Json(question) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    // Each may use much of the engine's memory.
    let _room = state.free_questions.try_acquire().map_err(|_| ApiError::asking())?;
    // Not its text: it may name a person who is to be forgotten one day.
    tracing::info!(bytes = question.query.len(), "a free question is asked");
    Ok(Json(answer(limen_query::sql(&state.store, &question.query, question.limit.unwrap_or(1000))).await?))
}

/// The tables that can be asked about, with their columns.
#[utoipa::path(get, path = "/api/v1/sql/tables", tag = "investigate", responses((status = 200, description = "The answer", body = SqlTablesAnswer), Refusals))]
pub(super) async fn sql_tables(State(state): State<ApiState>) -> Result<Json<SqlTablesAnswer>, ApiError> {
    Ok(Json(answer(limen_query::sql_tables(&state.store)).await?))
}
