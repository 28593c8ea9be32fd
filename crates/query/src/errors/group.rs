//! One group: its figures, who met it, its newest errors, and one of them with its frames and what came before it.

use std::collections::BTreeMap;

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::stack::{ErrorPart, stack};
use super::{ErrorItem, ErrorsAsked, errors};
use crate::limits::{ERROR_EVENTS_BEFORE_MAX, ERROR_OCCURRENCES_MAX, ERROR_SHARES_MAX};
use crate::prepare::{prepare, prepare_scoped};
use crate::scope::{Range, clipped};
use crate::session::{EventRow, SessionEvent};
use crate::{QueryError, Scope, Time};

/// One group of errors in a range.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OneErrorAnswer {
    pub range: Range,
    /// Length of a step of the trend, in seconds.
    pub step_seconds: i64,
    pub group: ErrorItem,
    pub shares: Vec<ErrorShares>,
    /// The newest first, at most 20.
    pub occurrences: Vec<ErrorOccurrence>,
    pub shown: ErrorShown,
}

/// The values of one dimension, the most frequent first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorShares {
    /// `release`, `route`, `browser`, `os`, `device`, `country`.
    pub dimension: String,
    pub values: Vec<ErrorShare>,
}

/// The part of a group with one value.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorShare {
    /// Empty means unknown.
    pub value: String,
    /// Weighted number of errors.
    pub errors: f64,
    /// Weighted number of sessions.
    pub sessions: f64,
}

/// One error.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorOccurrence {
    /// Give it as `occurrence` to see this one.
    pub id: String,
    pub time: Time,
    /// Empty for what belongs to no session.
    pub session_id: String,
    pub view_id: String,
    /// Null when it is not part of a trace.
    pub trace_id: Option<String>,
    pub user_id: String,
    pub message: String,
    pub handled: bool,
    pub url: String,
    pub route: String,
    pub release: String,
    pub browser: String,
    pub os: String,
    pub country: String,
}

/// One error as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorShown {
    pub occurrence: ErrorOccurrence,
    /// The error itself first, then what caused it.
    pub parts: Vec<ErrorPart>,
    /// What made it part of this group: `rule`, `app_frames`, `all_frames` or `message`.
    pub grouped_by: String,
    /// Why frames have no source, each reason once.
    pub unresolved: Vec<String>,
    /// What happened in the session before, the last first; at most 30.
    pub before: Vec<SessionEvent>,
    /// Attributes that have no field of their own.
    pub attributes: BTreeMap<String, String>,
}

#[derive(Debug, Row, Deserialize)]
struct ShareRow {
    dimension: String,
    value: String,
    errors: f64,
    sessions: f64,
}

#[derive(Debug, Row, Deserialize)]
struct OccurrenceRow {
    session_id: String,
    view_id: String,
    event_id: u64,
    time_nano: i64,
    #[expect(dead_code, reason = "rows are read by position")]
    error_type: String,
    exception_message: String,
    exception_stacktrace: String,
    exception_handled: bool,
    exception_stack_id: u64,
    url: String,
    route_name: String,
    release_name: String,
    browser_name: String,
    version: String,
    os_name: String,
    country_code: String,
    user_id: String,
    trace: String,
    attributes: Vec<(String, String)>,
}

