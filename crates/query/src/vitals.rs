//! How are the five vitals, and how were they before? With shares, distribution and interval for each.

mod from_sums;
mod from_views;

use limen_store::Store;
use serde::Serialize;
use utoipa::ToSchema;

use crate::precision::Interval;
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

pub async fn vitals(store: &Store, scope: &Scope) -> Result<VitalsAnswer, QueryError> {
    if let Some(plan) = Plan::of(store, scope, By::Nothing).await? {
        return from_sums::vitals(store, scope, &plan).await;
    }
    from_views::vitals(store, scope).await
}
