//! For whom? The views of a range by route, country, device or another dimension.

mod from_sums;

use std::collections::HashMap;

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::BREAKDOWN_ROWS_MAX;
use crate::prepare::{per_metric, prepare_scoped, with_classes};
use crate::rollup::{By, Plan, Source};
use crate::{Dimension, QueryError, Scope, ScopeError};

/// The views of a range by the values of one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BreakdownAnswer {
    pub dimension: Dimension,
    pub source: Source,
    pub rows: Vec<BreakdownRow>,
    /// Weighted number of views of all values that did not fit into `limit`.
    pub other: f64,
}

/// All views with one value of the dimension.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BreakdownRow {
    /// The value; empty means unknown.
    pub value: String,
    /// Weighted number of views.
    pub views: f64,
    /// Weighted number of sessions with such a view.
    pub sessions: f64,
    /// Weighted share of views with at least one error, 0 to 1.
    pub error_rate: f64,
    pub vitals: VitalShares,
    pub transition: TransitionShare,
}

/// Every vital of the views of one row.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VitalShares {
    pub lcp: VitalShare,
    pub inp: VitalShare,
    pub cls: VitalShare,
    pub fcp: VitalShare,
    pub ttfb: VitalShare,
}

/// One vital of the views of one row. Everything but `n` is null when no view has it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VitalShare {
    /// Views with this vital, as they are stored (not weighted).
    pub n: u64,
    /// The weighted 75th percentile; milliseconds but for cls.
    pub p75: Option<f64>,
    /// Weighted share of good views, 0 to 1.
    pub good: Option<f64>,
    /// Weighted share of views that need improvement, 0 to 1.
    pub needs_improvement: Option<f64>,
    /// Weighted share of poor views, 0 to 1.
    pub poor: Option<f64>,
}

/// How long changes of route took, from the interaction to the quiet page.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TransitionShare {
    /// Changes of route, as they are stored (not weighted).
    pub n: u64,
    /// The weighted 75th percentile, in milliseconds; null when there are none.
    pub p75: Option<f64>,
}

/// What the rows are ordered by, most first; for a vital by its p75.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BreakdownOrder {
    Views,
    Lcp,
    Inp,
    Cls,
}

impl BreakdownOrder {
    pub const ALL: [BreakdownOrder; 4] =
        [BreakdownOrder::Views, BreakdownOrder::Lcp, BreakdownOrder::Inp, BreakdownOrder::Cls];

    pub fn name(self) -> &'static str {
        match self {
            BreakdownOrder::Views => "views",
            BreakdownOrder::Lcp => "lcp",
            BreakdownOrder::Inp => "inp",
            BreakdownOrder::Cls => "cls",
        }
    }

    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let known = Self::ALL.into_iter().find(|order| order.name() == text);
        known.ok_or_else(|| ScopeError::Order { value: text.to_owned() })
    }
}

/// Number of values, p75, weight of the good ones, weight of the poor ones, weight of all.
type ShareRow = (u64, f64, f64, f64, f64);

#[derive(Debug, Row, Deserialize)]
struct ValueRow {
    value: String,
    views: f64,
    error_rate: f64,
    all_views: f64,
    lcp_share: ShareRow,
    inp_share: ShareRow,
    cls_share: ShareRow,
    fcp_share: ShareRow,
    ttfb_share: ShareRow,
    transition_n: u64,
    transition_p75: f64,
}

#[derive(Debug, Row, Deserialize)]
struct SessionsRow {
    value: String,
    sessions: f64,
}

pub async fn breakdown(
    store: &Store,
    scope: &Scope,
    dimension: Dimension,
    order: BreakdownOrder,
    limit: u32,
) -> Result<BreakdownAnswer, QueryError> {
    if !(1..=BREAKDOWN_ROWS_MAX).contains(&limit) {
        return Err(ScopeError::Limit { max: BREAKDOWN_ROWS_MAX }.into());
    }
    if let Some(plan) = Plan::of(store, scope, By::Dimension(dimension)).await? {
        return from_sums::breakdown(store, scope, &plan, dimension, order, limit).await;
    }
    let sql = include_str!("breakdown.sql").replace("{shares}", &per_metric(include_str!("breakdown/share.sql")));
    let query = prepare_scoped(store, &sql, scope)
        .param("dimension", dimension.name())
        .param("order", order.name())
        .param("limit", limit);
    let rows: Vec<ValueRow> = with_classes(query).fetch_all().await?;
    let sessions = sessions(store, scope, dimension, &rows).await?;
    let all_views = rows.first().map_or(0.0, |row| row.all_views);
    let shown: f64 = rows.iter().map(|row| row.views).sum();
    // Sums of the same doubles in another order may differ in the last bits.
    let other = if all_views - shown > 1e-6 { all_views - shown } else { 0.0 };
    let rows = rows.into_iter().map(|row| {
        let sessions = sessions.get(&row.value).copied().unwrap_or_default();
        breakdown_row(row, sessions)
    });
    Ok(BreakdownAnswer { dimension, source: Source::VIEWS, rows: rows.collect(), other })
}

/// How many sessions had a view with each of these values.
async fn sessions(
    store: &Store,
    scope: &Scope,
    dimension: Dimension,
    rows: &[ValueRow],
) -> Result<HashMap<String, f64>, QueryError> {
    let values: Vec<&str> = rows.iter().map(|row| row.value.as_str()).collect();
    let query = prepare_scoped(store, include_str!("breakdown/sessions.sql"), scope)
        .param("dimension", dimension.name())
        .param("values", values);
    let found: Vec<SessionsRow> = query.fetch_all().await?;
    Ok(found.into_iter().map(|row| (row.value, row.sessions)).collect())
}

fn breakdown_row(row: ValueRow, sessions: f64) -> BreakdownRow {
    BreakdownRow {
        value: row.value,
        views: row.views,
        sessions,
        error_rate: row.error_rate,
        vitals: VitalShares {
            lcp: vital_share(row.lcp_share),
            inp: vital_share(row.inp_share),
            cls: vital_share(row.cls_share),
            fcp: vital_share(row.fcp_share),
            ttfb: vital_share(row.ttfb_share),
        },
        transition: TransitionShare { n: row.transition_n, p75: (row.transition_n > 0).then_some(row.transition_p75) },
    }
}

fn vital_share((n, p75, good, poor, all): ShareRow) -> VitalShare {
    let share = |weight: f64| (n > 0).then(|| weight / all);
    VitalShare {
        n,
        p75: (n > 0).then_some(p75),
        good: share(good),
        needs_improvement: share((all - good - poor).max(0.0)),
        poor: share(poor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_are_unknown_without_views() {
        let share = vital_share((4, 2600.0, 2.0, 0.5, 4.0));
        assert_eq!((share.good, share.needs_improvement, share.poor), (Some(0.5), Some(0.375), Some(0.125)));
        let none = vital_share((0, f64::NAN, 0.0, 0.0, 0.0));
        assert_eq!((none.p75, none.good, none.needs_improvement, none.poor), (None, None, None, None));
    }

    #[test]
    fn orders_are_read_back_and_others_refused() {
        for order in BreakdownOrder::ALL {
            assert_eq!(BreakdownOrder::parse(order.name()), Ok(order));
        }
        assert!(BreakdownOrder::parse("weight").is_err());
    }
}
