//! The one file that chooses an HTTP status, and the one shape of every refusal.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use limen_query::{QueryError, ScopeError};
use limen_store::StoreError;
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::dashboards::DashboardRefusal;
use crate::limits::DASHBOARDS_MAX;
use crate::metadata::KeyRefusal;
use crate::sourcemaps::SourceMapError;

/// A refusal. The hint says what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErrorAnswer {
    pub error: ErrorDetail,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErrorDetail {
    /// For programs; never changes its meaning.
    #[schema(example = "bad_request")]
    pub code: &'static str,
    /// For people: what happened.
    pub message: String,
    /// For people: what to do.
    pub hint: String,
}

/// The refusals that every question shares, for the document.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "only its derived description is used")]
pub(super) enum Refusals {
    /// The question is not valid.
    #[response(status = 400)]
    BadRequest(ErrorAnswer),
    /// There is no such application, session or trace.
    #[response(status = 404)]
    NotFound(ErrorAnswer),
    /// The store is away for now; `Retry-After` says when to come again.
    #[response(status = 503)]
    Unavailable(ErrorAnswer),
    /// The answer took too long to find.
    #[response(status = 504)]
    Timeout(ErrorAnswer),
}

/// Why a request has no answer.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    detail: ErrorDetail,
}

/// Seconds after which a client may try again while the engine is away; its restart takes about two.
const RETRY_AFTER_SECONDS: HeaderValue = HeaderValue::from_static("2");

impl ApiError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { status, detail: ErrorDetail { code, message: message.into(), hint: hint.into() } }
    }

    pub(super) fn bad_parameters(message: String) -> Self {
        let hint = "the parameters are described in /api/v1/openapi.json";
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message, hint)
    }

    pub(super) fn no_such_path(path: &str) -> Self {
        let path: String = path.chars().take(200).collect();
        let hint = "the paths are listed in /api/v1/openapi.json";
        Self::new(StatusCode::NOT_FOUND, "no_such_path", format!("there is no `{path}`"), hint)
    }

    pub(super) fn other_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "this path does not answer this method",
            "repeat the request with GET; what may be set is described in /api/v1/openapi.json",
        )
    }

    pub(super) fn bad_body(message: String) -> Self {
        let hint = "send JSON, with the content type application/json, as /api/v1/openapi.json describes it";
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message, hint)
    }

    pub(super) fn not_saved(reason: String) -> Self {
        let hint = "check that the data folder is writable and its disk has space; nothing was changed";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "not_saved", reason, hint)
    }

    pub(super) fn unreadable(reason: String) -> Self {
        let hint = "check that the data folder can be read and its disk is sound";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "not_readable", reason, hint)
    }

    pub(super) fn key_refused(refusal: KeyRefusal) -> Self {
        match refusal {
            KeyRefusal::Unknown => {
                let hint = "/api/v1/keys lists the keys of an application with their ids";
                Self::new(StatusCode::NOT_FOUND, "not_found", "there is no such key, or it has ended", hint)
            }
            KeyRefusal::TooMany => {
                let hint = "delete one that is not used, with grace_seconds=0; what has ended counts for 30 days more";
                let message = "this application has as many keys as it may have";
                Self::new(StatusCode::CONFLICT, "too_many_keys", message, hint)
            }
            KeyRefusal::LastBrowserKey => {
                let hint = "make another browser key first, and put it into the pages";
                let message = "this is the last browser key of its application, and its pages would have none";
                Self::new(StatusCode::CONFLICT, "last_browser_key", message, hint)
            }
        }
    }

    pub(super) fn dashboard_refused(refusal: DashboardRefusal) -> Self {
        match refusal {
            DashboardRefusal::Unknown => {
                let hint = "/api/v1/dashboards lists the dashboards of an application with their ids";
                Self::new(StatusCode::NOT_FOUND, "not_found", "there is no such dashboard", hint)
            }
            DashboardRefusal::Changed => {
                let hint = "read it again, and make your change once more";
                Self::new(StatusCode::CONFLICT, "changed_meanwhile", "somebody else changed this dashboard", hint)
            }
            DashboardRefusal::TooMany => {
                let hint = "delete one that nobody looks at";
                let message = format!("an application has at most {DASHBOARDS_MAX} dashboards");
                Self::new(StatusCode::CONFLICT, "too_many_dashboards", message, hint)
            }
        }
    }

    pub(super) fn map_refused(error: &SourceMapError) -> Self {
        let told = error.to_string();
        match error {
            SourceMapError::TooLarge { .. } => {
                let hint = "build smaller chunks, or leave `sourcesContent` out of the map of this one";
                Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", told, hint)
            }
            SourceMapError::Full { oldest, .. } => {
                let which = oldest.as_ref().map(|oldest| {
                    let (maps, bytes) = (oldest.maps, oldest.bytes);
                    format!(
                        ", such as those of release `{}`, the oldest: {maps} maps with {bytes} bytes",
                        oldest.release
                    )
                });
                let hint = "delete maps that are no longer needed with DELETE /api/v1/sourcemaps/{id}";
                let hint = format!("{hint}{}", which.unwrap_or_default());
                Self::new(StatusCode::CONFLICT, "too_many_source_maps", told, hint)
            }
            SourceMapError::Metadata(_) | SourceMapError::File(_) => Self::not_saved(told),
            _ => {
                let hint = "send the .map file of a script as it is, or packed with the header `Content-Encoding: gzip`; \
                            docs/sourcemaps.md says what else is needed";
                Self::new(StatusCode::BAD_REQUEST, "bad_request", told, hint)
            }
        }
    }

    pub(super) fn no_such_map() -> Self {
        let hint = "/api/v1/sourcemaps lists the maps of an application with their ids";
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is no such source map", hint)
    }

    /// As many uploads as may be are under way, and none has ended in time.
    pub(super) fn uploading() -> Self {
        let hint = "try again in a moment";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "as many source maps are taken as may be at a time", hint)
    }

    pub(super) fn exporting() -> Self {
        let hint = "wait until the other export has ended";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "as much is being exported as may be at a time", hint)
    }

    pub(super) fn asking() -> Self {
        let hint = "wait until another question has its answer";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "as many free questions are asked as may be at a time", hint)
    }

    pub(super) fn no_such_erasure() -> Self {
        let hint = "/api/v1/erasures lists the newest ones";
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is no such erasure", hint)
    }

    pub(super) fn unknown_app(known: &[String]) -> Self {
        let hint = match known {
            [] => "create an application first: `limen serve` does so on its first start".to_owned(),
            known => format!("use one of: {}", known.join(", ")),
        };
        Self::new(StatusCode::NOT_FOUND, "unknown_app", "there is no such application", hint)
    }

    pub(super) fn timeout() -> Self {
        let hint = "narrow the time range or the filters";
        Self::new(StatusCode::GATEWAY_TIMEOUT, "timeout", "the answer took too long to find", hint)
    }

    fn unavailable(error: &StoreError) -> Self {
        let hint = "try again in a moment; /api/v1/status says how the engine is";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "store_unavailable", error.to_string(), hint)
    }

    fn internal(error: &StoreError) -> Self {
        // The engine's own words may quote the statement: they are for the log, not for the asker.
        tracing::error!(%error, "the engine refused a query");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the engine refused the query",
            "this is a defect: please report it with the log line written just now",
        )
    }
}

