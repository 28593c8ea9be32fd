//! How many log records of each level were there when?

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{LogSearch, statement};
use crate::buckets::Buckets;
use crate::prepare::prepare;
use crate::scope::Range;
use crate::{QueryError, Scope, Time};

/// Counts of matching log records over time.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LogSeriesAnswer {
    pub range: Range,
    pub step_seconds: i64,
    /// All of the range.
    pub total: u64,
    /// One per step in order; empty steps too.
    pub points: Vec<LogPoint>,
}

/// The log records of one step by level.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct LogPoint {
    pub time: Time,
    pub unset: u64,
    pub trace: u64,
    pub debug: u64,
    pub info: u64,
    pub warn: u64,
    pub error: u64,
    pub fatal: u64,
}

impl LogPoint {
    fn total(&self) -> u64 {
        self.unset + self.trace + self.debug + self.info + self.warn + self.error + self.fatal
    }
}

#[derive(Debug, Default, Row, Deserialize)]
struct PointRow {
    bucket: i64,
    unset: u64,
    trace: u64,
    debug: u64,
    info: u64,
    warn: u64,
    error: u64,
    fatal: u64,
}

pub async fn log_series(store: &Store, scope: &Scope, search: &LogSearch) -> Result<LogSeriesAnswer, QueryError> {
    let buckets = Buckets::of(scope.range);
    let sql = statement(include_str!("series.sql"), scope, search);
    let rows: Vec<PointRow> = search
        .bind(scope.bind(prepare(store, &sql)))
        .param("origin", buckets.origin.0)
        .param("step", buckets.step_nanos())
        .fetch_all()
        .await?;
    let points = buckets.fill(
        rows,
        |row| row.bucket,
        |time, row| {
            let PointRow { unset, trace, debug, info, warn, error, fatal, .. } = row.unwrap_or_default();
            LogPoint { time, unset, trace, debug, info, warn, error, fatal }
        },
    );
    let total = points.iter().map(LogPoint::total).sum();
    Ok(LogSeriesAnswer { range: scope.range, step_seconds: buckets.step_seconds, total, points })
}
