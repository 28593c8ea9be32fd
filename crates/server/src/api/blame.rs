//! `/views/{id}/blame` and `/blame`: whose the time of one slow view is, and that of many.

use axum::Json;
use axum::extract::State;
use limen_query::{BlameAnswer, BlamedVital, Divided, PopulationBlame, population_blame};
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Refusals;
use super::params::{AppParams, Id, Params, ScopeParams, answer};
use super::{ApiError, ApiState};

/// Which view, and what of it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct BlameParams {
    /// Id of the session that the view belongs to.
    session: String,
    /// `lcp`, `inp`, `fcp`, `ttfb` or `transition`; left out, transition for a change of route, else lcp.
    vital: Option<String>,
    /// Trace id and span id, one after the other in hex, of a request that the view made: then its time to first byte is
    /// divided, and not a vital.
    request: Option<String>,
}

/// Whose is the time of this view? Its vital, or the time to first byte of one of its requests, as a ledger
/// by owner that sums to it, and as the critical path.
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
    let divided = match (&wanted.request, &wanted.vital) {
        (Some(request), _) => Divided::Request(request),
        (None, Some(vital)) => Divided::Vital(BlamedVital::parse(vital)?),
        (None, None) => Divided::OfItsKind,
    };
    Ok(Json(answer(limen_query::blame(&state.store, &app, &wanted.session, &view, divided)).await?))
}

/// Of what, and beside whom.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PopulationParams {
    /// `lcp`, `inp`, `fcp`, `ttfb` or `transition`; left out, lcp.
    vital: Option<String>,
    /// Start of the range to compare with, RFC 3339; left out with its end, the range directly before, or the same range when a
    /// filter of its own is given.
    #[param(value_type = Option<String>, format = DateTime)]
    baseline_from: Option<String>,
    /// End of the range to compare with, RFC 3339, not part of it.
    #[param(value_type = Option<String>, format = DateTime)]
    baseline_to: Option<String>,
    /// Whom to compare with, as `filter`; left out, the same as `filter`.
    #[serde(default)]
    #[param(value_type = Option<Vec<String>>)]
    baseline_filter: Vec<String>,
}

/// Whose is the time of these views? The ledger near their p75, beside that of another time or of others.
#[utoipa::path(get, path = "/api/v1/blame", tag = "investigate", params(PopulationParams, ScopeParams),
    responses((status = 200, description = "The answer", body = PopulationBlame), Refusals))]
pub(super) async fn blame_population(
    State(state): State<ApiState>,
    Params(wanted): Params<PopulationParams>,
    Params(scope): Params<ScopeParams>,
) -> Result<Json<PopulationBlame>, ApiError> {
    let scope = scope.check(&state)?;
    let vital = wanted.vital.as_deref().map_or(Ok(BlamedVital::Lcp), BlamedVital::parse)?;
    let (from, to) = (wanted.baseline_from.as_deref(), wanted.baseline_to.as_deref());
    let baseline = scope.baseline(from, to, &wanted.baseline_filter)?;
    Ok(Json(answer(population_blame(&state.store, &scope, &baseline, vital)).await?))
}
