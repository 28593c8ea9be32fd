//! A breakdown of a long range, from sums by hour and day.

use limen_store::Store;

use super::{BreakdownAnswer, BreakdownOrder, BreakdownRow, TransitionShare, VitalShare, VitalShares};
use crate::rollup::{By, Plan, SumRow};
use crate::{Dimension, QueryError, Scope};

/// Where the time of changes of route stands behind the vitals.
const TRANSITION: usize = 5;

pub(super) async fn breakdown(
    store: &Store,
    scope: &Scope,
    plan: &Plan,
    dimension: Dimension,
    order: BreakdownOrder,
    limit: u32,
) -> Result<BreakdownAnswer, QueryError> {
    let sums = plan.sums(store, scope, scope.range, By::Dimension(dimension)).await?;
    // A group of nothing but errors has no views to be broken down.
    let mut rows: Vec<BreakdownRow> = sums.into_iter().filter(|row| row.views > 0.0).map(row).collect();
    rows.sort_by(|one, other| {
        let by_order = rank(other, order).total_cmp(&rank(one, order));
        by_order.then(other.views.total_cmp(&one.views)).then_with(|| one.value.cmp(&other.value))
    });
    let other = rows.iter().skip(limit as usize).map(|row| row.views).sum();
    rows.truncate(limit as usize);
    Ok(BreakdownAnswer { dimension, source: plan.source(scope.range), rows, other })
}

/// Whoever has no such vital comes last.
fn rank(row: &BreakdownRow, order: BreakdownOrder) -> f64 {
    let p75 = |share: &VitalShare| share.p75.unwrap_or(-1.0);
    match order {
        BreakdownOrder::Views => row.views,
        BreakdownOrder::Lcp => p75(&row.vitals.lcp),
        BreakdownOrder::Inp => p75(&row.vitals.inp),
        BreakdownOrder::Cls => p75(&row.vitals.cls),
    }
}

fn row(sums: SumRow) -> BreakdownRow {
    let share = |place: usize| {
        let (good, poor) = (sums.good_sums(place).share(), sums.poor_sums(place).share());
        VitalShare {
            n: SumRow::at(&sums.n, place),
            p75: sums.sketch(place).quantile(0.75),
            good,
            needs_improvement: good.zip(poor).map(|(good, poor)| (1.0 - good - poor).max(0.0)),
            poor,
        }
    };
    let vitals = VitalShares { lcp: share(0), inp: share(1), cls: share(2), fcp: share(3), ttfb: share(4) };
    let transition =
        TransitionShare { n: SumRow::at(&sums.n, TRANSITION), p75: sums.sketch(TRANSITION).quantile(0.75) };
    BreakdownRow {
        views: sums.views,
        sessions: sums.sessions,
        error_rate: sums.failed_views / sums.views,
        vitals,
        transition,
        value: sums.value,
    }
}
