//! `/sourcemaps`: the maps that lead from built scripts back to their source: upload, list, delete.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_ENCODING;
use axum::http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use limen_query::Time;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};
use utoipa::{IntoParams, ToSchema};

use super::error::Refusals;
use super::params::{Id, PageParams, Params, app_named};
use super::{ApiError, ApiState, ErrorAnswer};
use crate::limits::{
    SOURCE_MAP_BYTES_MAX, SOURCE_MAP_PATH_BYTES_MAX, SOURCE_MAP_RELEASE_BYTES_MAX, SOURCE_MAP_WITHIN,
    SOURCE_MAPS_LISTED, SOURCE_MAPS_LISTED_MAX, SOURCE_MAPS_TAKEN_MAX,
};
use crate::sourcemaps::{MapOf, Put, SourceMapError, StoredMap, debug_id, script_path};

/// What the map is of: its debug id, or release and url, or all three.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MapParams {
    /// Slug of the application; left out, the first one.
    app: Option<String>,
    /// A UUID that the script and its map share. Left out, the one that the map states.
    debug_id: Option<String>,
    /// `service.version` as pages report it.
    release: Option<String>,
    /// Address or path of the script as browsers load it; origin, query and fragment do not count.
    url: Option<String>,
}

/// Which maps.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MapsParams {
    /// Slug of the application; left out, the first one.
    app: Option<String>,
    /// Only those of this release.
    release: Option<String>,
}

/// A source map that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceMapItem {
    pub id: String,
    /// Null for a map that is only known by its debug id, and so is the path.
    pub release: Option<String>,
    /// Of the script.
    pub path: Option<String>,
    pub debug_id: Option<String>,
    /// Opened, and as it lies on the disk.
    pub bytes: i64,
    pub packed_bytes: i64,
    /// When its present content came.
    pub uploaded: Time,
}

/// The newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceMapsAnswer {
    pub maps: Vec<SourceMapItem>,
    /// Where the next page begins; null at the end.
    pub next_cursor: Option<String>,
}

/// The turns of uploads: what waits holds no body.
static TURNS: Semaphore = Semaphore::const_new(SOURCE_MAPS_TAKEN_MAX);

/// The source maps of an application.
#[utoipa::path(get, path = "/api/v1/sourcemaps", tag = "errors", params(MapsParams, PageParams), responses((status = 200, description = "The answer", body = SourceMapsAnswer), Refusals))]
pub(super) async fn source_maps(
    State(state): State<ApiState>,
    Params(wanted): Params<MapsParams>,
    Params(page): Params<PageParams>,
) -> Result<Json<SourceMapsAnswer>, ApiError> {
    let app = app_named(&state, wanted.app.as_deref())?;
    let limit = page.limit.unwrap_or(SOURCE_MAPS_LISTED);
    if !(1..=SOURCE_MAPS_LISTED_MAX).contains(&limit) {
        return Err(ApiError::bad_parameters(format!("limit is 1 to {SOURCE_MAPS_LISTED_MAX}")));
    }
    let after = page.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(read_cursor).transpose()?;
    let release = wanted.release.as_deref();
    let listed = state.source_maps.list(&app, release, after, limit + 1).await;
    let listed = listed.map_err(|error| ApiError::unreadable(error.to_string()))?;
    let shown = &listed[..listed.len().min(limit as usize)];
    let next_cursor = shown.last().filter(|_| listed.len() > shown.len());
    let next_cursor = next_cursor.map(|last| format!("{}.{}", last.uploaded_unix_nano, last.id));
    Ok(Json(SourceMapsAnswer { maps: shown.iter().map(item).collect(), next_cursor }))
}

/// Keeps a source map; errors that came before are looked at again with it. The same bytes again change nothing, others of
/// the same script take their place.
#[utoipa::path(put, path = "/api/v1/sourcemaps", tag = "errors", params(MapParams), request_body(content = serde_json::Value, description = "The map, perhaps packed with gzip; opened at most 64 MiB"), responses((status = 200, description = "It was there", body = SourceMapItem), (status = 201, description = "It was kept", body = SourceMapItem), (status = 409, description = "The application has as many as it may have", body = ErrorAnswer), (status = 413, description = "It is too large", body = ErrorAnswer), Refusals))]
pub(super) async fn put_source_map(
    State(state): State<ApiState>,
    Params(wanted): Params<MapParams>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<SourceMapItem>), ApiError> {
    let of = wanted.check(&state)?;
    let gzip = is_packed(&headers)?;
    let until = Instant::now() + SOURCE_MAP_WITHIN;
    let turn = timeout_at(until, TURNS.acquire()).await.map_err(|_| ApiError::uploading())?;
    let body = timeout_at(until, read(body)).await.map_err(|_| ApiError::uploading())??;
    let put = state.source_maps.put(of, body, gzip).await.map_err(|error| ApiError::map_refused(&error))?;
    drop(turn);
    Ok(match put {
        Put::Kept(map) => (StatusCode::CREATED, Json(item(&map))),
        Put::Known(map) => (StatusCode::OK, Json(item(&map))),
    })
}

