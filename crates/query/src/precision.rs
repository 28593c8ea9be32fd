//! How many independent observations a weighted figure is worth, when sessions were drawn and not views.
//!
//! A share is R = Σ a / Σ b over the sessions of the sample: `a` is a session's weighted number of what counts, `b` its
//! weighted number of all. A quantile is the value at which such a share, that of smaller values, is p. Sessions are
//! drawn one by one, each with its own probability, so the variance of R is, by Taylor's expansion and with sessions as
//! the units,
//!
//! ```text
//! Var(R) ≈ m / (m − 1) · Σ (a − R·b)² / (Σ b)²
//! ```
//!
//! for m sessions. Sources: Särndal, Swensson and Wretman, "Model Assisted Survey Sampling", 1992, §5.5 to §5.6 (ratios) and
//! §5.11 (quantiles); Binder, "On the variances of asymptotically normal estimators from complex surveys", 1983. It
//! counts both that a sample was drawn and that other visitors might have come.
//!
//! The effective sample size is R·(1 − R) / Var(R): what as many independent visits of one view each would tell. Views of one
//! session resemble each other, so it is mostly smaller than the number of views; Kish's (Σw)² / Σw² knows only of weights.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::INTERVAL_VALUES_MIN;

/// The normal distribution's quantile for 2.5 % on each side.
pub(crate) const NORMAL: f64 = 1.959_964;

/// The interval that covers the true value in 95 of 100 cases.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// Sums over sessions, as the engine adds them up: of what counts (`a`), of all (`b`), and of their products.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(from = "(f64, f64, f64, f64, f64)")]
pub(crate) struct Sums {
    pub a: f64,
    pub b: f64,
    pub aa: f64,
    pub ab: f64,
    pub bb: f64,
}

impl From<(f64, f64, f64, f64, f64)> for Sums {
    fn from((a, b, aa, ab, bb): (f64, f64, f64, f64, f64)) -> Self {
        Self { a, b, aa, ab, bb }
    }
}

impl Sums {
    /// The share itself; none when there is nothing.
    pub fn share(&self) -> Option<f64> {
        (self.b > 0.0).then(|| self.a / self.b)
    }

    /// The effective sample size, never above the number of sessions' views; `sessions` and `views` as they are stored.
    pub fn effective_n(&self, sessions: u64, views: u64) -> f64 {
        self.share().map_or(0.0, |share| self.effective_n_of(share * (1.0 - share), sessions, views))
    }

    /// The same where a view counts by more than yes and no: `spread` is the variance of what one view counts.
    pub fn effective_n_of(&self, spread: f64, sessions: u64, views: u64) -> f64 {
        let Some(share) = self.share() else { return 0.0 };
        let (m, limit) = (sessions as f64, views as f64);
        if sessions < 2 {
            return m;
        }
        let squares = (self.aa - 2.0 * share * self.ab + share * share * self.bb).max(0.0);
        let variance = m / (m - 1.0) * squares / (self.b * self.b);
        let n = spread / variance;
        // Everybody is alike: nothing but the number of sessions is known.
        if n.is_finite() && squares > self.bb * f64::EPSILON * 16.0 { n.min(limit) } else { m }
    }

    /// The 95 % interval of the share by Wilson's score (Wilson, JASA 1927) with the effective sample size in the place of n
    /// (Korn and Graubard, "Confidence intervals for proportions with small expected number of positive counts estimated
    /// from survey data", 1998).
    pub fn interval(&self, sessions: u64, views: u64) -> Option<Interval> {
        share_interval(self.share()?, self.effective_n(sessions, views))
    }
}

/// The same for a share whose effective sample size is known otherwise; none when that is too small.
pub(crate) fn share_interval(share: f64, n: f64) -> Option<Interval> {
    (n >= INTERVAL_VALUES_MIN as f64).then(|| wilson(share, n))
}

fn wilson(share: f64, n: f64) -> Interval {
    let z2 = NORMAL * NORMAL;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let reach = NORMAL / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    Interval { low: (middle - reach).max(0.0).min(share), high: (middle + reach).min(1.0).max(share) }
}

