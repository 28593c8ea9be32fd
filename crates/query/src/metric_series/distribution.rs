//! Distributions of measurements in buckets, explicit or exponential: their differences, sums and quantiles.

use std::collections::BTreeMap;

/// As OpenTelemetry's data model has them (Metrics Data Model, "Histogram" and "ExponentialHistogram").
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Distribution {
    /// One count more than bounds: `(-inf, b0], (b0, b1], … (bn, +inf)`.
    Explicit { bounds: Vec<f64>, counts: Vec<u64> },
    /// Index i counts what is in `(base^i, base^(i+1)]` with base = 2^(2^-scale), and its mirror image.
    Exponential { scale: i32, zero: u64, positive: BTreeMap<i64, u64>, negative: BTreeMap<i64, u64> },
}

/// From the columns of a row: bounds, counts, scale, zeros, offset and counts above zero, and below.
pub(super) type Columns = (Vec<f64>, Vec<u64>, i32, u64, i32, Vec<u64>, i32, Vec<u64>);

impl Distribution {
    /// None without buckets.
    pub fn of(columns: &Columns) -> Option<Self> {
        let (bounds, counts, scale, zero, above, positive, below, negative) = columns;
        if !bounds.is_empty() && counts.len() == bounds.len() + 1 {
            return Some(Self::Explicit { bounds: bounds.clone(), counts: counts.clone() });
        }
        let placed = |offset: i32, counts: &[u64]| {
            (i64::from(offset)..).zip(counts).filter(|(_, count)| **count > 0).map(|(at, count)| (at, *count)).collect()
        };
        let any = *zero > 0 || positive.iter().chain(negative).any(|count| *count > 0);
        any.then(|| Self::Exponential {
            scale: *scale,
            zero: *zero,
            positive: placed(*above, positive),
            negative: placed(*below, negative),
        })
    }

    /// What came since `earlier` of the same series; None when it cannot have grown out of it.
    pub fn since(&self, earlier: &Self) -> Option<Self> {
        match (self, earlier) {
            (Self::Explicit { bounds, counts }, Self::Explicit { bounds: former, counts: before }) => {
                let counts = (bounds == former).then(|| taken_away(counts, before))??;
                Some(Self::Explicit { bounds: bounds.clone(), counts })
            }
            (Self::Exponential { .. }, Self::Exponential { .. }) => {
                let scale = self.scale().min(earlier.scale());
                let (
                    Self::Exponential { zero, positive, negative, .. },
                    Self::Exponential { zero: no, positive: up, negative: down, .. },
                ) = (self.coarser(scale), earlier.coarser(scale))
                else {
                    return None;
                };
                let (positive, negative) = (map_taken_away(positive, &up)?, map_taken_away(negative, &down)?);
                Some(Self::Exponential { scale, zero: zero.checked_sub(no)?, positive, negative })
            }
            _ => None,
        }
    }

    fn scale(&self) -> i32 {
        if let Self::Exponential { scale, .. } = self { *scale } else { 0 }
    }

    /// Buckets of a smaller scale: two of each scale more fall into one (data model, "Perfect subsetting").
    fn coarser(&self, to: i32) -> Self {
        let Self::Exponential { scale, zero, positive, negative } = self else { return self.clone() };
        let by = u32::try_from(scale - to).unwrap_or(0).min(63);
        let merged = |buckets: &BTreeMap<i64, u64>| {
            let mut fewer = BTreeMap::new();
            buckets.iter().for_each(|(at, count)| *fewer.entry(at >> by).or_insert(0) += count);
            fewer
        };
        Self::Exponential { scale: to, zero: *zero, positive: merged(positive), negative: merged(negative) }
    }

    /// Each bucket as a piece of the axis.
    fn pieces(&self, pieces: &mut Vec<Piece>) {
        match self {
            Self::Explicit { bounds, counts } => {
                for (place, count) in counts.iter().enumerate() {
                    pieces.push(Piece { count: *count as f64, ..explicit(bounds, place) });
                }
            }
            Self::Exponential { scale, zero, positive, negative } => {
                pieces.push(Piece { low: 0.0, high: 0.0, count: *zero as f64 });
                let edge = |at: i64| 2f64.powf(at as f64 * 2f64.powi(-scale));
                for (at, count) in positive {
                    pieces.push(Piece { low: edge(*at), high: edge(at + 1), count: *count as f64 });
                }
                for (at, count) in negative {
                    pieces.push(Piece { low: -edge(at + 1), high: -edge(*at), count: *count as f64 });
                }
            }
        }
    }
}

/// What open ends stand for is the rule of Prometheus's `histogram_quantile`: the first bucket begins at 0 when it ends above,
/// the last one lies at its lower bound.
fn explicit(bounds: &[f64], place: usize) -> Piece {
    let last = bounds[bounds.len() - 1];
    match (place.checked_sub(1).map(|before| bounds[before]), bounds.get(place)) {
        (Some(low), Some(high)) => Piece { low, high: *high, count: 0.0 },
        (None, Some(high)) => Piece { low: if *high > 0.0 { 0.0 } else { *high }, high: *high, count: 0.0 },
        (_, None) => Piece { low: last, high: last, count: 0.0 },
    }
}

fn taken_away(counts: &[u64], before: &[u64]) -> Option<Vec<u64>> {
    counts.iter().zip(before).map(|(count, former)| count.checked_sub(*former)).collect()
}

fn map_taken_away(mut counts: BTreeMap<i64, u64>, before: &BTreeMap<i64, u64>) -> Option<BTreeMap<i64, u64>> {
    for (at, former) in before {
        let count = counts.get_mut(at)?;
        *count = count.checked_sub(*former)?;
    }
    Some(counts)
}

