//! What was released when? The marks on charts over time.

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::RELEASES_MAX;
use crate::prepare::prepare_scoped;
use crate::scope::Range;
use crate::{QueryError, Scope, Time};

/// The releases that were first seen in a range.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReleasesAnswer {
    pub range: Range,
    /// By time; at most 20, those with the most records.
    pub releases: Vec<SeenRelease>,
}

/// A release that was not there before, of a service that had another one.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SeenRelease {
    /// Of a page or of a service.
    pub service: String,
    pub release: String,
    pub first_seen: Time,
}

#[derive(Debug, Row, Deserialize)]
struct ReleaseRow {
    service: String,
    release: String,
    first_nano: i64,
}

pub async fn releases(store: &Store, scope: &Scope) -> Result<ReleasesAnswer, QueryError> {
    let releases = new_releases(store, scope, scope.previous().from, scope.range.from).await?;
    Ok(ReleasesAnswer { range: scope.range, releases })
}

/// Those that were first seen from an instant on until the end of the scope, looking back to `known_from`.
pub(crate) async fn new_releases(
    store: &Store,
    scope: &Scope,
    known_from: Time,
    new_from: Time,
) -> Result<Vec<SeenRelease>, QueryError> {
    let rows: Vec<ReleaseRow> = prepare_scoped(store, include_str!("releases.sql"), scope)
        .param("known_from", known_from.0)
        .param("new_from", new_from.0)
        .param("limit", RELEASES_MAX)
        .fetch_all()
        .await?;
    let seen =
        |row: ReleaseRow| SeenRelease { service: row.service, release: row.release, first_seen: Time(row.first_nano) };
    let mut releases: Vec<SeenRelease> = rows.into_iter().map(seen).collect();
    releases.sort_by_key(|seen| seen.first_seen.0);
    Ok(releases)
}
