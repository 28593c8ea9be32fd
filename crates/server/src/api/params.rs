//! Reads and checks what stands behind the `?` and in the path, so that every refusal has the same shape.

use std::future::Future;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum_extra::extract::Query;
use limen_model::AppId;
use limen_query::limits::QUESTION_TIME_MAX;
use limen_query::{QueryError, Scope, ScopeRequest};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use tokio::time::timeout;
use utoipa::IntoParams;

use super::{ApiError, ApiState};

/// The part of the data a question is about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ScopeParams {
    /// Slug of the application; left out, the first one.
    app: Option<String>,
    /// Start of the range, RFC 3339; left out, one hour before `to`.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<String>,
    /// End of the range, RFC 3339, not part of it; left out, now.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<String>,
    /// `dimension:value`, repeatable. Values of one dimension are alternatives, dimensions must all match; an empty
    /// value means "unknown". Dimensions: route, country, device, browser, os, release, environment, network, service.
    #[serde(default)]
    #[param(value_type = Option<Vec<String>>)]
    filter: Vec<String>,
    /// `views` to have figures about views read from the views themselves, `sums` from their sums by hour and day where there
    /// are any; left out, whatever is quicker. The answer says which it was.
    source: Option<String>,
    /// Whose views count: `people`, `bots` for robots and tests alone, or `all`; left out,
    /// people. Traces are listed whoever began them.
    visitors: Option<String>,
}

/// The application alone, for what has an id.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AppParams {
    /// Slug of the application; left out, the first one.
    app: Option<String>,
}

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageParams {
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl ScopeParams {
    pub(super) fn check(&self, state: &ApiState) -> Result<Scope, ApiError> {
        let app = app_named(state, self.app.as_deref())?;
        let request = ScopeRequest {
            from: self.from.as_deref(),
            to: self.to.as_deref(),
            filters: &self.filter,
            source: self.source.as_deref(),
            visitors: self.visitors.as_deref(),
        };
        Ok(Scope::parse(app, request, OffsetDateTime::now_utc())?)
    }
}

impl AppParams {
    pub(super) fn check(&self, state: &ApiState) -> Result<AppId, ApiError> {
        app_named(state, self.app.as_deref())
    }
}

/// The named application if there is one of that name; the first one if none is named.
pub(super) fn app_named(state: &ApiState, name: Option<&str>) -> Result<AppId, ApiError> {
    let apps = state.directory.apps();
    let found = match name {
        Some(name) => apps.iter().find(|app| app.id == name),
        None => apps.first(),
    };
    let unknown = || ApiError::unknown_app(&apps.iter().map(|app| app.id.clone()).collect::<Vec<_>>());
    found.and_then(|app| AppId::parse(&app.id).ok()).ok_or_else(unknown)
}

/// Waits for an answer, but not for ever: the engine has limits of its own, and this one holds when it hangs.
pub(super) async fn answer<T>(question: impl Future<Output = Result<T, QueryError>>) -> Result<T, ApiError> {
    Ok(timeout(QUESTION_TIME_MAX, question).await.map_err(|_| ApiError::timeout())??)
}

/// The parameters of a query string; repeated ones become lists.
pub(super) struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let read = Query::<T>::from_request_parts(parts, state).await;
        read.map(|Query(params)| Self(params)).map_err(|rejection| ApiError::bad_parameters(rejection.body_text()))
    }
}

/// The last part of the path.
pub(super) struct Id(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let read = Path::<String>::from_request_parts(parts, state).await;
        read.map(|Path(id)| Self(id)).map_err(|rejection| ApiError::bad_parameters(rejection.body_text()))
    }
}
