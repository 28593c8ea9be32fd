//! The groups of a range.

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ErrorItem, id_of};
use crate::buckets::Buckets;
use crate::limits::{CAUSE_MESSAGE_LENGTH_MAX, ERROR_GROUPS_MAX, SEARCH_BYTES_MAX};
use crate::prepare::prepare_scoped;
use crate::scope::{Range, clipped};
use crate::total::total;
use crate::{QueryError, Scope, ScopeError, Time};

/// The groups of a range.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorsAnswer {
    pub range: Range,
    /// Length of a step of the trends, in seconds.
    pub step_seconds: i64,
    pub groups: Vec<ErrorItem>,
    /// Whether there are more than these.
    pub more: bool,
    /// Weighted number of errors that just came and are not grouped yet, or that are more different ones than are kept apart.
    pub ungrouped: f64,
}

/// Which groups, in what order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorsAsked {
    /// Left out `app`: those of the application that no rule calls noise. Or another class, `noise`, or `all`.
    pub class: Option<String>,
    /// Part of the type, the message or the place.
    pub search: Option<String>,
    /// `sessions`, `errors`, `users`, `last`, `first`; left out, sessions.
    pub order: Option<String>,
    /// Only those first met in the range.
    pub new: bool,
    /// Only these groups.
    pub only: Option<Vec<u64>>,
    /// Not these groups.
    pub except: Vec<u64>,
    pub limit: u32,
}

impl ErrorsAsked {
    fn wanted(&self) -> Result<String, ScopeError> {
        let class = match self.class.as_deref().unwrap_or("app") {
            "all" => "1",
            "noise" => "is_noise",
            "app" => "(error_class IN ('app', '') AND NOT is_noise)",
            "third_party" => "(error_class = 'third_party' AND NOT is_noise)",
            "opaque" => "(error_class = 'opaque' AND NOT is_noise)",
            "extension" => "(error_class = 'extension' AND NOT is_noise)",
            other => return Err(ScopeError::ErrorClass { value: clipped(other) }),
        };
        let mut wanted = class.to_owned();
        if let Some(search) = &self.search {
            if search.len() > SEARCH_BYTES_MAX {
                return Err(ScopeError::SearchTooLong { max: SEARCH_BYTES_MAX });
            }
            wanted.push_str(
                " AND (positionCaseInsensitiveUTF8(exception_message, {search:String}) > 0 \
                 OR positionCaseInsensitiveUTF8(exception_type, {search:String}) > 0 \
                 OR positionCaseInsensitiveUTF8(culprit, {search:String}) > 0)",
            );
        }
        if self.new {
            wanted.push_str(" AND group_first >= {from:Int64}");
        }
        if self.only.is_some() {
            wanted.push_str(" AND group_id IN {only:Array(UInt64)}");
        }
        if !self.except.is_empty() {
            wanted.push_str(" AND group_id NOT IN {except:Array(UInt64)}");
        }
        Ok(wanted)
    }

    fn order(&self) -> Result<&'static str, ScopeError> {
        Ok(match self.order.as_deref().unwrap_or("sessions") {
            "sessions" => "sessions DESC, errors DESC",
            "errors" => "errors DESC",
            "users" => "users DESC, sessions DESC",
            "last" => "last_nano DESC",
            "first" => "first_nano DESC, last_nano DESC",
            other => return Err(ScopeError::ErrorOrder { value: clipped(other) }),
        })
    }
}

#[derive(Debug, Row, Deserialize)]
struct GroupRow {
    group_id: u64,
    class: String,
    noise: bool,
    error_type: String,
    message: String,
    at: String,
    n: u64,
    errors: f64,
    sessions: f64,
    users: u64,
    unhandled: f64,
    last_nano: i64,
    first_nano: i64,
    last_release: String,
    first_release: String,
    trend: (Vec<i64>, Vec<f64>),
    unresolved: Vec<String>,
}

pub async fn errors(store: &Store, scope: &Scope, asked: &ErrorsAsked) -> Result<ErrorsAnswer, QueryError> {
    if !(1..=ERROR_GROUPS_MAX).contains(&asked.limit) {
        return Err(ScopeError::Limit { max: ERROR_GROUPS_MAX }.into());
    }
    let buckets = Buckets::of(scope.range);
    let sql = include_str!("list.sql").replace("{wanted}", &asked.wanted()?).replace("{order}", asked.order()?);
    let rows: Vec<GroupRow> = prepare_scoped(store, &sql, scope)
        .param("message_length", CAUSE_MESSAGE_LENGTH_MAX)
        .param("origin", buckets.origin.0)
        .param("step", buckets.step_nanos())
        .param("search", asked.search.as_deref().unwrap_or_default())
        .param("only", asked.only.as_deref().unwrap_or_default())
        .param("except", &asked.except[..])
        // One more tells whether the list goes on, and one is of those without a group.
        .param("limit", asked.limit + 2)
        .fetch_all()
        .await?;
    let ungrouped = total(rows.iter().filter(|row| row.group_id == 0).map(|row| row.errors));
    let mut groups: Vec<ErrorItem> =
        rows.into_iter().filter(|row| row.group_id != 0).map(|row| item(row, &buckets)).collect();
    let more = groups.len() > asked.limit as usize;
    groups.truncate(asked.limit as usize);
    Ok(ErrorsAnswer { range: scope.range, step_seconds: buckets.step_seconds, groups, more, ungrouped })
}

fn item(row: GroupRow, buckets: &Buckets) -> ErrorItem {
    let steps: Vec<(i64, f64)> = row.trend.0.into_iter().zip(row.trend.1).collect();
    ErrorItem {
        id: id_of(row.group_id),
        class: row.class,
        noise: row.noise,
        error_type: row.error_type,
        message: row.message,
        culprit: row.at,
        n: row.n,
        errors: row.errors,
        sessions: row.sessions,
        users: row.users,
        unhandled: row.unhandled,
        first_seen: Time(row.first_nano),
        last_seen: Time(row.last_nano),
        first_release: row.first_release,
        last_release: row.last_release,
        trend: buckets.fill(steps, |(step, _)| *step, |_, step| step.map_or(0.0, |(_, errors)| errors)),
        unresolved: row.unresolved,
    }
}
