//! What people decided about a group of errors, and when that ends by itself.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt, TryFutureExt};
use limen_model::AppId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::group_name;
use crate::api::ErrorStates;
use crate::metadata::{Metadata, MetadataError};

/// What is decided about a group. Without a decision it is open.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ErrorState {
    pub status: ErrorStatus,
    /// Who looks after it; empty for nobody.
    pub assignee: String,
    /// When the status last changed, in seconds since 1970.
    pub changed: i64,
    /// When it stops being ignored; null for never.
    pub until: Option<Until>,
    /// The release it is resolved in: older ones may still throw it.
    pub resolved_in: Option<String>,
    /// It is resolved in the release after those of that time.
    pub next_release: bool,
    /// The release it came back in.
    pub regressed_in: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ErrorStatus {
    #[default]
    Open,
    /// It was resolved, and came back.
    Regressed,
    Ignored,
    Resolved,
}

impl ErrorStatus {
    pub fn name(self) -> &'static str {
        match self {
            ErrorStatus::Open => "open",
            ErrorStatus::Regressed => "regressed",
            ErrorStatus::Ignored => "ignored",
            ErrorStatus::Resolved => "resolved",
        }
    }
}

/// The first of these that comes ends it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Until {
    /// In seconds since 1970.
    pub time: Option<i64>,
    /// So many errors more, weighted.
    pub errors: Option<f64>,
    /// So many sessions more, weighted.
    pub sessions: Option<f64>,
}

/// What happened in a group since its status changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Since {
    pub errors: f64,
    pub sessions: f64,
    /// The releases it was met in.
    pub releases: Vec<String>,
}

impl ErrorState {
    /// Whether anything of it is worth being kept.
    pub fn says_nothing(&self) -> bool {
        self.status == ErrorStatus::Open && self.assignee.is_empty()
    }

    /// The state that follows from what happened since; nothing when it stays. `first_seen` tells when a release was first
    /// met, in seconds since 1970.
    pub fn after(&self, since: &Since, first_seen: impl Fn(&str) -> Option<i64>, now: i64) -> Option<Self> {
        match self.status {
            ErrorStatus::Open | ErrorStatus::Regressed => None,
            ErrorStatus::Ignored => {
                let until = self.until.as_ref()?;
                let over = until.time.is_some_and(|time| now >= time)
                    || until.errors.is_some_and(|errors| since.errors >= errors)
                    || until.sessions.is_some_and(|sessions| since.sessions >= sessions);
                over.then(|| ErrorState { status: ErrorStatus::Open, until: None, changed: now, ..self.clone() })
            }
            ErrorStatus::Resolved => {
                let back = since.releases.iter().find(|release| self.should_be_gone(release, &first_seen))?;
                Some(ErrorState {
                    status: ErrorStatus::Regressed,
                    regressed_in: Some(back.clone()).filter(|release| !release.is_empty()),
                    resolved_in: None,
                    next_release: false,
                    changed: now,
                    ..self.clone()
                })
            }
        }
    }

    /// Whether a release is one in which it must not be any more.
    fn should_be_gone(&self, release: &str, first_seen: impl Fn(&str) -> Option<i64>) -> bool {
        match (&self.resolved_in, self.next_release) {
            (Some(resolved), _) if resolved == release => true,
            // A release that was never seen comes later than all that were.
            (Some(resolved), _) => match (first_seen(release), first_seen(resolved)) {
                (Some(seen), Some(fixed)) => seen > fixed,
                _ => false,
            },
            (None, true) => first_seen(release).is_some_and(|seen| seen > self.changed),
            (None, false) => true,
        }
    }
}

/// The states of all groups that have one.
#[derive(Clone)]
pub struct GroupStates(Metadata);

impl GroupStates {
    pub fn new(metadata: Metadata) -> Self {
        Self(metadata)
    }

    pub async fn of(&self, app: &AppId) -> Result<HashMap<u64, ErrorState>, MetadataError> {
        self.0.error_states(app).await
    }

    pub async fn set(&self, app: &AppId, group: u64, state: &ErrorState) -> Result<(), MetadataError> {
        self.0.set_error_state(app, group, state).await
    }
}

impl ErrorStates for GroupStates {
    fn states<'s>(&'s self, app: &'s AppId) -> BoxFuture<'s, Result<HashMap<u64, ErrorState>, String>> {
        self.of(app).map_err(|error| error.to_string()).boxed()
    }

    /// Somebody did it, so it is noted.
    fn set<'s>(&'s self, app: &'s AppId, group: u64, state: &'s ErrorState) -> BoxFuture<'s, Result<(), String>> {
        async move {
            self.set(app, group, state).await?;
            let what = format!("group of errors set to {}", state.status.name());
            self.0.add_audit(&what, Some(app), &group_name(group)).await
        }
        .map_err(|error| error.to_string())
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn since(releases: &[&str]) -> Since {
        Since { errors: 5.0, sessions: 2.0, releases: releases.iter().map(|&name| name.to_owned()).collect() }
    }

    fn first_seen(release: &str) -> Option<i64> {
        match release {
            "1" => Some(100),
            "2" => Some(200),
            "3" => Some(300),
            _ => None,
        }
    }

    fn resolved(change: impl FnOnce(&mut ErrorState)) -> ErrorState {
        let mut state = ErrorState { status: ErrorStatus::Resolved, changed: 250, ..ErrorState::default() };
        change(&mut state);
        state
    }

    #[test]
    fn what_is_resolved_in_a_release_may_go_on_in_older_ones() {
        let state = resolved(|state| state.resolved_in = Some("2".to_owned()));
        assert_eq!(state.after(&since(&["1"]), first_seen, 400), None);
        for release in ["2", "3"] {
            let back = state.after(&since(&["1", release]), first_seen, 400).expect("it came back");
            assert_eq!((back.status, back.regressed_in.as_deref()), (ErrorStatus::Regressed, Some(release)));
        }
    }

    #[test]
    fn the_next_release_is_one_that_was_first_met_afterwards() {
        let state = resolved(|state| state.next_release = true);
        assert_eq!(state.after(&since(&["1", "2"]), first_seen, 400), None);
        assert!(state.after(&since(&["3"]), first_seen, 400).is_some());
        assert!(resolved(|_| {}).after(&since(&["1"]), first_seen, 400).is_some(), "of no release: any error");
        assert_eq!(resolved(|_| {}).after(&Since::default(), first_seen, 400), None);
    }

    #[test]
    fn what_is_ignored_opens_again_at_the_first_of_its_ends() {
        let ignored = |until| ErrorState { status: ErrorStatus::Ignored, until: Some(until), ..ErrorState::default() };
        let opens = |until| ignored(until).after(&since(&[]), first_seen, 400).is_some();
        assert!(opens(Until { time: Some(400), ..Until::default() }));
        assert!(!opens(Until { time: Some(401), errors: Some(6.0), sessions: Some(3.0) }));
        assert!(opens(Until { errors: Some(5.0), ..Until::default() }));
        assert!(opens(Until { sessions: Some(2.0), ..Until::default() }));
        assert!(!opens(Until::default()));
    }
}
