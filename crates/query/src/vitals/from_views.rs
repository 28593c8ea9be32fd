//! The vitals of a range, from the views themselves.

use clickhouse::Row;
use clickhouse::query::Query;
use limen_store::Store;
use serde::Deserialize;

use super::{HistogramBin, PreviousVital, Vital, VitalsAnswer};
use crate::interval::{Levels, levels};
use crate::metric::Bins;
use crate::precision::{Interval, Sums};
use crate::prepare::{per_metric, prepare_scoped, with_classes};
use crate::rollup::Source;
use crate::{Metric, QueryError, Scope};

/// Number of values, p75, weight of all, of the good, of the poor, and of each bin.
type Figures = (u64, f64, f64, f64, f64, Vec<f64>);

/// One period.
#[derive(Debug, Row, Deserialize)]
struct PeriodRow {
    current: u8,
    lcp_figures: Figures,
    inp_figures: Figures,
    cls_figures: Figures,
    fcp_figures: Figures,
    ttfb_figures: Figures,
}

/// Sessions, and sums over them: below the p75, of the good, of the poor.
type SessionSums = (u64, Sums, Sums, Sums);

#[derive(Debug, Default, Row, Deserialize)]
struct PrecisionRow {
    lcp_sums: SessionSums,
    inp_sums: SessionSums,
    cls_sums: SessionSums,
    fcp_sums: SessionSums,
    ttfb_sums: SessionSums,
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

/// The figures of a vital that some views have.
#[derive(Debug, Clone, PartialEq)]
struct Measured {
    n: u64,
    p75: f64,
    good: f64,
    needs_improvement: f64,
    poor: f64,
    bins: Vec<f64>,
}

pub(super) async fn vitals(store: &Store, scope: &Scope) -> Result<VitalsAnswer, QueryError> {
    let sql = include_str!("../vitals.sql").replace("{figures}", &per_metric(include_str!("figures.sql")));
    let query = Metric::ALL.into_iter().fold(prepare_scoped(store, &sql, scope), |query, metric| {
        let (name, bins) = (metric.name(), metric.bins());
        query.param(&format!("{name}_bins"), bins.count + 1).param(&format!("{name}_bin_width"), bins.width)
    });
    let rows: Vec<PeriodRow> = with_classes(query).fetch_all().await?;
    let (mut current, mut previous) = ([const { None }; 5], [const { None }; 5]);
    for row in rows {
        let period = if row.current == 1 { &mut current } else { &mut previous };
        *period = [row.lcp_figures, row.inp_figures, row.cls_figures, row.fcp_figures, row.ttfb_figures].map(measured);
    }
    let mut precisions = precisions(store, scope, &current).await?;
    let levels = precisions.map(|precision| levels(0.75, precision.effective_n));
    for (precision, ends) in precisions.iter_mut().zip(interval_ends(store, scope, &levels).await?) {
        precision.p75 = ends;
    }
    let vitals = Metric::ALL.into_iter().zip(current.iter().zip(&previous)).zip(precisions);
    let vitals = vitals.map(|((metric, (current, previous)), precision)| {
        vital(metric, current.as_ref(), previous.as_ref(), precision)
    });
    Ok(VitalsAnswer { range: scope.range, previous: scope.previous(), source: Source::VIEWS, vitals: vitals.collect() })
}

fn measured((n, p75, whole, good, poor, bins): Figures) -> Option<Measured> {
    (n > 0).then(|| Measured {
        n,
        p75,
        good: good / whole,
        needs_improvement: (whole - good - poor).max(0.0) / whole,
        poor: poor / whole,
        bins,
    })
}

/// In the order of `Metric::ALL`, without the ends of the p75's intervals.
async fn precisions(
    store: &Store,
    scope: &Scope,
    current: &[Option<Measured>; 5],
) -> Result<[Precision; 5], QueryError> {
    let sql = include_str!("../vitals_precision.sql")
        .replace("{sums}", &per_metric(include_str!("precision_sums.sql")))
        .replace("{of_session}", &per_metric(include_str!("precision_of_session.sql")));
    let with_p75 = |query: Query, (metric, figures): (Metric, &Option<Measured>)| {
        query.param(&format!("{}_p75", metric.name()), figures.as_ref().map_or(0.0, |figures| figures.p75))
    };
    let query = Metric::ALL.into_iter().zip(current).fold(prepare_scoped(store, &sql, scope), with_p75);
    let row: PrecisionRow = with_classes(query).fetch_optional().await?.unwrap_or_default();
    let mut precisions = [Precision::default(); 5];
    let sums = [row.lcp_sums, row.inp_sums, row.cls_sums, row.fcp_sums, row.ttfb_sums];
    for ((precision, (sessions, p75, good, poor)), figures) in precisions.iter_mut().zip(sums).zip(current) {
        let Some(Measured { n: views, .. }) = *figures else { continue };
        *precision = Precision {
            effective_n: p75.effective_n(sessions, views),
            good: good.interval(sessions, views),
            poor: poor.interval(sessions, views),
            p75: None,
        };
    }
    Ok(precisions)
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
    let sql = include_str!("../vitals_interval.sql").replace("{ends}", &per_metric(include_str!("ends.sql")));
    let mut query = prepare_scoped(store, &sql, scope);
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

fn vital(metric: Metric, current: Option<&Measured>, previous: Option<&Measured>, precision: Precision) -> Vital {
    Vital {
        metric,
        unit: metric.unit(),
        thresholds: metric.thresholds(),
        n: current.map_or(0, |figures| figures.n),
        effective_n: precision.effective_n,
        p75: current.map(|figures| figures.p75),
        p75_low: precision.p75.map(|[low, _]| low),
        p75_high: precision.p75.map(|[_, high]| high),
        good: current.map(|figures| figures.good),
        good_interval: precision.good,
        needs_improvement: current.map(|figures| figures.needs_improvement),
        poor: current.map(|figures| figures.poor),
        poor_interval: precision.poor,
        histogram: current.map_or_else(Vec::new, |figures| histogram(metric.bins(), &figures.bins)),
        previous: PreviousVital {
            n: previous.map_or(0, |figures| figures.n),
            p75: previous.map(|figures| figures.p75),
        },
        rating: current.map(|figures| metric.rating(figures.p75)),
    }
}

fn histogram(bins: Bins, weights: &[f64]) -> Vec<HistogramBin> {
    let edge = |index: u32| f64::from(index) * bins.width;
    (0..=bins.count)
        .zip(weights)
        .map(|(index, weight)| HistogramBin {
            low: edge(index),
            high: (index < bins.count).then(|| edge(index + 1)),
            count: *weight,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_histogram_has_every_bin_and_an_open_last_one() {
        let mut weights = vec![0.0; 41];
        (weights[0], weights[40]) = (2.0, 1.0);
        let bins = histogram(Metric::Inp.bins(), &weights);
        assert_eq!(bins.len(), 41);
        assert_eq!(bins[0], HistogramBin { low: 0.0, high: Some(25.0), count: 2.0 });
        assert_eq!(bins[40], HistogramBin { low: 1000.0, high: None, count: 1.0 });
    }

    #[test]
    fn a_vital_without_views_is_unknown_and_not_zero() {
        assert_eq!(measured((0, f64::NAN, 0.0, 0.0, 0.0, Vec::new())), None);
        let vital = vital(Metric::Cls, None, None, Precision::default());
        assert_eq!((vital.n, vital.p75, vital.good, vital.rating), (0, None, None, None));
        assert!(vital.histogram.is_empty());
    }
}
