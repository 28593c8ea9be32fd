//! Which parts of a range are read from the sums of days, from those of hours, and from the views.

use limen_store::rollup::{DAY_SECONDS, HOUR_SECONDS, Nanos};

use crate::scope::Range;

const NANOS: i64 = 1_000_000_000;

/// Starts of hours and days in seconds since 1970; the end does not belong to a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pieces {
    range: Range,
    hours: std::ops::Range<i64>,
    /// Inside of `hours`; those hours are not read.
    days: std::ops::Range<i64>,
}

impl Pieces {
    /// `closed` is up to when there are sums, in seconds.
    pub(super) fn of(range: Range, closed: i64, with_days: bool) -> Self {
        let up = |seconds: i64, step: i64| seconds.div_euclid(step) * step + if seconds % step == 0 { 0 } else { step };
        let down = |seconds: i64, step: i64| seconds.div_euclid(step) * step;
        let from_seconds = range.from.0.div_euclid(NANOS) + i64::from(range.from.0.rem_euclid(NANOS) > 0);
        let first = up(from_seconds, HOUR_SECONDS);
        let last = down(range.to.0.div_euclid(NANOS), HOUR_SECONDS).min(closed).max(first);
        let (first_day, last_day) = (up(first, DAY_SECONDS), down(last, DAY_SECONDS));
        let days = if with_days && first_day < last_day { first_day..last_day } else { first..first };
        Self { range, hours: first..last, days }
    }

    pub(super) fn is_all_views(&self) -> bool {
        self.hours.is_empty()
    }

    /// In nanoseconds.
    pub(super) fn sums_until(&self) -> i64 {
        self.hours.end * NANOS
    }

    /// The condition on `views_rollup` and `rollup_runs`.
    pub(super) fn stored(&self) -> String {
        let part = |step: i64, part: std::ops::Range<i64>| {
            (!part.is_empty()).then(|| {
                format!(
                    "step = {step} AND start >= toDateTime({}, 'UTC') AND start < toDateTime({}, 'UTC')",
                    part.start, part.end
                )
            })
        };
        let parts = [
            part(HOUR_SECONDS, self.hours.start..self.days.start),
            part(DAY_SECONDS, self.days.clone()),
            part(HOUR_SECONDS, self.days.end..self.hours.end),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { "0".to_owned() } else { parts.join(" OR ") }
    }

    /// What is read from the views.
    pub(super) fn views(&self) -> Vec<Nanos> {
        let Range { from, to } = self.range;
        let ends = match self.is_all_views() {
            true => [from.0..to.0, to.0..to.0],
            false => [from.0..self.hours.start * NANOS, self.hours.end * NANOS..to.0],
        };
        ends.into_iter().filter(|part| part.start < part.end).collect()
    }

    /// The hour in which the range begins, in seconds.
    pub(super) fn first_hour(&self) -> i64 {
        self.range.from.0.div_euclid(HOUR_SECONDS * NANOS) * HOUR_SECONDS
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Time;

    #[test]
    fn a_day_in_the_middle_is_read_as_one() {
        let range = Range { from: Time(3600 * NANOS + 5), to: Time(200_000 * NANOS) };
        let pieces = Pieces::of(range, 187_200, true);
        assert_eq!((pieces.hours.clone(), pieces.days.clone()), (7200..187_200, 86_400..172_800));
        assert_eq!(pieces.views(), [range.from.0..7200 * NANOS, 187_200 * NANOS..range.to.0]);
        assert_eq!(pieces.first_hour(), 3600);
        assert_eq!(pieces.sums_until(), 187_200 * NANOS);
    }

    #[test]
    fn without_anything_closed_all_is_read_from_views() {
        let range = Range { from: Time(5), to: Time(200_000 * NANOS) };
        let pieces = Pieces::of(range, 3600, true);
        assert!(pieces.is_all_views());
        assert_eq!((pieces.views().len(), pieces.views()[0].clone()), (1, range.from.0..range.to.0));
        assert_eq!(pieces.stored(), "0");
    }

    proptest! {
        #[test]
        fn the_parts_cover_the_range_once(from in 0..10_000_000_i64, nanos in 0..3_i64, length in 1..10_000_000_i64, closed in 0..5_000_i64, with_days: bool) {
            let range = Range { from: Time(from * NANOS + nanos), to: Time((from + length) * NANOS + nanos) };
            let closed = closed * 3600;
            let pieces = Pieces::of(range, closed, with_days);
            let views: i64 = pieces.views().iter().map(|part| part.end - part.start).sum();
            let sums = (pieces.hours.end - pieces.hours.start) * NANOS;
            prop_assert_eq!(views + sums, range.to.0 - range.from.0);
            prop_assert!(pieces.hours.is_empty() || pieces.hours.end <= closed);
            prop_assert!(pieces.days.start % 86_400 == 0 || pieces.days.is_empty());
            prop_assert!(pieces.days.end % 86_400 == 0 || pieces.days.is_empty());
            prop_assert!(pieces.hours.start <= pieces.days.start && pieces.days.end <= pieces.hours.end);
            prop_assert!(with_days || pieces.days.is_empty());
        }
    }
}
