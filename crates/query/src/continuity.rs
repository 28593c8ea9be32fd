//! Do traces go on from the page into the services? Per host that pages call: the share of calls with a span of a service below
//! them, by the service that answered and by release of the page, and the likely cause of the rest.

mod hosts;

use clickhouse::Row;
use limen_model::attributes as names;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::limits::{CONTINUITY_GROUPS_MAX, CONTINUITY_LATE};
use crate::prepare::{prepare, prepare_scoped};
use crate::scope::Range;
use crate::services::one_trace_of;
use crate::{QueryError, Scope};

/// By host, those with the most calls first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ContinuityAnswer {
    pub range: Range,
    /// Drawn from one of so many traces; calls are scaled up.
    pub one_of: u64,
    pub hosts: Vec<ContinuityHost>,
}

/// The calls to one host.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ContinuityHost {
    pub host: String,
    pub third_party: bool,
    /// As stored, of the traces that were looked at.
    pub n: u64,
    /// Weighted.
    pub calls: f64,
    /// Of these, the ones with a span of a service below them.
    pub answered: f64,
    pub share: f64,
    /// The 95 % interval of the share; null when there are too few.
    pub share_low: Option<f64>,
    pub share_high: Option<f64>,
    /// What the rest is likely to lack, most first.
    pub broken: Vec<BrokenTraces>,
    /// The services that answered first, most first.
    pub gateways: Vec<ContinuityGateway>,
    /// By release of the page, most calls first.
    pub releases: Vec<ContinuityRelease>,
}

/// Calls without a span of a service, by why.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BrokenTraces {
    pub cause: BrokenCause,
    pub calls: f64,
    /// What to do, and where.
    pub to_do: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BrokenCause {
    /// Another origin than the page's that never answered in a trace of a page: the header is not sent, or not allowed by CORS.
    NotSent,
    /// The host's services begin traces of their own: the header is stripped on the way, or not read.
    Stripped,
    /// Something between made spans of its own that nobody sends here.
    Rewritten,
    /// The call is so young that the service may not have sent its span yet.
    Late,
    /// No span of these calls arrives: not instrumented, or left out by a sampler of its own.
    Silent,
}

/// Calls that one service answered first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ContinuityGateway {
    pub service: String,
    pub calls: f64,
}

/// Calls of one release of the page.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ContinuityRelease {
    /// Empty when unknown.
    pub release: String,
    pub n: u64,
    pub calls: f64,
    pub answered: f64,
}

/// Calls to a host, of one release, answered by one service or by none.
#[derive(Debug, Clone, Default, PartialEq, Row, Deserialize)]
struct CallsRow {
    host: String,
    release: String,
    gateway: String,
    third_party: bool,
    n: u64,
    calls: f64,
    answered: f64,
    rewritten: f64,
    late: f64,
    rest: f64,
}

impl CallsRow {
    fn scale(&mut self, times: f64) {
        let counts = [&mut self.calls, &mut self.answered, &mut self.rewritten, &mut self.late, &mut self.rest];
        counts.into_iter().for_each(|count| *count *= times);
    }
}

#[derive(Debug, Row, Deserialize)]
struct HostRow {
    host: String,
    roots: u64,
    pages: u64,
}

pub async fn continuity(store: &Store, scope: &Scope, now: OffsetDateTime) -> Result<ContinuityAnswer, QueryError> {
    let sql = include_str!("continuity.sql").replace("{filters}", &scope.span_conditions());
    let one_of = one_trace_of(store, scope).await?;
    let late_from = (now - CONTINUITY_LATE).unix_timestamp_nanos() as i64;
    let mut rows: Vec<CallsRow> = scope
        .bind(prepare(store, &sql))
        .param("one_of", one_of)
        .param("third_party", names::THIRD_PARTY)
        .param("late_from", late_from)
        .param("limit", CONTINUITY_GROUPS_MAX)
        .fetch_all()
        .await?;
    rows.iter_mut().for_each(|row| row.scale(one_of as f64));
    let known: Vec<HostRow> = prepare_scoped(store, include_str!("continuity/hosts.sql"), scope).fetch_all().await?;
    Ok(ContinuityAnswer { range: scope.range, one_of, hosts: hosts::hosts(&rows, &known) })
}

#[cfg(test)]
mod tests;
