//! How content are people with how long they wait? Apdex, with its interval.
//!
//! Source: Apdex Alliance, "Application Performance Index: Apdex Technical Specification", version 1.1, 2007. A view is
//! satisfied up to the target T, tolerating up to 4T and frustrated above, or when it failed; Apdex is the share of satisfied
//! views and half of the tolerating ones. That is a ratio over the sessions drawn, so its variance is the one of
//! `precision.rs`.

use clickhouse::Row;
use limen_store::Store;
use limen_store::rollup::{EXPERIENCE, EXPERIENCE_SQL};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::precision::{Interval, Sums, mean_interval};
use crate::prepare::prepare_scoped;
use crate::rollup::{By, Plan, Source, SumRow, With};
use crate::scope::Range;
use crate::{QueryError, Scope};

/// Apdex of a range, compared with the equally long range before it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ApdexAnswer {
    pub range: Range,
    /// From sums, views whose time is within `quantile_error` of T or 4T may count as if it were on the other side.
    pub source: Source,
    /// T: who waits so many milliseconds at most is satisfied, who waits four times as long at most tolerates it.
    pub target_ms: f64,
    /// Views of which is known how long somebody waited, or that failed, as they are stored (not weighted). A change of route
    /// counts with its transition time, any other view with its LCP, else its load time; one with an error is frustrated.
    pub n: u64,
    /// How many independent visits would say as much.
    pub effective_n: f64,
    /// 0 to 1, weighted; null without views.
    pub score: Option<f64>,
    /// The 95 % interval of the score; null when there are too few views.
    pub interval: Option<Interval>,
    /// Weighted share of satisfied views, 0 to 1; null without views.
    pub satisfied: Option<f64>,
    /// Weighted share of tolerating views, 0 to 1; null without views.
    pub tolerating: Option<f64>,
    /// Weighted share of frustrated views, 0 to 1; null without views.
    pub frustrated: Option<f64>,
    pub previous: PreviousApdex,
}

/// Apdex of the range before, with the same target.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PreviousApdex {
    pub n: u64,
    /// Null without views.
    pub score: Option<f64>,
}

#[derive(Debug, Row, Deserialize)]
struct PeriodRow {
    current: u8,
    sessions: u64,
    n: u64,
    satisfied: f64,
    tolerating: f64,
    sums: Sums,
}

/// The views of one period, wherever they were read from.
#[derive(Debug, Clone, Copy, Default)]
struct Period {
    n: u64,
    effective_n: f64,
    satisfied: f64,
    tolerating: f64,
    whole: f64,
}

/// For the target T in milliseconds.
pub async fn apdex(store: &Store, scope: &Scope, target_ms: f64) -> Result<ApdexAnswer, QueryError> {
    let (source, current, previous) = match Plan::of(store, scope, By::Nothing).await? {
        Some(plan) => {
            let period = async |range| {
                let rows = plan.sums(store, scope, range, By::Nothing, With::CountsAndQuantiles).await?;
                Ok::<_, QueryError>(rows.first().map_or(Period::default(), |row| Period::from_sums(row, target_ms)))
            };
            (plan.source(scope.range), period(scope.range).await?, period(scope.previous()).await?)
        }
        None => {
            let sql = include_str!("apdex.sql").replace("{experience}", EXPERIENCE_SQL);
            let rows: Vec<PeriodRow> =
                prepare_scoped(store, &sql, scope).param("target", target_ms).fetch_all().await?;
            let period = |current| {
                rows.iter().find(|row| (row.current == 1) == current).map_or(Period::default(), Period::from_views)
            };
            (Source::VIEWS, period(true), period(false))
        }
    };
    Ok(answer(scope.range, source, target_ms, &current, &previous))
}

fn answer(range: Range, source: Source, target_ms: f64, current: &Period, previous: &Period) -> ApdexAnswer {
    let score = current.score();
    ApdexAnswer {
        range,
        source,
        target_ms,
        n: current.n,
        effective_n: current.effective_n,
        score,
        interval: score.and_then(|score| mean_interval(score, current.spread(), current.effective_n)),
        satisfied: current.share(current.satisfied),
        tolerating: current.share(current.tolerating),
        frustrated: current.share(current.whole - current.satisfied - current.tolerating).map(|share| share.max(0.0)),
        previous: PreviousApdex { n: previous.n, score: previous.score() },
    }
}

impl Period {
    fn from_views(row: &PeriodRow) -> Self {
        let known = Self {
            n: row.n,
            effective_n: 0.0,
            satisfied: row.satisfied,
            tolerating: row.tolerating,
            whole: row.sums.b,
        };
        Self { effective_n: row.sums.effective_n_of(known.spread(), row.sessions, row.n), ..known }
    }

    /// Which of a session's views are satisfied is not kept, so they are taken as alike: less sure than they are.
    fn from_sums(row: &SumRow, target_ms: f64) -> Self {
        let (n, whole, effective_n) = row.experiences();
        let sketch = row.sketch(EXPERIENCE);
        let satisfied = sketch.weight_up_to(target_ms);
        Self { n, effective_n, satisfied, tolerating: sketch.weight_up_to(4.0 * target_ms) - satisfied, whole }
    }

    fn share(&self, weight: f64) -> Option<f64> {
        (self.whole > 0.0).then(|| weight / self.whole)
    }

    fn score(&self) -> Option<f64> {
        self.share(self.satisfied + self.tolerating / 2.0)
    }

    /// The variance of what one view counts.
    fn spread(&self) -> f64 {
        let (mean, squares) = (self.score(), self.share(self.satisfied + self.tolerating / 4.0));
        mean.zip(squares).map_or(0.0, |(mean, squares)| (squares - mean * mean).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification() {
        // 60 satisfied, 30 tolerating, 10 frustrated: (60 + 30 / 2) / 100.
        let period = Period { n: 100, effective_n: 100.0, satisfied: 60.0, tolerating: 30.0, whole: 100.0 };
        assert_eq!(period.score(), Some(0.75));
        // The variance of 60 ones, 30 halves and 10 zeros.
        assert!((period.spread() - (0.675 - 0.5625)).abs() < 1e-12);
        assert_eq!(Period::default().score(), None);
    }

    #[test]
    fn halves_make_it_surer_than_a_share() {
        let share = mean_interval(0.75, 0.75 * 0.25, 100.0).expect("enough");
        let halves = mean_interval(0.75, 0.1125, 100.0).expect("enough");
        assert!(share.low < halves.low && halves.high < share.high, "{share:?} {halves:?}");
        assert_eq!(mean_interval(0.75, 0.1, 19.0), None);
    }
}
