//! `/dashboards`: panels that somebody put together.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::error::Refusals;
use super::params::{AppParams, Id, Params};
use super::settings::Document;
use super::{ApiError, ApiState, ErrorAnswer};
use crate::dashboards::{Dashboard, KeptDashboard};

/// By name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DashboardsAnswer {
    pub dashboards: Vec<KeptDashboard>,
}

/// Which state of it is changed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct VersionParams {
    /// The version that was read; when it is another one by now, nothing is changed.
    version: i64,
}

/// The dashboards of an application.
#[utoipa::path(get, path = "/api/v1/dashboards", tag = "dashboards", params(AppParams), responses((status = 200, description = "The answer", body = DashboardsAnswer), Refusals))]
pub(super) async fn dashboards(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<DashboardsAnswer>, ApiError> {
    let app = app.check(&state)?;
    let dashboards = state.dashboards.list(&app).await.map_err(ApiError::unreadable)?;
    Ok(Json(DashboardsAnswer { dashboards }))
}

/// Makes a dashboard, from nothing or from one that was exported.
#[utoipa::path(post, path = "/api/v1/dashboards", tag = "dashboards", params(AppParams), request_body = Dashboard, responses((status = 201, description = "The dashboard", body = KeptDashboard), (status = 409, description = "There are as many as there may be", body = ErrorAnswer), Refusals))]
pub(super) async fn make_dashboard(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<Dashboard>,
) -> Result<(StatusCode, Json<KeptDashboard>), ApiError> {
    let app = app.check(&state)?;
    let wanted = checked(body)?;
    let made = state.dashboards.make(&app, wanted).await.map_err(ApiError::not_saved)?;
    made.map(|kept| (StatusCode::CREATED, Json(kept))).map_err(ApiError::dashboard_refused)
}

/// Changes a dashboard as a whole.
#[utoipa::path(put, path = "/api/v1/dashboards/{id}", tag = "dashboards", params(("id" = String, Path, description = "Id of the dashboard"), VersionParams, AppParams), request_body = Dashboard, responses((status = 200, description = "The dashboard as it is now", body = KeptDashboard), (status = 409, description = "Somebody else changed it meanwhile", body = ErrorAnswer), Refusals))]
pub(super) async fn change_dashboard(
    State(state): State<ApiState>,
    Id(id): Id,
    Params(seen): Params<VersionParams>,
    Params(app): Params<AppParams>,
    body: Document<Dashboard>,
) -> Result<Json<KeptDashboard>, ApiError> {
    let app = app.check(&state)?;
    let wanted = checked(body)?;
    let changed = state.dashboards.change(&app, &id, seen.version, wanted).await.map_err(ApiError::not_saved)?;
    changed.map(Json).map_err(ApiError::dashboard_refused)
}

/// Deletes a dashboard.
#[utoipa::path(delete, path = "/api/v1/dashboards/{id}", tag = "dashboards", params(("id" = String, Path, description = "Id of the dashboard"), AppParams), responses((status = 200, description = "The dashboard as it was, which can be made again", body = KeptDashboard), Refusals))]
pub(super) async fn delete_dashboard(
    State(state): State<ApiState>,
    Id(id): Id,
    Params(app): Params<AppParams>,
) -> Result<Json<KeptDashboard>, ApiError> {
    let app = app.check(&state)?;
    let deleted = state.dashboards.delete(&app, &id).await.map_err(ApiError::not_saved)?;
    deleted.map(Json).ok_or_else(|| ApiError::dashboard_refused(crate::dashboards::DashboardRefusal::Unknown))
}

fn checked(body: Document<Dashboard>) -> Result<Dashboard, ApiError> {
    let Json(wanted) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    wanted.check().map_err(ApiError::bad_body)?;
    Ok(wanted)
}
