//! `/export`: everything there is of a person, as lines of JSON that are sent while they are read.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{once, try_unfold};
use futures_util::{StreamExt, future};
use limen_query::QueryError;
use limen_store::StoreError;
use serde::Deserialize;
use utoipa::IntoParams;

use super::erasures::subject;
use super::error::Refusals;
use super::params::{Params, answer, app_named};
use super::{ApiError, ApiState};

/// Whose data: exactly one of the ids, as the pages and services sent it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportParams {
    /// Slug of the application; left out, the first one.
    app: Option<String>,
    /// `user.id`: every row that names the user, and all of the sessions in which it is named.
    user_id: Option<String>,
    /// `session.id`.
    session_id: Option<String>,
    /// `device.id` or `app.installation.id`.
    device_id: Option<String>,
}

/// Everything there is of a person: what an erasure would take away, but the exemplars of metrics that are about others as well.
/// A line is a row; `table` says of which table.
#[utoipa::path(get, path = "/api/v1/export", tag = "privacy", params(ExportParams),
    responses((status = 200, description = "The rows", body = String, content_type = "application/x-ndjson"), Refusals))]
pub(super) async fn export(
    State(state): State<ApiState>,
    Params(params): Params<ExportParams>,
) -> Result<Response, ApiError> {
    let app = app_named(&state, params.app.as_deref())?;
    let subject =
        subject(app, params.user_id, params.session_id, params.device_id).map_err(ApiError::bad_parameters)?;
    let permit = Arc::clone(&state.exports).try_acquire_owned().map_err(|_| ApiError::exporting())?;
    state.people.exporting(&subject).await.map_err(ApiError::not_saved)?;
    let mut export = state.store.export(subject);
    // What goes wrong at once can still be told by the status; later only by an answer that breaks off.
    let first = answer(async { export.next().await.map_err(QueryError::Store) }).await?;
    let rest = try_unfold((export, permit), async |(mut export, permit)| {
        let piece = export.next().await.inspect_err(|error| tracing::warn!(%error, "an export broke off"))?;
        Ok::<_, StoreError>(piece.map(|piece| (piece, (export, permit))))
    });
    let pieces = once(future::ready(Ok(first.unwrap_or_default()))).chain(rest);
    let headers =
        [(CONTENT_TYPE, "application/x-ndjson"), (CONTENT_DISPOSITION, "attachment; filename=\"export.ndjson\"")];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
