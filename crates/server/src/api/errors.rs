//! `/errors`: the inbox of errors, one group of them, and what people decide about groups.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use limen_query::{ErrorItem, ErrorsAsked, OneErrorAnswer, Range};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::error::Refusals;
use super::params::{AppParams, Id, Params, ScopeParams, answer, app_named};
use super::settings::{self, Document};
use super::{ApiError, ApiState};
use crate::errors::{ErrorRules, ErrorState, ErrorStatus, Until, group_name, group_named};
use crate::limits::{ASSIGNEE_BYTES_MAX, ERROR_GROUPS_CHANGED_MAX};

/// Which groups, in what order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ErrorsParams {
    /// `open` for those somebody should look at, regressed ones included; `new` for those of them first met in the range;
    /// `regressed`, `ignored`, `resolved` or `all`; left out, open.
    state: Option<String>,
    /// `app`, or what is no fault of the application: `third_party`, `opaque`, `extension`; `noise` for what rules call so; `all`.
    /// Left out, app.
    class: Option<String>,
    /// Part of the type, the message or the place.
    search: Option<String>,
    /// `sessions`, `errors`, `users`, `last` or `first` (seen); the most or the newest first; left out, sessions.
    order: Option<String>,
    /// Only what this person looks after.
    assignee: Option<String>,
    /// Groups in the answer.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

/// One error to look at.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OccurrenceParams {
    /// Id of one error of the group; left out, the newest that has a stack.
    occurrence: Option<String>,
}

/// The inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxAnswer {
    pub range: Range,
    /// Length of a step of the trends, in seconds.
    pub step_seconds: i64,
    pub groups: Vec<InboxItem>,
    /// Whether there are more than these.
    pub more: bool,
    /// Weighted number of errors that just came and are not grouped yet, or that are more different ones than are kept apart.
    pub ungrouped: f64,
}

/// A group with what was decided about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxItem {
    #[serde(flatten)]
    pub item: ErrorItem,
    pub state: ErrorState,
}

/// One group as a whole, with what was decided about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorGroupAnswer {
    #[serde(flatten)]
    pub answer: OneErrorAnswer,
    pub state: ErrorState,
}

/// What is to hold for groups from now on; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ErrorChange {
    /// Slug of the application; left out, the first one.
    app: Option<String>,
    /// The groups, at most 200.
    ids: Vec<String>,
    /// `open`, `ignored` or `resolved`.
    status: Option<ErrorStatus>,
    /// Who looks after them; empty for nobody.
    assignee: Option<String>,
    /// When they stop being ignored; left out, never.
    until: Option<Until>,
    /// The release they are resolved in: older ones may still throw them. Left out, they are gone everywhere.
    resolved_in: Option<String>,
    /// They are resolved in the release after those of now.
    next_release: bool,
}

/// What holds now, by group.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorStatesAnswer {
    pub states: HashMap<String, ErrorState>,
}

/// What breaks, is it new, and whom does it meet? Errors in groups that stay the same from release to release.
#[utoipa::path(get, path = "/api/v1/errors", tag = "errors", params(ScopeParams, ErrorsParams), responses((status = 200, description = "The answer", body = InboxAnswer), Refusals))]
pub(super) async fn errors(
    State(state): State<ApiState>,
    Params(scope): Params<ScopeParams>,
    Params(wanted): Params<ErrorsParams>,
) -> Result<Json<InboxAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let states = state.errors.states(&scope.app).await.map_err(ApiError::unreadable)?;
    let asked = asked(wanted, &states)?;
    let found = answer(limen_query::errors(&state.store, &scope, &asked)).await?;
    let item = |item: ErrorItem| {
        let state = group_named(&item.id).and_then(|group| states.get(&group).cloned()).unwrap_or_default();
        InboxItem { item, state }
    };
    Ok(Json(InboxAnswer {
        range: found.range,
        step_seconds: found.step_seconds,
        groups: found.groups.into_iter().map(item).collect(),
        more: found.more,
        ungrouped: found.ungrouped,
    }))
}

/// One group of errors: who meets it, its newest errors, and one of them with its source and what came before it.
#[utoipa::path(get, path = "/api/v1/errors/{id}", tag = "errors", params(("id" = String, Path, description = "Id of the group"), ScopeParams, OccurrenceParams), responses((status = 200, description = "The answer", body = ErrorGroupAnswer), Refusals))]
pub(super) async fn error(
    State(state): State<ApiState>,
    Id(id): Id,
    Params(scope): Params<ScopeParams>,
    Params(wanted): Params<OccurrenceParams>,
) -> Result<Json<ErrorGroupAnswer>, ApiError> {
    let scope = scope.check(&state)?;
    let found = answer(limen_query::error(&state.store, &scope, &id, wanted.occurrence.as_deref())).await?;
    let states = state.errors.states(&scope.app).await.map_err(ApiError::unreadable)?;
    let own = group_named(&id).and_then(|group| states.get(&group).cloned()).unwrap_or_default();
    Ok(Json(ErrorGroupAnswer { answer: found, state: own }))
}

