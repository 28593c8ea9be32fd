//! A breakdown of a long range, from sums by hour and day.

use limen_store::Store;
use limen_store::rollup::{TRANSITION, places};

use super::{BreakdownAnswer, BreakdownOrder, BreakdownRow, TransitionShare, VitalShare, VitalShares};
use crate::rollup::{By, Plan, SumRow, With};
use crate::total::total;
use crate::{Dimension, QueryError, Scope};

pub(super) async fn breakdown(
    store: &Store,
    scope: &Scope,
    plan: &Plan,
    dimension: Dimension,
    order: BreakdownOrder,
    limit: u32,
) -> Result<BreakdownAnswer, QueryError> {
    let sums = plan.sums(store, scope, scope.range, By::Dimension(dimension), With::CountsAndQuantiles).await?;
    // A group of nothing but errors has no views to be broken down.
    let mut rows: Vec<BreakdownRow> = sums.into_iter().filter(|row| row.at(places::VIEWS) > 0.0).map(row).collect();
    rows.sort_by(|one, other| {
        let by_order = rank(other, order).total_cmp(&rank(one, order));
        by_order.then(other.views.total_cmp(&one.views)).then_with(|| one.value.cmp(&other.value))
    });
    let other = total(rows.iter().skip(limit as usize).map(|row| row.views));
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
        let shares = sums.shares(place);
        VitalShare {
            n: sums.n(place),
            p75: sums.sketch(place).quantile(0.75),
            good: shares.map(|[good, ..]| good),
            needs_improvement: shares.map(|[_, needs_improvement, _]| needs_improvement),
            poor: shares.map(|[.., poor]| poor),
        }
    };
    let vitals = VitalShares { lcp: share(0), inp: share(1), cls: share(2), fcp: share(3), ttfb: share(4) };
    let views = sums.at(places::VIEWS);
    BreakdownRow {
        views,
        sessions: sums.at(places::SESSIONS),
        error_rate: sums.at(places::FAILED_VIEWS) / views,
        vitals,
        transition: TransitionShare { n: sums.n(TRANSITION), p75: sums.sketch(TRANSITION).quantile(0.75) },
        value: sums.value,
    }
}