pub async fn error(
    store: &Store,
    scope: &Scope,
    id: &str,
    occurrence: Option<&str>,
) -> Result<OneErrorAnswer, QueryError> {
    let none = |what, id: &str| QueryError::NotFound { what, id: clipped(id), app: scope.app.to_string() };
    let no_group = || none("group of errors in this range", id);
    let no_error = || none("error of this group in this range", occurrence.unwrap_or_default());
    let group = parse_id(id).ok_or_else(no_group)?;
    let event = occurrence.map(|text| parse_id(text).ok_or_else(no_error)).transpose()?;
    let asked =
        ErrorsAsked { class: Some("all".to_owned()), only: Some(vec![group]), limit: 1, ..ErrorsAsked::default() };
    let found = errors(store, scope, &asked).await?;
    let item = found.groups.into_iter().next().ok_or_else(no_group)?;
    let newest = occurrences(store, scope, group, 0, ERROR_OCCURRENCES_MAX).await?;
    let picked = match event {
        None => Vec::new(),
        Some(event) => occurrences(store, scope, group, event, 1).await?,
    };
    let shown = match event {
        Some(_) => picked.first().ok_or_else(no_error)?,
        // A stack says more than none.
        None => {
            newest.iter().find(|row| !row.exception_stacktrace.is_empty()).or(newest.first()).ok_or_else(no_group)?
        }
    };
    let shown = show(store, scope, shown).await?;
    let shares = shares(store, scope, group).await?;
    let occurrences = newest.iter().map(one).collect();
    let (range, step_seconds) = (scope.range, found.step_seconds);
    Ok(OneErrorAnswer { range, step_seconds, group: item, shares, occurrences, shown })
}

fn parse_id(text: &str) -> Option<u64> {
    let digits = (1..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits.then(|| u64::from_str_radix(text, 16).ok()).flatten().filter(|number| *number != 0)
}

async fn occurrences(
    store: &Store,
    scope: &Scope,
    group: u64,
    event: u64,
    limit: u32,
) -> Result<Vec<OccurrenceRow>, QueryError> {
    let query = prepare_scoped(store, include_str!("occurrences.sql"), scope);
    Ok(query.param("group", group).param("event", event).param("limit", limit).fetch_all().await?)
}

async fn shares(store: &Store, scope: &Scope, group: u64) -> Result<Vec<ErrorShares>, QueryError> {
    let query = prepare_scoped(store, include_str!("shares.sql"), scope);
    let rows: Vec<ShareRow> = query.param("group", group).param("limit", ERROR_SHARES_MAX).fetch_all().await?;
    let names = ["release", "route", "browser", "os", "device", "country"];
    let value = |row: &ShareRow| ErrorShare { value: row.value.clone(), errors: row.errors, sessions: row.sessions };
    let shares = |name: &&str| ErrorShares {
        dimension: (*name).to_owned(),
        values: rows.iter().filter(|row| row.dimension == *name).map(value).collect(),
    };
    Ok(names.iter().map(shares).collect())
}

async fn show(store: &Store, scope: &Scope, row: &OccurrenceRow) -> Result<ErrorShown, QueryError> {
    let stack = stack(store, scope, row.exception_stack_id, &row.exception_stacktrace).await?;
    let before: Vec<EventRow> = prepare(store, include_str!("before.sql"))
        .param("app", scope.app.as_str())
        .param("session", &row.session_id)
        .param("moment", row.time_nano)
        .param("event", row.event_id)
        .param("limit", ERROR_EVENTS_BEFORE_MAX)
        .fetch_all()
        .await?;
    Ok(ErrorShown {
        occurrence: one(row),
        parts: stack.parts,
        grouped_by: stack.grouped_by,
        unresolved: stack.unresolved,
        before: before.into_iter().map(SessionEvent::from).collect(),
        attributes: row.attributes.iter().cloned().collect(),
    })
}

fn one(row: &OccurrenceRow) -> ErrorOccurrence {
    ErrorOccurrence {
        id: super::id_of(row.event_id),
        time: Time(row.time_nano),
        session_id: row.session_id.clone(),
        view_id: row.view_id.clone(),
        trace_id: (row.trace.bytes().any(|digit| digit != b'0')).then(|| row.trace.clone()),
        user_id: row.user_id.clone(),
        message: row.exception_message.clone(),
        handled: row.exception_handled,
        url: row.url.clone(),
        route: row.route_name.clone(),
        release: row.release_name.clone(),
        browser: format!("{} {}", row.browser_name, row.version).trim().to_owned(),
        os: row.os_name.clone(),
        country: row.country_code.clone(),
    }
}
