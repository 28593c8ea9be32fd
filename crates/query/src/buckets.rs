//! The points of a series: how long each is, and where the empty ones go.

use crate::Time;
use crate::limits::SERIES_POINTS_AIM;
use crate::scope::Range;

/// Steps a person can read off an axis, in seconds.
const STEPS: [i64; 14] = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

const NANOS: i64 = 1_000_000_000;

/// The buckets of a range. They are aligned to the epoch and not to the range, so that the same bucket holds the same
/// rows whenever one looks; the first and the last may be cut by the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Buckets {
    pub step_seconds: i64,
    /// Start of the first bucket, at or before the start of the range.
    pub origin: Time,
    pub count: usize,
}

impl Buckets {
    pub(crate) fn of(range: Range) -> Self {
        let length = range.to.0 - range.from.0;
        let fits = |step: &&i64| length <= **step * NANOS * SERIES_POINTS_AIM;
        let step_seconds = *STEPS.iter().find(fits).unwrap_or(&STEPS[STEPS.len() - 1]);
        let step = step_seconds * NANOS;
        let origin = range.from.0.div_euclid(step) * step;
        // `to` does not belong to the range: a range that ends on an edge has no bucket behind it.
        let count = (range.to.0 - origin + step - 1) / step;
        Self { step_seconds, origin: Time(origin), count: usize::try_from(count).unwrap_or(0) }
    }

    pub(crate) fn step_nanos(&self) -> i64 {
        self.step_seconds * NANOS
    }

    /// One point per bucket in order, made from the row of that bucket if there is one.
    pub(crate) fn fill<R, P>(
        &self,
        rows: Vec<R>,
        bucket: impl Fn(&R) -> i64,
        point: impl Fn(Time, Option<R>) -> P,
    ) -> Vec<P> {
        let mut by_bucket: Vec<Option<R>> = std::iter::repeat_with(|| None).take(self.count).collect();
        for row in rows {
            if let Some(place) = usize::try_from(bucket(&row)).ok().and_then(|index| by_bucket.get_mut(index)) {
                *place = Some(row);
            }
        }
        let times = (0..).map(|index: i64| Time(self.origin.0 + index * self.step_nanos()));
        times.zip(by_bucket).map(|(time, row)| point(time, row)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hours(from: i64, to: i64) -> Buckets {
        Buckets::of(Range { from: Time(from * 3600 * NANOS), to: Time(to * 3600 * NANOS) })
    }

    #[test]
    fn the_step_follows_from_the_length_of_the_range() {
        let first = 500_000;
        let step = |length: i64| hours(first, first + length).step_seconds;
        assert_eq!([step(1), step(24), step(24 * 7), step(24 * 30), step(24 * 400)], [60, 1800, 10800, 43200, 86400]);
    }

    #[test]
    fn empty_buckets_are_points_too() {
        let buckets = hours(500_000, 500_001);
        let points = buckets.fill(vec![(3, "row")], |row| row.0, |time, row| (time, row.is_some()));
        assert_eq!(points.len(), 60);
        assert_eq!(points.iter().filter(|point| point.1).count(), 1);
        assert_eq!(points[3], (Time(buckets.origin.0 + 180 * NANOS), true));
    }

    proptest! {
        #[test]
        fn the_buckets_cover_the_range_and_no_more(from in 0..4_000_000_000_i64, seconds in 1..400 * 86_400_i64, nanos in 0..NANOS) {
            let range = Range { from: Time(from * NANOS + nanos), to: Time((from + seconds) * NANOS + nanos) };
            let buckets = Buckets::of(range);
            let end = buckets.origin.0 + buckets.step_nanos() * buckets.count as i64;
            prop_assert!(buckets.origin <= range.from && range.from.0 - buckets.origin.0 < buckets.step_nanos());
            prop_assert!(end >= range.to.0 && end - range.to.0 < buckets.step_nanos());
            prop_assert!((1..=402).contains(&buckets.count));
        }
    }
}
