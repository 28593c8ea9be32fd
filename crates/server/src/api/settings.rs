//! What reading and writing a setting of an application has in common, whichever it is.

use axum::Json;
use axum::extract::rejection::JsonRejection;

use super::params::AppParams;
use super::{ApiError, ApiState};
use crate::app_settings::AppSetting;

/// A body that holds the setting as a whole.
pub(super) type Document<S> = Result<Json<S>, JsonRejection>;

pub(super) fn read<S: AppSetting>(state: &ApiState, app: &AppParams) -> Result<Json<S>, ApiError> {
    let app = app.check(state)?;
    Ok(Json(S::of(&state.settings.of(&app)).clone()))
}

pub(super) async fn write<S: AppSetting>(
    state: &ApiState,
    app: &AppParams,
    body: Document<S>,
) -> Result<Json<S>, ApiError> {
    let app = app.check(state)?;
    let Json(wanted) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    wanted.check().map_err(ApiError::bad_body)?;
    let document = serde_json::to_string(&wanted).map_err(|error| ApiError::bad_body(error.to_string()))?;
    tracing::info!(app = app.as_str(), setting = S::NAME, %document, "a setting was changed");
    state.settings.set(&app, S::NAME, document).await.map_err(ApiError::not_saved)?;
    Ok(Json(wanted))
}
