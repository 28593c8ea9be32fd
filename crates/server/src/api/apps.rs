//! `/apps`: the applications that report here.

use axum::Json;
use axum::extract::State;
use limen_query::Time;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiState;

/// The applications.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AppsAnswer {
    /// The default one first.
    pub apps: Vec<AppItem>,
}

/// One application.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AppItem {
    /// Slug, as the parameter `app` takes it.
    pub id: String,
    pub name: String,
    /// The public ingest key that pages and services send with their data.
    pub key: String,
    pub created: Time,
}

/// The applications that report here.
#[utoipa::path(get, path = "/api/v1/apps", tag = "server", responses((status = 200, description = "The answer", body = AppsAnswer)))]
pub(super) async fn apps(State(state): State<ApiState>) -> Json<AppsAnswer> {
    Json(AppsAnswer { apps: state.directory.apps() })
}
