//! `/views/{id}/blame`: whose the time of one slow view is.

use axum::Json;
use axum::extract::State;
use limen_query::{BlameAnswer, BlamedVital};
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Refusals;
use super::params::{AppParams, Id, Params, answer};
use super::{ApiError, ApiState};

/// Which view, and what of it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct BlameParams {
    /// Id of the session that the view belongs to.
    session: String,
    /// `lcp`, `inp`, `fcp`, `ttfb` or `transition`; left out, transition for a change of route, else lcp.
    vital: Option<String>,
}

/// Whose is the time of this view? Its vital as a ledger by owner that sums to it, and as the critical path.
#[utoipa::path(get, path = "/api/v1/views/{id}/blame", tag = "investigate",
    params(("id" = String, Path, description = "Id of the view"), BlameParams, AppParams),
    responses((status = 200, description = "The answer", body = BlameAnswer), Refusals))]
pub(super) async fn blame(
    State(state): State<ApiState>,
    Id(view): Id,
    Params(wanted): Params<BlameParams>,
    Params(app): Params<AppParams>,
) -> Result<Json<BlameAnswer>, ApiError> {
    let app = app.check(&state)?;
    let vital = wanted.vital.as_deref().map(BlamedVital::parse).transpose()?;
    Ok(Json(answer(limen_query::blame(&state.store, &app, &wanted.session, &view, vital)).await?))
}