/// So many measurements between two values, or at one.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    low: f64,
    high: f64,
    count: f64,
}

impl Piece {
    /// How many of them are at most `value`, as if they were spread evenly.
    fn up_to(self, value: f64) -> f64 {
        if value >= self.high {
            self.count
        } else if value <= self.low {
            0.0
        } else {
            self.count * (value - self.low) / (self.high - self.low)
        }
    }
}

/// Halvings of the axis: no more digits come out of a bucket.
const HALVINGS: u32 = 80;

/// The quantile of all of them together, whatever bounds each has; None without measurements.
pub(super) fn quantile(distributions: &[Distribution], level: f64) -> Option<f64> {
    let mut pieces = Vec::new();
    distributions.iter().for_each(|each| each.pieces(&mut pieces));
    pieces.retain(|piece| piece.count > 0.0);
    let total: f64 = pieces.iter().map(|piece| piece.count).sum();
    let mut low = pieces.iter().map(|piece| piece.low).min_by(f64::total_cmp)?;
    let mut high = pieces.iter().map(|piece| piece.high).max_by(f64::total_cmp)?;
    let wanted = level * total;
    let enough = |value: f64| pieces.iter().map(|piece| piece.up_to(value)).sum::<f64>() >= wanted;
    if enough(low) {
        return Some(low);
    }
    for _ in 0..HALVINGS {
        let middle = low + (high - low) / 2.0;
        if enough(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn explicit(bounds: &[f64], counts: &[u64]) -> Distribution {
        Distribution::Explicit { bounds: bounds.to_vec(), counts: counts.to_vec() }
    }

    fn near(found: Option<f64>, expected: f64) {
        let found = found.expect("a quantile");
        assert!((found - expected).abs() < 1e-9, "{found} and not {expected}");
    }

    #[test]
    fn a_quantile_lies_in_its_bucket_as_if_values_were_spread_evenly() {
        let waits = explicit(&[0.1, 0.5, 1.0], &[10, 10, 20, 0]);
        near(quantile(std::slice::from_ref(&waits), 0.5), 0.5);
        near(quantile(std::slice::from_ref(&waits), 0.75), 0.75);
        near(quantile(&[waits], 0.125), 0.05);
    }

    #[test]
    fn open_ends_are_read_as_prometheus_reads_them() {
        near(quantile(&[explicit(&[1.0, 2.0], &[0, 0, 5])], 0.5), 2.0);
        near(quantile(&[explicit(&[-1.0, 2.0], &[5, 0, 0])], 0.5), -1.0);
        assert_eq!(quantile(&[explicit(&[1.0], &[0, 0])], 0.5), None);
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn distributions_with_other_bounds_are_added_up_too() {
        // Ten below 1, and ten between 1 and 3.
        let both = [explicit(&[1.0], &[10, 0]), explicit(&[1.0, 3.0], &[0, 10, 0])];
        near(quantile(&both, 0.5), 1.0);
        near(quantile(&both, 0.75), 2.0);
    }

    #[test]
    fn what_came_since_is_the_difference_and_a_smaller_count_is_another_begin() {
        let (before, now) = (explicit(&[1.0], &[3, 1]), explicit(&[1.0], &[5, 1]));
        assert_eq!(now.since(&before), Some(explicit(&[1.0], &[2, 0])));
        assert_eq!(before.since(&now), None);
        assert_eq!(now.since(&explicit(&[2.0], &[1, 0])), None);
    }

    fn exponential(scale: i32, zero: u64, offset: i32, counts: &[u64]) -> Distribution {
        Distribution::of(&(vec![], vec![], scale, zero, offset, counts.to_vec(), 0, vec![])).expect("measurements")
    }

    #[test]
    fn exponential_buckets_are_powers_of_their_base() {
        // Scale 0: (1, 2], (2, 4], (4, 8].
        near(quantile(&[exponential(0, 0, 0, &[0, 4, 0])], 0.5), 3.0);
        near(quantile(&[exponential(0, 5, 0, &[0, 4, 0])], 0.5), 0.0);
        // Scale 1: (sqrt 2, 2].
        near(quantile(&[exponential(1, 0, 1, &[7])], 1.0), 2.0);
        let below = Distribution::of(&(vec![], vec![], 0, 0, 0, vec![], 1, vec![4])).expect("measurements");
        near(quantile(&[below], 0.5), -3.0);
    }

    #[test]
    fn a_series_that_became_coarser_is_compared_at_the_coarser_scale() {
        let before = exponential(1, 1, 0, &[1, 2, 3]);
        let now = exponential(0, 2, 0, &[4, 5]);
        // (1, sqrt 2] and (sqrt 2, 2] are (1, 2]; the third is half of (2, 4].
        assert_eq!(now.since(&before), Some(exponential(0, 1, 0, &[1, 2])));
    }

    proptest! {
        #[test]
        fn a_quantile_is_where_so_many_are_below(
            mut values in prop::collection::vec(0.0..100.0f64, 1..200),
            level in 0.01..0.99f64,
        ) {
            let bounds: Vec<f64> = (1..=20).map(|edge| f64::from(edge) * 5.0).collect();
            let mut counts = vec![0; bounds.len() + 1];
            for value in &values {
                counts[bounds.partition_point(|bound| bound < value)] += 1;
            }
            let found = quantile(&[explicit(&bounds, &counts)], level).expect("values");
            values.sort_by(f64::total_cmp);
            // The true quantile lies in the same bucket.
            let place = ((level * values.len() as f64).ceil() as usize).clamp(1, values.len()) - 1;
            prop_assert!((found - values[place]).abs() <= 5.0 + 1e-9, "{found} and {}", values[place]);
        }
    }
}
