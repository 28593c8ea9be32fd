//! How are the five vitals, and how were they before? With shares, distribution and interval for each.

mod from_sums;

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::interval::{Levels, levels};
use crate::metric::Bins;
use crate::precision::{Interval, Sums};
use crate::prepare::prepare_scoped;
use crate::rollup::{By, Plan, Source};
use crate::scope::Range;
use crate::{Metric, QueryError, Rating, Scope, Thresholds};

/// The five vitals of a range, each compared with the equally long range before it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VitalsAnswer {
    pub range: Range,
    pub previous: Range,
    pub source: Source,
    /// Always five, in the order lcp, inp, cls, fcp, ttfb.
    pub vitals: Vec<Vital>,
}

/// One vital over all views of a range. There is no average on purpose.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Vital {
    pub metric: Metric,
    /// `ms`, or empty for cls, which has no unit.
    pub unit: &'static str,
    pub thresholds: Thresholds,
    /// Views that have this vital, as they are stored (not weighted).
    pub n: u64,
    /// How many independent visits would say as much about the p75: views of one session resemble each other, and what
    /// was sampled less counts for more.
    pub effective_n: f64,
    /// The weighted 75th percentile, in `unit`; null without views.
    pub p75: Option<f64>,
    /// Lower end of the 95 % interval of the p75; null when there are too few views.
    pub p75_low: Option<f64>,
    /// Upper end of the 95 % interval of the p75; null when there are too few views.
    pub p75_high: Option<f64>,
    /// Weighted share of good views, 0 to 1; null without views.
    pub good: Option<f64>,
    /// The 95 % interval of the good share; null when there are too few views.
    pub good_interval: Option<Interval>,
    /// Weighted share of views that need improvement, 0 to 1; null without views.
    pub needs_improvement: Option<f64>,
    /// Weighted share of poor views, 0 to 1; null without views.
    pub poor: Option<f64>,
    /// The 95 % interval of the poor share; null when there are too few views.
    pub poor_interval: Option<Interval>,
    /// All bins from 0 upwards, empty ones too; the last one has no upper end. Empty without views.
    pub histogram: Vec<HistogramBin>,
    pub previous: PreviousVital,
    /// The class of the p75; null without views.
    pub rating: Option<Rating>,
}

/// One bin of a histogram. Its upper edge belongs to it, its lower one does not (but for 0).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HistogramBin {
    pub low: f64,
    /// Null for the last bin, which holds everything above `low`.
    pub high: Option<f64>,
    /// Weighted number of views.
    pub count: f64,
}

/// The same vital in the range before.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PreviousVital {
    pub n: u64,
    /// Null without views.
    pub p75: Option<f64>,
}

#[derive(Debug, Row, Deserialize)]
struct VitalRow {
    metric: String,
    current: u8,
    n: u64,
    p75: f64,
    good: f64,
    needs_improvement: f64,
    poor: f64,
    /// Which bins are filled, and the weight in each.
    bins: (Vec<u32>, Vec<f64>),
}

#[derive(Debug, Row, Deserialize)]
struct PrecisionRow {
    metric: String,
    sessions: u64,
    p75: Sums,
    good: Sums,
    poor: Sums,
}

/// What is known about how sure the figures of one vital are.
#[derive(Debug, Clone, Copy, Default)]
struct Precision {
    effective_n: f64,
    good: Option<Interval>,
    poor: Option<Interval>,
    p75: Option<[f64; 2]>,
}

#[derive(Debug, Default, Row, Deserialize)]
struct IntervalRow {
    lcp_ends: Vec<f64>,
    inp_ends: Vec<f64>,
    cls_ends: Vec<f64>,
    fcp_ends: Vec<f64>,
    ttfb_ends: Vec<f64>,
}

pub async fn vitals(store: &Store, scope: &Scope) -> Result<VitalsAnswer, QueryError> {
    if let Some(plan) = Plan::of(store, scope, By::Nothing).await? {
        return from_sums::vitals(store, scope, &plan).await;
    }
    let per_metric = |value: fn(Metric) -> f64| Metric::ALL.map(value).to_vec();
    let rows: Vec<VitalRow> = prepare_scoped(store, include_str!("vitals.sql"), scope)
        .param("good_max", per_metric(|metric| metric.thresholds().good))
        .param("poor_min", per_metric(|metric| metric.thresholds().poor))
        .param("bin_width", per_metric(|metric| metric.bins().width))
        .param("bin_count", per_metric(|metric| metric.bins().count.into()))
        .fetch_all()
        .await?;
    let mut precisions = precisions(store, scope, &rows).await?;
    let levels = precisions.map(|precision| levels(0.75, precision.effective_n));
    for (precision, ends) in precisions.iter_mut().zip(interval_ends(store, scope, &levels).await?) {
        precision.p75 = ends;
    }
    let vitals =
        Metric::ALL.into_iter().zip(precisions).map(|(metric, precision)| vital(metric, &rows, precision)).collect();
    Ok(VitalsAnswer { range: scope.range, previous: scope.previous(), source: Source::VIEWS, vitals })
}

