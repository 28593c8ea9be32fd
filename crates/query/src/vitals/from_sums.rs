//! The vitals of a long range, from sums by hour and day.

use limen_store::Store;

use super::{PreviousVital, Vital, VitalsAnswer};
use crate::interval::levels;
use crate::rollup::{By, Plan, SumRow, With};
use crate::{Metric, QueryError, Scope};

pub(super) async fn vitals(store: &Store, scope: &Scope, plan: &Plan) -> Result<VitalsAnswer, QueryError> {
    let (range, previous) = (scope.range, scope.previous());
    let now = one(plan.sums(store, scope, range, By::Nothing, With::CountsAndQuantiles).await?);
    let before = one(plan.sums(store, scope, previous, By::Nothing, With::CountsAndQuantiles).await?);
    let vitals = Metric::ALL.into_iter().enumerate().map(|(place, metric)| vital(metric, place, &now, &before));
    Ok(VitalsAnswer { range, previous, source: plan.source(range), vitals: vitals.collect() })
}

fn one(rows: Vec<SumRow>) -> SumRow {
    rows.into_iter().next().unwrap_or_default()
}

fn vital(metric: Metric, place: usize, now: &SumRow, before: &SumRow) -> Vital {
    let sketch = now.sketch(place);
    let (n, effective_n) = (now.n(place), now.effective_n(place));
    let p75 = sketch.quantile(0.75);
    let ends = levels(0.75, effective_n).filter(|_| p75.is_some());
    let shares = now.shares(place);
    let [good_interval, poor_interval] = now.share_intervals(place);
    Vital {
        metric,
        unit: metric.unit(),
        thresholds: metric.thresholds(),
        n,
        effective_n,
        p75,
        p75_low: ends.and_then(|levels| sketch.quantile(levels.low)),
        p75_high: ends.and_then(|levels| sketch.quantile(levels.high)),
        good: shares.map(|[good, ..]| good),
        good_interval,
        needs_improvement: shares.map(|[_, needs_improvement, _]| needs_improvement),
        poor: shares.map(|[.., poor]| poor),
        poor_interval,
        histogram: if n > 0 { sketch.histogram(metric.bins()) } else { Vec::new() },
        previous: PreviousVital { n: before.n(place), p75: before.sketch(place).quantile(0.75) },
        rating: p75.map(|p75| metric.rating(p75)),
    }
}
