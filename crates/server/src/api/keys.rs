//! `/keys`: the ingest keys of an application; made, named, disabled and deleted while the server runs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use limen_query::Time;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::error::Refusals;
use super::params::{AppParams, Id, Params, app_named};
use super::settings::Document;
use super::{ApiError, ApiState, ErrorAnswer};
use crate::keys::{Key, KeyKind, KeyState, check_grace, check_name};

const SECOND: i64 = 1_000_000_000;

/// The keys of one application, the oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct KeysAnswer {
    pub keys: Vec<KeyItem>,
}

/// An ingest key, and what came with it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct KeyItem {
    pub id: String,
    /// `browser`: public, for pages, services too; or `server`: a secret, which no page may use.
    pub kind: &'static str,
    pub name: String,
    /// Of a browser key the key, of a server key its beginning and end: only its hash is kept.
    pub shown: String,
    /// `live`, `ending` until its grace is over, `disabled`, or `ended`.
    pub state: &'static str,
    pub created: Time,
    /// When a deleted key is not taken any more.
    pub ends: Option<Time>,
    /// When it was last taken; null if never since keys are counted.
    pub last_used: Option<Time>,
    /// Requests with it that were kept.
    pub requests: u64,
    pub events: u64,
    /// As they were sent.
    pub bytes: u64,
}

/// A key that was just made.
#[derive(Serialize, ToSchema)]
pub struct KeyMade {
    #[serde(flatten)]
    pub item: KeyItem,
    /// All of it. A server key is told this once and never again.
    pub key: String,
}

/// A key to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyWanted {
    /// Slug of the application; left out, the first one.
    app: Option<String>,
    /// `browser` or `server`.
    kind: String,
    /// Such as where it is used.
    name: String,
}

/// What is to be different; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyChange {
    name: Option<String>,
    /// A key that is not enabled is refused; it can be enabled again.
    enabled: Option<bool>,
}

/// For how long.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct GraceParams {
    /// For so long the key is still taken; left out, a day. 0 ends it at once.
    #[param(minimum = 0, maximum = 7776000, default = 86400)]
    grace_seconds: Option<i64>,
}

/// The ingest keys of an application, with what came with each.
#[utoipa::path(get, path = "/api/v1/keys", tag = "server", params(AppParams), responses((status = 200, description = "The answer", body = KeysAnswer), Refusals))]
pub(super) async fn keys(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<KeysAnswer>, ApiError> {
    let app = app.check(&state)?;
    let keys = state.keys.keys().await.map_err(ApiError::unreadable)?;
    let now = now_unix();
    Ok(Json(KeysAnswer { keys: keys.iter().filter(|key| key.app == app).map(|key| item(key, now)).collect() }))
}

/// Makes an ingest key. The answer is the only one with all of it.
#[utoipa::path(post, path = "/api/v1/keys", tag = "server", request_body = KeyWanted, responses((status = 201, description = "The key", body = KeyMade), (status = 409, description = "There are as many as there may be", body = ErrorAnswer), Refusals))]
pub(super) async fn make_key(
    State(state): State<ApiState>,
    body: Document<KeyWanted>,
) -> Result<(StatusCode, Json<KeyMade>), ApiError> {
    let Json(wanted) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    let app = app_named(&state, wanted.app.as_deref())?;
    let kind = KeyKind::named(&wanted.kind)
        .ok_or_else(|| ApiError::bad_body("kind is neither `browser` nor `server`".to_owned()))?;
    check_name(&wanted.name).map_err(ApiError::bad_body)?;
    let made = state.keys.make(app, kind, wanted.name).await.map_err(ApiError::not_saved)?;
    let fresh = made.map_err(ApiError::key_refused)?;
    Ok((StatusCode::CREATED, Json(KeyMade { item: item(&fresh.key, now_unix()), key: fresh.text })))
}

/// Names, disables or enables an ingest key; it holds from the next request on.
#[utoipa::path(patch, path = "/api/v1/keys/{id}", tag = "server", params(("id" = String, Path, description = "Id of the key")), request_body = KeyChange, responses((status = 200, description = "The key as it is now", body = KeyItem), (status = 409, description = "It is the last browser key", body = ErrorAnswer), Refusals))]
pub(super) async fn change_key(
    State(state): State<ApiState>,
    Id(id): Id,
    body: Document<KeyChange>,
) -> Result<Json<KeyItem>, ApiError> {
    let Json(change) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    let mut key = running(&state, &id).await?;
    if let Some(name) = change.name {
        check_name(&name).map_err(ApiError::bad_body)?;
        key.name = name;
    }
    key.enabled = change.enabled.unwrap_or(key.enabled);
    save(&state, key).await
}

/// Deletes an ingest key: it is taken until its grace is over, so that senders can change to another one.
#[utoipa::path(delete, path = "/api/v1/keys/{id}", tag = "server", params(("id" = String, Path, description = "Id of the key"), GraceParams), responses((status = 200, description = "The key and when it ends", body = KeyItem), (status = 409, description = "It is the last browser key", body = ErrorAnswer), Refusals))]
pub(super) async fn delete_key(
    State(state): State<ApiState>,
    Id(id): Id,
    Params(grace): Params<GraceParams>,
) -> Result<Json<KeyItem>, ApiError> {
    let seconds = grace.grace_seconds.unwrap_or(86_400);
    check_grace(seconds).map_err(ApiError::bad_parameters)?;
    let mut key = running(&state, &id).await?;
    key.ends_unix = Some(now_unix() + seconds);
    save(&state, key).await
}

async fn running(state: &ApiState, id: &str) -> Result<Key, ApiError> {
    let keys = state.keys.keys().await.map_err(ApiError::unreadable)?;
    let found = keys.into_iter().find(|key| key.id.0 == id && key.state(now_unix()) != KeyState::Ended);
    found.ok_or_else(|| ApiError::key_refused(crate::metadata::KeyRefusal::Unknown))
}

async fn save(state: &ApiState, key: Key) -> Result<Json<KeyItem>, ApiError> {
    let answer = item(&key, now_unix());
    state.keys.set(key).await.map_err(ApiError::not_saved)?.map_err(ApiError::key_refused)?;
    Ok(Json(answer))
}

fn item(key: &Key, now: i64) -> KeyItem {
    KeyItem {
        id: key.id.0.clone(),
        kind: key.kind.name(),
        name: key.name.clone(),
        shown: key.hint.clone(),
        state: match key.state(now) {
            KeyState::Live => "live",
            KeyState::Ending => "ending",
            KeyState::Disabled => "disabled",
            KeyState::Ended => "ended",
        },
        created: Time(key.created_unix * SECOND),
        ends: key.ends_unix.map(|ends| Time(ends * SECOND)),
        last_used: key.used.last_unix.map(|last| Time(last * SECOND)),
        requests: key.used.requests,
        events: key.used.events,
        bytes: key.used.bytes,
    }
}

fn now_unix() -> i64 {
    time::OffsetDateTime::now_utc().unix_timestamp()
}
