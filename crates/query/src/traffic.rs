//! How much goes on, and how much of it fails?

use clickhouse::Row;
use limen_store::Store;
use limen_store::rollup::places;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::buckets::Buckets;
use crate::precision::{Interval, Sums, count_interval};
use crate::prepare::prepare_scoped;
use crate::rollup::{By, Plan, Source, SumRow, With};
use crate::total::total;
use crate::visitors::Visitors;
use crate::{QueryError, Scope, Time};

/// Sessions, views, errors and requests of a range. All counts are weighted: they estimate the real numbers when only
/// a sample is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TrafficAnswer {
    pub source: Source,
    /// Sessions that opened a view in the range.
    pub sessions: f64,
    /// Views that began in the range.
    pub views: f64,
    /// Errors that happened in the range.
    pub errors: f64,
    /// Share of views with at least one error, 0 to 1; null without views.
    pub error_rate: Option<f64>,
    /// Requests by fetch and XMLHttpRequest of these views.
    pub requests: f64,
    /// Those of them that had no answer, or a status of 400 and above.
    pub failed_requests: f64,
    /// How sure these are.
    pub intervals: TrafficIntervals,
    pub previous: PreviousTraffic,
    /// What is in none of the figures above; `visitors=all` brings it in.
    pub left_out: LeftOut,
    /// Length of each point, in seconds.
    pub step_seconds: i64,
    /// One per step without gaps; the first and the last may be cut by the range.
    pub points: Vec<TrafficPoint>,
}

/// The 95 % intervals of the counts; where every session is recorded they are the counts themselves. Errors have none:
/// they are recorded in sessions that were not drawn, too.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TrafficIntervals {
    pub sessions: Interval,
    pub views: Interval,
    pub requests: Interval,
    pub failed_requests: Interval,
    /// Null when there are too few views.
    pub error_rate: Option<Interval>,
}

/// Views that no person looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema, Row, Deserialize)]
pub struct LeftOut {
    /// By robots, such as crawlers.
    pub bots: f64,
    /// By tests and other automated browsers.
    pub tests: f64,
}

/// The equally long range before.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PreviousTraffic {
    pub sessions: f64,
    pub views: f64,
    pub errors: f64,
    /// Null without views.
    pub error_rate: Option<f64>,
}

/// One step of time; 0 means that nothing happened.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TrafficPoint {
    /// Start of the step.
    pub time: Time,
    /// Sessions that opened a view in the step; one session can count in several steps.
    pub sessions: f64,
    pub views: f64,
    pub errors: f64,
}

#[derive(Debug, Default, Row, Deserialize)]
struct PeriodRow {
    current: u8,
    sessions: f64,
    views: f64,
    views_with_errors: f64,
    requests: f64,
    failed_requests: f64,
    sessions_seen: u64,
    views_seen: u64,
    /// Of sessions, views, requests and failed requests: the variance of the estimate, and what was recorded.
    variances: Vec<f64>,
    seen: Vec<f64>,
    error_rate: Sums,
}

impl PeriodRow {
    fn error_rate(&self) -> Option<f64> {
        (self.views > 0.0).then(|| self.views_with_errors / self.views)
    }
}

#[derive(Debug, Row, Deserialize)]
struct BucketRow {
    bucket: i64,
    sessions: f64,
    views: f64,
    errors: f64,
}

/// All that an answer is made of, wherever it was read from.
struct Parts {
    source: Source,
    current: PeriodRow,
    previous: PeriodRow,
    /// Of the range, and of the one before.
    errors: [f64; 2],
    rows: Vec<BucketRow>,
}

pub async fn traffic(store: &Store, scope: &Scope) -> Result<TrafficAnswer, QueryError> {
    let buckets = Buckets::of(scope.range);
    let parts = match Plan::of(store, scope, By::Bucket(buckets)).await? {
        Some(plan) => from_sums(store, scope, &plan, buckets).await?,
        None => from_views(store, scope, buckets).await?,
    };
    let Parts { source, current, previous, errors: [errors, errors_before], rows } = parts;
    Ok(TrafficAnswer {
        source,
        sessions: current.sessions,
        views: current.views,
        errors,
        error_rate: current.error_rate(),
        requests: current.requests,
        failed_requests: current.failed_requests,
        intervals: intervals(&current),
        previous: PreviousTraffic {
            sessions: previous.sessions,
            views: previous.views,
            errors: errors_before,
            error_rate: previous.error_rate(),
        },
        left_out: left_out(store, scope).await?,
        step_seconds: buckets.step_seconds,
        points: buckets.fill(rows, |row| row.bucket, point),
    })
}