/// The same for a mean of what lies between 0 and 1, of which `spread` is the variance from one view to the next: Wilson's
/// interval of the share that is as sure.
pub(crate) fn mean_interval(mean: f64, spread: f64, n: f64) -> Option<Interval> {
    let as_sure = if spread > 0.0 { (mean * (1.0 - mean) / spread).max(1.0) } else { 1.0 };
    (n >= INTERVAL_VALUES_MIN as f64).then(|| wilson(mean, n * as_sure))
}

/// The 95 % interval of an estimated count, by the variance of the Horvitz-Thompson estimator under Poisson sampling,
/// Σ w·(w − 1)·y² (Särndal, Swensson and Wretman, §3.5). Where all is recorded it is the count itself. Never below
/// `seen`, what was counted without any weights: that much there was.
pub(crate) fn count_interval(estimate: f64, variance: f64, seen: f64) -> Interval {
    let reach = NORMAL * variance.max(0.0).sqrt();
    Interval { low: (estimate - reach).max(seen).min(estimate), high: estimate + reach }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sums(sessions: &[(f64, f64)]) -> Sums {
        sessions.iter().fold(Sums::default(), |sums, (a, b)| Sums {
            a: sums.a + a,
            b: sums.b + b,
            aa: sums.aa + a * a,
            ab: sums.ab + a * b,
            bb: sums.bb + b * b,
        })
    }

    #[test]
    fn sessions_of_one_view_and_one_weight_are_as_many_as_they_are() {
        let sessions: Vec<_> = (0..100).map(|i| (f64::from(u8::from(i < 30)), 1.0)).collect();
        let n = sums(&sessions).effective_n(100, 100);
        assert!((n - 99.0).abs() < 1e-6, "{n}");
    }

    #[test]
    fn ten_equal_views_of_a_session_say_as_much_as_one() {
        let sessions: Vec<_> = (0..100).map(|i| (10.0 * f64::from(u8::from(i < 30)), 10.0)).collect();
        let n = sums(&sessions).effective_n(100, 1000);
        assert!((n - 99.0).abs() < 1e-6, "{n}");
    }

    #[test]
    fn weights_that_tell_nothing_are_as_kish_says() {
        // Half of the sessions have weight 1, half weight 9, and the share is the same in both.
        let sessions: Vec<_> = (0..400)
            .map(|i| (if i % 2 == 0 { 1.0 } else { 9.0 }, i % 4 < 2))
            .map(|(weight, counts)| (weight * f64::from(u8::from(counts)), weight))
            .collect();
        let kish = 400.0 * 25.0 / 41.0;
        let n = sums(&sessions).effective_n(400, 400);
        assert!((n / kish - 1.0).abs() < 0.01, "{n} and {kish}");
    }

    #[test]
    fn agrees_with_the_table_of_wilson() {
        // 10 of 50: 0.1124 to 0.3304.
        let Interval { low, high } = wilson(0.2, 50.0);
        assert!((low - 0.1124).abs() < 1e-4 && (high - 0.3304).abs() < 1e-4, "{low} {high}");
    }

    #[test]
    fn too_little_has_no_interval() {
        assert_eq!(Sums::default().interval(0, 0), None);
        assert_eq!(sums(&[(1.0, 2.0)]).effective_n(1, 2), 1.0);
        let alike: Vec<_> = (0..30).map(|_| (1.0, 1.0)).collect();
        assert_eq!(sums(&alike).effective_n(30, 30), 30.0);
        assert!(sums(&alike).interval(30, 30).is_some_and(|Interval { low, high }| low > 0.8 && high == 1.0));
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_figure(parts in proptest::collection::vec((0..8_u8, 1..8_u8, 1.0..50.0_f64), 2..80)) {
            let sessions: Vec<_> =
                parts.iter().map(|(a, more, w)| (w * f64::from(*a), w * f64::from(a + more))).collect();
            let views = parts.iter().map(|(a, more, _)| u64::from(a + more)).sum();
            let (sums, m) = (sums(&sessions), sessions.len() as u64);
            let share = sums.share().expect("there is something");
            prop_assert!(sums.effective_n(m, views) >= 0.0 && sums.effective_n(m, views) <= views as f64);
            if let Some(Interval { low, high }) = sums.interval(m, views) {
                prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
            }
        }
    }
}
