//! Who was here? Sessions, newest first.

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{LIST_ROWS_MAX, SESSION_LENGTH_MAX};
use crate::newest::{Look, looks};
use crate::prepare::prepare_scoped;
use crate::{Cursor, QueryError, Scope, ScopeError, Time};

/// One page of the list of sessions.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SessionsAnswer {
    /// Newest first.
    pub sessions: Vec<SessionSummary>,
    /// Give it as `cursor` to read on; null at the end of the list.
    pub next_cursor: Option<String>,
}

/// One session as a whole. Counts are those of the session itself, not weighted.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SessionSummary {
    pub id: String,
    /// Start of its first view.
    pub start: Time,
    /// The last moment at which one of its views was known to be open.
    pub end: Time,
    /// From start to end, in milliseconds.
    pub duration: f64,
    pub views: u64,
    pub errors: u64,
    pub actions: u64,
    pub requests: u64,
    /// ISO 3166-1 alpha-2; empty means unknown, as it does in the fields below.
    pub country: String,
    pub browser: String,
    pub os: String,
    /// `desktop`, `mobile`, `tablet` or empty.
    pub device: String,
    pub release: String,
    pub entry_route: String,
    pub last_route: String,
    /// Largest LCP of its views, in milliseconds; null when none has one.
    pub worst_lcp: Option<f64>,
    /// Largest INP of its views, in milliseconds; null when none has one.
    pub worst_inp: Option<f64>,
    /// Id that the page has given the user; empty when it gave none.
    pub user_id: String,
}

#[derive(Debug, Row, Deserialize)]
struct SessionRow {
    session_id: String,
    start_nano: i64,
    end_nano: i64,
    view_count: u64,
    error_count: u64,
    action_count: u64,
    request_count: u64,
    first_country: String,
    first_browser: String,
    first_os: String,
    first_device: String,
    first_release: String,
    entry_route: String,
    last_route: String,
    worst_lcp: Option<f64>,
    worst_inp: Option<f64>,
    last_user_id: String,
}

pub async fn sessions(store: &Store, scope: &Scope, cursor: &Cursor, limit: u32) -> Result<SessionsAnswer, QueryError> {
    if !(1..=LIST_ROWS_MAX).contains(&limit) {
        return Err(ScopeError::Limit { max: LIST_ROWS_MAX }.into());
    }
    let mut rows: Vec<SessionRow> = Vec::new();
    for Look { scope, start_min } in looks(scope, cursor, SESSION_LENGTH_MAX) {
        rows = prepare_scoped(store, include_str!("sessions.sql"), &scope)
            .param("start_min", start_min)
            .param("cursor_start", cursor.start())
            .param("cursor_id", cursor.id())
            // One more than asked for tells whether the list goes on.
            .param("limit", limit + 1)
            .fetch_all()
            .await?;
        if rows.len() > limit as usize {
            break;
        }
    }
    let mut sessions: Vec<SessionSummary> = rows.into_iter().map(summary).collect();
    let more = sessions.len() > limit as usize;
    sessions.truncate(limit as usize);
    let next_cursor = sessions.last().filter(|_| more).map(|last| Cursor::after(last.start, &last.id));
    Ok(SessionsAnswer { sessions, next_cursor })
}

fn summary(row: SessionRow) -> SessionSummary {
    let (start, end) = (Time(row.start_nano), Time(row.end_nano));
    SessionSummary {
        id: row.session_id,
        start,
        end,
        duration: end.millis_since(start),
        views: row.view_count,
        errors: row.error_count,
        actions: row.action_count,
        requests: row.request_count,
        country: row.first_country,
        browser: row.first_browser,
        os: row.first_os,
        device: row.first_device,
        release: row.first_release,
        entry_route: row.entry_route,
        last_route: row.last_route,
        worst_lcp: row.worst_lcp,
        worst_inp: row.worst_inp,
        user_id: row.last_user_id,
    }
}