/// In the order of `Metric::ALL`, without the ends of the p75's intervals.
async fn precisions(store: &Store, scope: &Scope, rows: &[VitalRow]) -> Result<[Precision; 5], QueryError> {
    let per_metric = |value: fn(Metric) -> f64| Metric::ALL.map(value).to_vec();
    let p75 = Metric::ALL.map(|metric| find(rows, metric, true).map_or(0.0, |row| row.p75));
    let sums: Vec<PrecisionRow> = prepare_scoped(store, include_str!("vitals_precision.sql"), scope)
        .param("p75", p75.to_vec())
        .param("good_max", per_metric(|metric| metric.thresholds().good))
        .param("poor_min", per_metric(|metric| metric.thresholds().poor))
        .fetch_all()
        .await?;
    Ok(Metric::ALL.map(|metric| {
        let views = find(rows, metric, true).map_or(0, |row| row.n);
        let Some(row) = sums.iter().find(|row| row.metric == metric.name()) else { return Precision::default() };
        Precision {
            effective_n: row.p75.effective_n(row.sessions, views),
            good: row.good.interval(row.sessions, views),
            poor: row.poor.interval(row.sessions, views),
            p75: None,
        }
    }))
}

fn find(rows: &[VitalRow], metric: Metric, current: bool) -> Option<&VitalRow> {
    rows.iter().find(|row| row.metric == metric.name() && (row.current == 1) == current)
}

/// The two ends of each metric's interval, in the order of `Metric::ALL`.
async fn interval_ends(
    store: &Store,
    scope: &Scope,
    levels: &[Option<Levels>; 5],
) -> Result<[Option<[f64; 2]>; 5], QueryError> {
    if levels.iter().all(Option::is_none) {
        return Ok([None; 5]);
    }
    let mut query = prepare_scoped(store, include_str!("vitals_interval.sql"), scope);
    for (metric, levels) in Metric::ALL.into_iter().zip(levels) {
        // A metric without an interval is asked for all the same, and its answer is not used.
        let Levels { low, high } = levels.unwrap_or(Levels { low: 0.5, high: 0.5 });
        query = query.param(&format!("{}_low", metric.name()), low).param(&format!("{}_high", metric.name()), high);
    }
    let row: IntervalRow = query.fetch_optional().await?.unwrap_or_default();
    let ends = [row.lcp_ends, row.inp_ends, row.cls_ends, row.fcp_ends, row.ttfb_ends];
    let mut chosen = [None; 5];
    for ((chosen, ends), levels) in chosen.iter_mut().zip(ends).zip(levels) {
        *chosen = levels.and_then(|_| ends.try_into().ok());
    }
    Ok(chosen)
}

fn vital(metric: Metric, rows: &[VitalRow], precision: Precision) -> Vital {
    let (current, previous) = (find(rows, metric, true), find(rows, metric, false));
    Vital {
        metric,
        unit: metric.unit(),
        thresholds: metric.thresholds(),
        n: current.map_or(0, |row| row.n),
        effective_n: precision.effective_n,
        p75: current.map(|row| row.p75),
        p75_low: precision.p75.map(|[low, _]| low),
        p75_high: precision.p75.map(|[_, high]| high),
        good: current.map(|row| row.good),
        good_interval: precision.good,
        needs_improvement: current.map(|row| row.needs_improvement),
        poor: current.map(|row| row.poor),
        poor_interval: precision.poor,
        histogram: current.map_or_else(Vec::new, |row| histogram(metric.bins(), row)),
        previous: PreviousVital { n: previous.map_or(0, |row| row.n), p75: previous.map(|row| row.p75) },
        rating: current.map(|row| metric.rating(row.p75)),
    }
}

fn histogram(bins: Bins, row: &VitalRow) -> Vec<HistogramBin> {
    let weight_of = |index: u32| {
        let (indexes, weights) = &row.bins;
        let place = indexes.iter().position(|&filled| filled == index);
        place.and_then(|place| weights.get(place)).copied().unwrap_or(0.0)
    };
    let edge = |index: u32| f64::from(index) * bins.width;
    (0..=bins.count)
        .map(|index| HistogramBin {
            low: edge(index),
            high: (index < bins.count).then(|| edge(index + 1)),
            count: weight_of(index),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_names_the_metrics_in_the_order_of_the_parameters() {
        let names = Metric::ALL.map(Metric::name);
        let sql = include_str!("vitals.sql");
        assert!(sql.contains(&format!("['{}'] AS metric", names.join("', '"))));
        assert!(sql.contains(&format!("[{}] AS value", names.join(", "))));
    }

    #[test]
    fn the_histogram_has_every_bin_and_an_open_last_one() {
        let row = VitalRow {
            metric: "inp".to_owned(),
            current: 1,
            n: 3,
            p75: 100.0,
            good: 1.0,
            needs_improvement: 0.0,
            poor: 0.0,
            bins: (vec![0, 40], vec![2.0, 1.0]),
        };
        let bins = histogram(Metric::Inp.bins(), &row);
        assert_eq!(bins.len(), 41);
        assert_eq!(bins[0], HistogramBin { low: 0.0, high: Some(25.0), count: 2.0 });
        assert_eq!(bins[40], HistogramBin { low: 1000.0, high: None, count: 1.0 });
        assert_eq!(bins.iter().map(|bin| bin.count).sum::<f64>(), 3.0);
    }

    #[test]
    fn a_vital_without_views_is_unknown_and_not_zero() {
        let vital = vital(Metric::Cls, &[], Precision::default());
        assert_eq!((vital.n, vital.p75, vital.good, vital.rating), (0, None, None, None));
        assert!(vital.histogram.is_empty());
    }
}
