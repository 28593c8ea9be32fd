//! `/erasures`: takes a person's data away, with a receipt; and `/audit`: what was done with whose data.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use limen_query::Time;
use limen_store::{Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::Refusals;
use super::params::{Id, app_named};
use super::settings::Document;
use super::{ApiError, ApiState};
use crate::erasure::{Job, Receipt, Stage, Wanted};
use crate::limits::{REASON_BYTES_MAX, SUBJECT_ID_BYTES_MAX};

/// Whose data to take away: exactly one of the ids, as the pages and services sent it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasureRequest {
    /// Slug of the application; left out, the first one.
    app: Option<String>,
    /// `user.id`: everything that names the user, and all of the sessions in which it is named.
    user_id: Option<String>,
    /// `session.id`.
    session_id: Option<String>,
    /// `device.id` or `app.installation.id`.
    device_id: Option<String>,
    /// Why; it is kept with the receipt, so it must not name the person.
    #[serde(default)]
    reason: String,
    /// Whether the spans and logs of services go as well that only share a trace with the person; left out, they stay.
    #[serde(default)]
    include_traces: bool,
}

/// An erasure, how far it is and what it has done. Whom it was about can only be told from the id itself, by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErasureItem {
    pub id: String,
    pub app: String,
    pub kind: ErasureKind,
    /// Equal for the same id of the same application.
    pub subject_hash: String,
    pub reason: String,
    pub include_traces: bool,
    pub state: ErasureState,
    pub asked: Time,
    pub finished: Option<Time>,
    /// Why it has to wait, or why it failed.
    pub error: Option<String>,
    /// Null until it is known what there is.
    pub receipt: Option<Receipt>,
}

/// What the id is the id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ErasureKind {
    User,
    Session,
    Device,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ErasureState {
    /// Nothing of the person is taken any more; waiting for what is on its way.
    Asked,
    /// It is known what there is.
    Found,
    /// No question finds anything of it.
    Erased,
    /// Nor do sums hold it.
    Summed,
    /// Nor does any file: this is the end.
    Done,
    /// Nothing was erased; `error` says why.
    Failed,
}

/// The newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErasuresAnswer {
    pub erasures: Vec<ErasureItem>,
}

/// Something that was done with somebody's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditItem {
    pub time: Time,
    pub action: String,
    pub app: String,
    pub detail: String,
}

/// The newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditAnswer {
    pub entries: Vec<AuditItem>,
}

/// Takes a person's data away. The answer comes when the job is on the disk; ask for it by its id until it is `done`.
#[utoipa::path(post, path = "/api/v1/erasures", tag = "privacy", request_body = ErasureRequest, responses((status = 202, description = "The job", body = ErasureItem), Refusals))]
pub(super) async fn erase(
    State(state): State<ApiState>,
    body: Document<ErasureRequest>,
) -> Result<(StatusCode, Json<ErasureItem>), ApiError> {
    let Json(request) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    let wanted = request.check(&state)?;
    let job = state.people.erase(wanted).await.map_err(ApiError::not_saved)?;
    Ok((StatusCode::ACCEPTED, Json(job)))
}

/// The newest erasures.
#[utoipa::path(get, path = "/api/v1/erasures", tag = "privacy", responses((status = 200, description = "The answer", body = ErasuresAnswer), Refusals))]
pub(super) async fn erasures(State(state): State<ApiState>) -> Result<Json<ErasuresAnswer>, ApiError> {
    let erasures = state.people.erasures().await.map_err(ApiError::unreadable)?;
    Ok(Json(ErasuresAnswer { erasures }))
}

/// One erasure with its receipt.
#[utoipa::path(get, path = "/api/v1/erasures/{id}", tag = "privacy", params(("id" = String, Path, description = "Id of the erasure")),
    responses((status = 200, description = "The answer", body = ErasureItem), Refusals))]
pub(super) async fn erasure(State(state): State<ApiState>, Id(id): Id) -> Result<Json<ErasureItem>, ApiError> {
    let found = state.people.erasure(id).await.map_err(ApiError::unreadable)?;
    found.map(Json).ok_or_else(ApiError::no_such_erasure)
}

/// The newest entries of the log of what was done with whose data.
#[utoipa::path(get, path = "/api/v1/audit", tag = "privacy", responses((status = 200, description = "The answer", body = AuditAnswer), Refusals))]
pub(super) async fn audit(State(state): State<ApiState>) -> Result<Json<AuditAnswer>, ApiError> {
    Ok(Json(AuditAnswer { entries: state.people.audit().await.map_err(ApiError::unreadable)? }))
}

impl ErasureRequest {
    fn check(self, state: &ApiState) -> Result<Wanted, ApiError> {
        let app = app_named(state, self.app.as_deref())?;
        let subject = subject(app, self.user_id, self.session_id, self.device_id).map_err(ApiError::bad_body)?;
        let reason = self.reason.trim().to_owned();
        if reason.is_empty() || reason.len() > REASON_BYTES_MAX {
            return Err(ApiError::bad_body(format!("reason has {} bytes; 1 to {REASON_BYTES_MAX}", reason.len())));
        }
        Ok(Wanted { subject, reason, include_traces: self.include_traces })
    }
}

/// The one id that was named.
pub(super) fn subject(
    app: limen_model::AppId,
    user: Option<String>,
    session: Option<String>,
    device: Option<String>,
) -> Result<Subject, String> {
    let named = [(SubjectKind::User, user), (SubjectKind::Session, session), (SubjectKind::Device, device)];
    let mut named = named.into_iter().filter_map(|(kind, id)| id.map(|id| (kind, id)));
    let (Some((kind, id)), None) = (named.next(), named.next()) else {
        return Err("name exactly one of user_id, session_id and device_id".to_owned());
    };
    if id.is_empty() || id.len() > SUBJECT_ID_BYTES_MAX {
        return Err(format!("{}_id has {} bytes; 1 to {SUBJECT_ID_BYTES_MAX}", kind.name(), id.len()));
    }
    Ok(Subject { app, kind, id })
}

impl From<Job> for ErasureItem {
    fn from(job: Job) -> Self {
        let state = match job.stage {
            Stage::Asked => ErasureState::Asked,
            Stage::Found => ErasureState::Found,
            Stage::Erased => ErasureState::Erased,
            Stage::Summed => ErasureState::Summed,
            Stage::Done => ErasureState::Done,
            Stage::Failed => ErasureState::Failed,
        };
        let kind = match job.kind {
            SubjectKind::User => ErasureKind::User,
            SubjectKind::Session => ErasureKind::Session,
            SubjectKind::Device => ErasureKind::Device,
        };
        Self {
            id: job.id,
            app: job.app.to_string(),
            kind,
            subject_hash: job.subject_hash,
            reason: job.reason,
            include_traces: job.include_traces,
            state,
            asked: Time(job.asked_unix_nano),
            finished: job.finished_unix_nano.map(Time),
            error: job.error,
            receipt: job.receipt.and_then(|receipt| serde_json::from_str(&receipt).ok()),
        }
    }
}