/// Deletes a source map. Errors that it was used for keep what was found by it.
#[utoipa::path(delete, path = "/api/v1/sourcemaps/{id}", tag = "errors", params(("id" = String, Path, description = "Id of the map")), responses((status = 200, description = "The map as it was", body = SourceMapItem), Refusals))]
pub(super) async fn delete_source_map(
    State(state): State<ApiState>,
    Id(id): Id,
) -> Result<Json<SourceMapItem>, ApiError> {
    let deleted = state.source_maps.delete(&id).await.map_err(|error| ApiError::map_refused(&error))?;
    deleted.as_ref().map(item).map(Json).ok_or_else(ApiError::no_such_map)
}

async fn read(body: Body) -> Result<Vec<u8>, ApiError> {
    let read = Limited::new(body, SOURCE_MAP_BYTES_MAX).collect().await;
    let too_large = || ApiError::map_refused(&SourceMapError::TooLarge { limit: SOURCE_MAP_BYTES_MAX });
    read.map(|body| body.to_bytes().to_vec()).map_err(|error| {
        if error.is::<LengthLimitError>() {
            too_large()
        } else {
            ApiError::bad_parameters(format!("the body did not arrive whole: {error}"))
        }
    })
}

fn is_packed(headers: &HeaderMap) -> Result<bool, ApiError> {
    let named = headers.get(CONTENT_ENCODING).map_or(Ok(""), |value| value.to_str()).unwrap_or("?");
    match named.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(false),
        "gzip" | "x-gzip" => Ok(true),
        _ => Err(ApiError::bad_parameters("the Content-Encoding of a source map is gzip or left out".to_owned())),
    }
}

fn read_cursor(text: &str) -> Result<(i64, String), ApiError> {
    let parts = text.split_once('.').and_then(|(uploaded, id)| Some((uploaded.parse().ok()?, id.to_owned())));
    let hint = "cursor is not one of this list: take `next_cursor` of the answer before, or leave it out";
    parts.filter(|(_, id)| id.len() <= 64).ok_or_else(|| ApiError::bad_parameters(hint.to_owned()))
}

impl MapParams {
    fn check(&self, state: &ApiState) -> Result<MapOf, ApiError> {
        let app = app_named(state, self.app.as_deref())?;
        let bad = |told: String| Err(ApiError::bad_parameters(told));
        let written = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
        let (id, release, path) = (written(&self.debug_id), written(&self.release), script_path(&written(&self.url)));
        let Some(debug_id) = (if id.is_empty() { Some(id) } else { debug_id(&id) }) else {
            return bad("debug_id is no UUID".to_owned());
        };
        if release.is_empty() != path.is_empty() {
            return bad("release and url go together: a script is found by both, or by its debug_id".to_owned());
        }
        if release.len() > SOURCE_MAP_RELEASE_BYTES_MAX || path.len() > SOURCE_MAP_PATH_BYTES_MAX {
            return bad(format!(
                "release has at most {SOURCE_MAP_RELEASE_BYTES_MAX} bytes, the path of url {SOURCE_MAP_PATH_BYTES_MAX}"
            ));
        }
        if release.chars().chain(path.chars()).any(char::is_control) {
            return bad("release and url hold no control characters".to_owned());
        }
        Ok(MapOf { app, debug_id, release, path })
    }
}

fn item(map: &StoredMap) -> SourceMapItem {
    let known = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    SourceMapItem {
        id: map.id.clone(),
        release: known(&map.of.release),
        path: known(&map.of.path),
        debug_id: known(&map.of.debug_id),
        bytes: map.bytes,
        packed_bytes: map.packed_bytes,
        uploaded: Time(map.uploaded_unix_nano),
    }
}
