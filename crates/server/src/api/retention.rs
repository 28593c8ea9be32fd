//! `/retention`: how long data is kept, and what would be dropped.

use axum::Json;
use axum::extract::State;
use limen_query::{QueryError, Time};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::error::Refusals;
use super::params::{AppParams, Params, answer};
use super::settings::{self, Document};
use super::{ApiError, ApiState};
use crate::app_settings::AppSetting;
use crate::retention::Retention;

/// What would be dropped if it were done now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RetentionPreview {
    pub tables: Vec<RetentionTable>,
}

/// One kind of data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RetentionTable {
    pub table: &'static str,
    /// What is older goes, but for what is kept longer.
    pub before: Time,
    /// Rows that would go; views count once for every version that was received.
    pub rows: u64,
}

/// How long data is kept.
#[utoipa::path(get, path = "/api/v1/retention", tag = "server", params(AppParams), responses((status = 200, description = "The answer", body = Retention), Refusals))]
pub(super) async fn retention(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<Retention>, ApiError> {
    settings::read(&state, &app)
}

/// Sets how long data is kept, as a whole; what is older goes with the next daily round, and does not come back.
#[utoipa::path(put, path = "/api/v1/retention", tag = "server", params(AppParams), request_body = Retention, responses((status = 200, description = "What holds now", body = Retention), Refusals))]
pub(super) async fn set_retention(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<Retention>,
) -> Result<Json<Retention>, ApiError> {
    settings::write(&state, &app, body).await
}

/// What would be dropped with these settings. Nothing is changed.
#[utoipa::path(post, path = "/api/v1/retention/preview", tag = "server", params(AppParams), request_body = Retention, responses((status = 200, description = "The answer", body = RetentionPreview), Refusals))]
pub(super) async fn preview_retention(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<Retention>,
) -> Result<Json<RetentionPreview>, ApiError> {
    let app = app.check(&state)?;
    let Json(wanted) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    AppSetting::check(&wanted).map_err(ApiError::bad_body)?;
    let high_value = state.settings.of(&app).sampling.high_value.clone();
    let now = i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos()).unwrap_or(i64::MAX);
    let count = async {
        let mut tables = Vec::new();
        for keep in wanted.keeps(&high_value, now) {
            let rows = state.store.count_old(&app, &keep).await.map_err(QueryError::Store)?;
            tables.push(RetentionTable { table: keep.table.name(), before: Time(keep.before_unix_nano), rows });
        }
        Ok(RetentionPreview { tables })
    };
    Ok(Json(answer(count).await?))
}