/// Nothing when the question asks for robots by itself.
async fn left_out(store: &Store, scope: &Scope) -> Result<LeftOut, QueryError> {
    if scope.visitors != Visitors::People {
        return Ok(LeftOut::default());
    }
    let found = prepare_scoped(store, include_str!("traffic_left_out.sql"), scope).fetch_optional().await?;
    Ok(found.unwrap_or_default())
}

async fn from_views(store: &Store, scope: &Scope, buckets: Buckets) -> Result<Parts, QueryError> {
    let periods: Vec<PeriodRow> = prepare_scoped(store, include_str!("traffic.sql"), scope).fetch_all().await?;
    let rows: Vec<BucketRow> = prepare_scoped(store, include_str!("traffic_series.sql"), scope)
        .param("origin", buckets.origin.0)
        .param("step", buckets.step_nanos())
        .fetch_all()
        .await?;
    let (current, previous): (Vec<_>, Vec<_>) = periods.into_iter().partition(|row| row.current == 1);
    let first = |rows: Vec<PeriodRow>| rows.into_iter().next().unwrap_or_default();
    let before: Option<f64> = prepare_scoped(store, include_str!("traffic_errors.sql"), scope).fetch_optional().await?;
    let errors = [total(rows.iter().map(|row| row.errors)), before.unwrap_or_default()];
    Ok(Parts { source: Source::VIEWS, current: first(current), previous: first(previous), errors, rows })
}

async fn from_sums(store: &Store, scope: &Scope, plan: &Plan, buckets: Buckets) -> Result<Parts, QueryError> {
    let rows = plan.sums(store, scope, scope.range, By::Bucket(buckets), With::Counts).await?;
    let before = plan.sums(store, scope, scope.previous(), By::Nothing, With::Counts).await?;
    let (current, previous) = (SumRow::of_range(&rows), SumRow::of_range(&before));
    let bucket = |row: SumRow| BucketRow {
        bucket: row.bucket,
        sessions: row.at(places::SESSIONS),
        views: row.at(places::VIEWS),
        errors: row.at(places::ERRORS),
    };
    Ok(Parts {
        source: plan.source(scope.range),
        errors: [current.at(places::ERRORS), previous.at(places::ERRORS)],
        current: PeriodRow::from(&current),
        previous: PeriodRow::from(&previous),
        rows: rows.into_iter().map(bucket).collect(),
    })
}

impl From<&SumRow> for PeriodRow {
    fn from(sums: &SumRow) -> Self {
        let [aa, ab, bb] = [0, 1, 2].map(|place| sums.at(places::FAILED_SQUARES.start + place));
        Self {
            current: 1,
            sessions: sums.at(places::SESSIONS),
            views: sums.at(places::VIEWS),
            views_with_errors: sums.at(places::FAILED_VIEWS),
            requests: sums.at(places::REQUESTS),
            failed_requests: sums.at(places::FAILED_REQUESTS),
            sessions_seen: sums.at(places::SEEN.start) as u64,
            views_seen: sums.at(places::SEEN.start + 1) as u64,
            variances: sums.list(places::VARIANCES),
            seen: sums.list(places::SEEN),
            error_rate: Sums { a: sums.at(places::FAILED_VIEWS), b: sums.at(places::VIEWS), aa, ab, bb },
        }
    }
}

fn intervals(current: &PeriodRow) -> TrafficIntervals {
    let interval = |index: usize, estimate: f64| {
        let of = |list: &[f64]| list.get(index).copied().unwrap_or(0.0);
        count_interval(estimate, of(&current.variances), of(&current.seen))
    };
    TrafficIntervals {
        sessions: interval(0, current.sessions),
        views: interval(1, current.views),
        requests: interval(2, current.requests),
        failed_requests: interval(3, current.failed_requests),
        error_rate: current.error_rate.interval(current.sessions_seen, current.views_seen),
    }
}

fn point(time: Time, row: Option<BucketRow>) -> TrafficPoint {
    let (sessions, views, errors) = row.map_or((0.0, 0.0, 0.0), |row| (row.sessions, row.views, row.errors));
    TrafficPoint { time, sessions, views, errors }
}
