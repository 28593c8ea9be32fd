//! What is missing in the set-up? Read from what arrives: each finding names what to add, where, and for whom, and is done once the
//! data shows it.

mod findings;

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{ERROR_GROUPS_MAX, REQUEST_GROUPS_MAX};
use crate::prepare::{prepare, prepare_scoped};
use crate::scope::Range;
use crate::{ErrorsAsked, QueryError, Scope, errors, origins, requests};

/// The findings of a range, what is to be done first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DoctorAnswer {
    pub range: Range,
    pub findings: Vec<Finding>,
}

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Finding {
    /// `release`, `environment`, `country`, `documents`, `calls`, `timing`, `opaque`, `sources`, `agent`.
    pub about: String,
    /// The host or release it is about; empty where it is about all.
    pub subject: String,
    pub state: FindingState,
    /// Share of what was looked at that lacks it, 0 to 1.
    pub missing: f64,
    /// What was looked at: views, calls, loads, errors, agents; as stored (not weighted).
    pub n: u64,
    /// One sentence.
    pub says: String,
    /// What to add, and where; empty where there is nothing to do.
    pub to_do: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FindingState {
    /// Something is to be added.
    Todo,
    /// Too little has arrived to say.
    Unknown,
    Done,
}

#[derive(Debug, Row, Deserialize)]
struct ViewsRow {
    n: u64,
    views: f64,
    without_release: f64,
    without_environment: f64,
    without_country: f64,
    without_service: f64,
}

#[derive(Debug, Row, Deserialize)]
struct DocumentsRow {
    n: u64,
    joined: u64,
}

#[derive(Debug, Row, Deserialize)]
struct AgentRow {
    n: u64,
    dropping: u64,
    faulty: u64,
    shedding: u64,
}

pub async fn doctor(store: &Store, scope: &Scope) -> Result<DoctorAnswer, QueryError> {
    let views: ViewsRow = prepare_scoped(store, include_str!("doctor/views.sql"), scope).fetch_one().await?;
    let sql = include_str!("doctor/documents.sql").replace("{filters}", &scope.span_conditions());
    let documents: DocumentsRow = scope.bind(prepare(store, &sql)).fetch_one().await?;
    let agents: AgentRow = prepare_scoped(store, include_str!("doctor/agent.sql"), scope).fetch_one().await?;
    let origins = origins(store, scope).await?;
    let calls = requests(store, scope, Some("requests"), REQUEST_GROUPS_MAX).await?;
    let asked = ErrorsAsked { class: Some("all".to_owned()), limit: ERROR_GROUPS_MAX, ..ErrorsAsked::default() };
    let errors = errors(store, scope, &asked).await?;
    let mut findings = findings::of_views(&views);
    findings.push(findings::of_documents(&documents));
    findings.extend(findings::of_calls(&calls.requests));
    findings.extend(findings::of_timing(&origins.origins));
    findings.extend(findings::of_errors(&errors.groups));
    findings.extend(findings::of_agents(&agents));
    // What most lack comes first.
    findings.sort_by(|one, other| {
        one.state.cmp(&other.state).then(other.missing.total_cmp(&one.missing)).then(other.n.cmp(&one.n))
    });
    Ok(DoctorAnswer { range: scope.range, findings })
}
