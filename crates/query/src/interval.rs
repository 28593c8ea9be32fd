//! How sure a p75 is: the interval between two order statistics, without any assumption about the distribution.
//!
//! The number of values at or below the true quantile `p` is binomial with `n` and `p`. So the `l`-th and the `u`-th
//! smallest value enclose the true quantile with probability P(l ≤ B < u). Source: David and Nagaraja, "Order
//! Statistics", 3rd edition, §7.1; also Conover, "Practical Nonparametric Statistics", §3.2.
//!
//! Where sessions were drawn and weighted, `n` is the effective sample size of `precision.rs`, and ranks become levels of the
//! weighted distribution (Woodruff, "Confidence intervals for medians and other position measures", 1952).

use crate::limits::INTERVAL_VALUES_MIN;
use crate::precision::NORMAL;

/// What lies outside the interval on each side: 2.5 % for an interval of 95 %.
const TAIL: f64 = 0.025;
/// Up to here the binomial is summed term by term; 0.25⁵⁰⁰ is still a normal double.
const EXACT_MAX: u64 = 500;

/// Two levels between 0 and 1: the quantiles at them are the ends of the interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Levels {
    pub low: f64,
    pub high: f64,
}

/// The levels of the 95 % interval of quantile `p`, or none when there are too few values.
pub(crate) fn levels(p: f64, effective_n: f64) -> Option<Levels> {
    // Also refuses NaN. Rounding down makes the interval wider, never narrower; but what is a whole number but for the
    // noise of its sums is that number.
    let n = effective_n + 1e-6;
    let n = if n >= INTERVAL_VALUES_MIN as f64 { n as u64 } else { return None };
    let (low, high) = if n <= EXACT_MAX { exact_ranks(p, n) } else { normal_ranks(p, n) };
    // The middle of a rank's step: no rounding of a weight can push it to the neighbour.
    let level = |rank: f64| ((rank - 0.5) / n as f64).clamp(0.0, 1.0);
    Some(Levels { low: level(low).min(p), high: level(high).max(p) })
}

fn exact_ranks(p: f64, n: u64) -> (f64, f64) {
    // P(B = 0), then each term from the one before.
    let mut term = (1.0 - p).powf(n as f64);
    let mut at_most = term;
    let (mut low, mut high) = (1, n);
    for k in 1..=n {
        // Here `at_most` is P(B ≤ k − 1) = P(B < k).
        if at_most <= TAIL {
            low = k;
        }
        if at_most >= 1.0 - TAIL {
            high = k;
            break;
        }
        term *= (n - k + 1) as f64 / k as f64 * p / (1.0 - p);
        at_most += term;
    }
    (low as f64, high as f64)
}

fn normal_ranks(p: f64, n: u64) -> (f64, f64) {
    let n = n as f64;
    let (middle, spread) = (n * p, NORMAL * (n * p * (1.0 - p)).sqrt());
    ((middle - spread).floor().max(1.0), (middle + spread).ceil().min(n) + 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The `rank`-th smallest of `n`, as `quantileExactWeighted` with equal weights chooses it.
    fn rank_at(level: f64, n: u64) -> u64 {
        ((level * n as f64).ceil() as u64).max(1)
    }

    #[test]
    fn agrees_with_the_tables() {
        // Median of 20 values: the 6th and the 15th (Conover, table of order-statistic intervals).
        let Levels { low, high } = levels(0.5, 20.0).expect("enough values");
        assert_eq!((rank_at(low, 20), rank_at(high, 20)), (6, 15));
        // qbinom(0.025, 100, 0.75) = 66 and qbinom(0.975, 100, 0.75) = 83 enclose ranks 66 … 84.
        let Levels { low, high } = levels(0.75, 100.0).expect("enough values");
        assert_eq!((rank_at(low, 100), rank_at(high, 100)), (66, 84));
    }

    #[test]
    fn too_few_values_have_no_interval() {
        assert_eq!(levels(0.75, 19.9), None);
        assert_eq!(levels(0.75, f64::NAN), None);
        assert!(levels(0.75, 20.0).is_some());
        assert!(levels(0.75, f64::INFINITY).is_some());
    }

    #[test]
    fn the_two_ways_agree_where_they_meet() {
        let (exact, normal) = (exact_ranks(0.75, 500), normal_ranks(0.75, 500));
        assert!((exact.0 - normal.0).abs() <= 1.0 && (exact.1 - normal.1).abs() <= 1.0, "{exact:?} {normal:?}");
    }

    proptest! {
        #[test]
        fn the_interval_contains_the_quantile_and_narrows(n in 20.0..1e9_f64) {
            let Levels { low, high } = levels(0.75, n).expect("enough values");
            prop_assert!((0.0..=0.75).contains(&low) && (0.75..=1.0).contains(&high));
            let Levels { low: lower, high: higher } = levels(0.75, n * 4.0).expect("enough values");
            prop_assert!(higher - lower < high - low);
        }
    }
}