impl From<ScopeError> for ApiError {
    fn from(error: ScopeError) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", error.to_string(), error.hint())
    }
}

impl From<QueryError> for ApiError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Scope(error) => error.into(),
            QueryError::NotFound { .. } => Self::new(
                StatusCode::NOT_FOUND,
                "not_found",
                error.to_string(),
                "check the id and the application; it may also be older than what is kept, or not have arrived yet",
            ),
            QueryError::TooLarge => {
                let hint = "narrow the time range or the filters";
                Self::new(StatusCode::BAD_REQUEST, "question_too_large", error.to_string(), hint)
            }
            QueryError::Store(StoreError::Timeout(_)) => Self::timeout(),
            QueryError::Store(error) if error.is_transient() => Self::unavailable(&error),
            QueryError::Store(error) => Self::internal(&error),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(ErrorAnswer { error: self.detail })).into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(error: impl Into<QueryError>) -> StatusCode {
        ApiError::from(error.into()).into_response().status()
    }

    #[test]
    fn a_failure_of_the_engine_is_told_apart_by_what_to_do() {
        assert_eq!(status(StoreError::Timeout("slow".to_owned())), StatusCode::GATEWAY_TIMEOUT);
        assert_eq!(status(StoreError::Unavailable("away".to_owned())), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(status(StoreError::Refused("syntax".to_owned())), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(status(QueryError::TooLarge), StatusCode::BAD_REQUEST);
    }

    #[test]
    fn who_is_asked_to_come_again_is_told_when() {
        let error = ApiError::from(QueryError::Store(StoreError::Unavailable("away".to_owned())));
        assert_eq!(error.into_response().headers()[RETRY_AFTER], "2");
    }

    #[test]
    fn the_engines_words_about_a_statement_stay_inside() {
        let error = ApiError::from(QueryError::Store(StoreError::Refused("near SELECT secret".to_owned())));
        assert!(!format!("{:?}", error.detail).contains("secret"));
    }
}
