//! How has one vital moved over time?

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::buckets::Buckets;
use crate::prepare::prepare_scoped;
use crate::rollup::{By, Plan, Source, SumRow, With};
use crate::{Metric, QueryError, Scope, Time};

/// One vital in equal steps of time.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VitalsSeriesAnswer {
    pub metric: Metric,
    pub source: Source,
    /// Length of each point, in seconds.
    pub step_seconds: i64,
    /// One per step without gaps; the first and the last may be cut by the range.
    pub points: Vec<VitalPoint>,
}

/// One vital in one step of time. Everything but `n` is null when no view of the step has the vital.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VitalPoint {
    /// Start of the step.
    pub time: Time,
    /// Views with this vital, as they are stored (not weighted).
    pub n: u64,
    /// The weighted median, in the metric's unit.
    pub p50: Option<f64>,
    /// The weighted 75th percentile, in the metric's unit.
    pub p75: Option<f64>,
    /// The weighted 95th percentile, in the metric's unit.
    pub p95: Option<f64>,
    /// Weighted share of good views, 0 to 1.
    pub good: Option<f64>,
    /// Weighted share of views that need improvement, 0 to 1.
    pub needs_improvement: Option<f64>,
    /// Weighted share of poor views, 0 to 1.
    pub poor: Option<f64>,
}

#[derive(Debug, Row, Deserialize)]
struct BucketRow {
    bucket: i64,
    n: u64,
    quantiles: Vec<f64>,
    good: f64,
    needs_improvement: f64,
    poor: f64,
}

pub async fn vitals_series(store: &Store, scope: &Scope, metric: Metric) -> Result<VitalsSeriesAnswer, QueryError> {
    let buckets = Buckets::of(scope.range);
    if let Some(plan) = Plan::of(store, scope, By::Bucket(buckets)).await? {
        let rows = plan.sums(store, scope, scope.range, By::Bucket(buckets), With::CountsAndQuantiles).await?;
        let rows = rows.iter().filter_map(|row| from_sums(row, metric)).collect();
        let points = buckets.fill(rows, |row: &BucketRow| row.bucket, point);
        let source = plan.source(scope.range);
        return Ok(VitalsSeriesAnswer { metric, source, step_seconds: buckets.step_seconds, points });
    }
    let thresholds = metric.thresholds();
    let rows: Vec<BucketRow> = prepare_scoped(store, include_str!("vitals_series.sql"), scope)
        .param("metric", metric.name())
        .param("good_max", thresholds.good)
        .param("poor_min", thresholds.poor)
        .param("origin", buckets.origin.0)
        .param("step", buckets.step_nanos())
        .fetch_all()
        .await?;
    let points = buckets.fill(rows, |row| row.bucket, point);
    Ok(VitalsSeriesAnswer { metric, source: Source::VIEWS, step_seconds: buckets.step_seconds, points })
}

/// A bucket's row, as the views would give it; none when none of them has the vital.
fn from_sums(row: &SumRow, metric: Metric) -> Option<BucketRow> {
    let place = Metric::ALL.iter().position(|known| *known == metric)?;
    let (sketch, [good, needs_improvement, poor]) = (row.sketch(place), row.shares(place)?);
    Some(BucketRow {
        bucket: row.bucket,
        n: row.n(place),
        quantiles: [0.5, 0.75, 0.95].iter().filter_map(|level| sketch.quantile(*level)).collect(),
        good,
        needs_improvement,
        poor,
    })
}

fn point(time: Time, row: Option<BucketRow>) -> VitalPoint {
    let quantile = |index: usize| row.as_ref().and_then(|row| row.quantiles.get(index).copied());
    VitalPoint {
        time,
        n: row.as_ref().map_or(0, |row| row.n),
        p50: quantile(0),
        p75: quantile(1),
        p95: quantile(2),
        good: row.as_ref().map(|row| row.good),
        needs_improvement: row.as_ref().map(|row| row.needs_improvement),
        poor: row.as_ref().map(|row| row.poor),
    }
}