/// Resolves, ignores, opens or assigns groups of errors.
#[utoipa::path(patch, path = "/api/v1/errors", tag = "errors", request_body = ErrorChange, responses((status = 200, description = "What holds now", body = ErrorStatesAnswer), Refusals))]
pub(super) async fn change_errors(
    State(state): State<ApiState>,
    body: Document<ErrorChange>,
) -> Result<Json<ErrorStatesAnswer>, ApiError> {
    let Json(change) = body.map_err(|rejection| ApiError::bad_body(rejection.body_text()))?;
    let app = app_named(&state, change.app.as_deref())?;
    let groups = change.check().map_err(ApiError::bad_body)?;
    let known = state.errors.states(&app).await.map_err(ApiError::unreadable)?;
    let now = time::OffsetDateTime::now_utc().unix_timestamp();
    let mut states = HashMap::new();
    for group in groups {
        let after = change.of(known.get(&group).cloned().unwrap_or_default(), now);
        state.errors.set(&app, group, &after).await.map_err(ApiError::not_saved)?;
        states.insert(group_name(group), after);
    }
    Ok(Json(ErrorStatesAnswer { states }))
}

/// Which errors belong together, or are noise, whatever their stacks say.
#[utoipa::path(get, path = "/api/v1/error-rules", tag = "errors", params(AppParams), responses((status = 200, description = "The answer", body = ErrorRules), Refusals))]
pub(super) async fn error_rules(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
) -> Result<Json<ErrorRules>, ApiError> {
    settings::read(&state, &app)
}

/// Sets these rules as a whole; within seconds they hold for what came in before as well.
#[utoipa::path(put, path = "/api/v1/error-rules", tag = "errors", params(AppParams), request_body = ErrorRules, responses((status = 200, description = "What holds now", body = ErrorRules), Refusals))]
pub(super) async fn set_error_rules(
    State(state): State<ApiState>,
    Params(app): Params<AppParams>,
    body: Document<ErrorRules>,
) -> Result<Json<ErrorRules>, ApiError> {
    settings::write(&state, &app, body).await
}

fn asked(wanted: ErrorsParams, states: &HashMap<u64, ErrorState>) -> Result<ErrorsAsked, ApiError> {
    let of = |test: &dyn Fn(&ErrorState) -> bool| -> Vec<u64> {
        states.iter().filter(|(_, state)| test(state)).map(|(group, _)| *group).collect()
    };
    let status = |status: ErrorStatus| Some(of(&|state| state.status == status));
    let done = |state: &ErrorState| matches!(state.status, ErrorStatus::Ignored | ErrorStatus::Resolved);
    let chosen = wanted.state.as_deref().unwrap_or("open");
    let (mut only, except) = match chosen {
        "open" | "new" => (None, of(&done)),
        "regressed" => (status(ErrorStatus::Regressed), Vec::new()),
        "ignored" => (status(ErrorStatus::Ignored), Vec::new()),
        "resolved" => (status(ErrorStatus::Resolved), Vec::new()),
        "all" => (None, Vec::new()),
        _ => {
            let told = "state is one of open, new, regressed, ignored, resolved and all";
            return Err(ApiError::bad_parameters(told.to_owned()));
        }
    };
    if let Some(assignee) = &wanted.assignee {
        let theirs = of(&|state| state.assignee == *assignee);
        only = Some(match only {
            Some(only) => only.into_iter().filter(|group| theirs.contains(group)).collect(),
            None => theirs,
        });
    }
    Ok(ErrorsAsked {
        class: wanted.class,
        search: wanted.search.filter(|text| !text.is_empty()),
        order: wanted.order,
        new: chosen == "new",
        only,
        except,
        limit: wanted.limit.unwrap_or(50),
    })
}

impl ErrorChange {
    fn check(&self) -> Result<Vec<u64>, String> {
        if !(1..=ERROR_GROUPS_CHANGED_MAX).contains(&self.ids.len()) {
            return Err(format!("ids names 1 to {ERROR_GROUPS_CHANGED_MAX} groups"));
        }
        if self.status == Some(ErrorStatus::Regressed) {
            return Err("a group regresses by itself: set it to open, ignored or resolved".to_owned());
        }
        if self.assignee.as_ref().is_some_and(|name| name.len() > ASSIGNEE_BYTES_MAX) {
            return Err(format!("assignee has at most {ASSIGNEE_BYTES_MAX} bytes"));
        }
        if self.until.is_some() && self.status != Some(ErrorStatus::Ignored) {
            return Err("until goes with the status ignored".to_owned());
        }
        if (self.resolved_in.is_some() || self.next_release) && self.status != Some(ErrorStatus::Resolved) {
            return Err("resolved_in and next_release go with the status resolved".to_owned());
        }
        let finite = |count: Option<f64>| count.is_none_or(|count| count.is_finite() && count > 0.0);
        if self.until.as_ref().is_some_and(|until| !finite(until.errors) || !finite(until.sessions)) {
            return Err("until.errors and until.sessions are greater than 0".to_owned());
        }
        let group = |id: &String| group_named(id).ok_or_else(|| "an id has up to 16 hexadecimal digits".to_owned());
        self.ids.iter().map(group).collect()
    }

    fn of(&self, before: ErrorState, now: i64) -> ErrorState {
        let assignee = self.assignee.clone().unwrap_or_else(|| before.assignee.clone());
        match self.status {
            None => ErrorState { assignee, ..before },
            Some(status) => ErrorState {
                status,
                assignee,
                changed: now,
                until: self.until.clone(),
                resolved_in: self.resolved_in.clone(),
                next_release: self.next_release,
                regressed_in: None,
            },
        }
    }
}
