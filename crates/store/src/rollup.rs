//! Sums of views by hour and by day over a declared set of dimensions: what questions about weeks and years are answered from.
//!
//! A job computes them from what is stored, not from what comes in, so a batch sent twice or late changes no figure: an hour
//! into which something came after all is computed again as a whole. Quantiles come from a sketch with bins whose edges grow
//! by a constant factor, so the answer is off by at most `SKETCH_ERROR` of itself (Masson, Rim and Lee, "DDSketch: a fast and
//! fully-mergeable quantile sketch with relative-error guarantees", VLDB 2019, §2). Counts and shares are exact.

mod groups;
pub mod places;
mod round;

use clickhouse::query::Query;

use groups::Groups;
pub use round::{Rollups, Round, closed_until, mark};

/// The most by which a quantile from a sketch differs from the value it stands for, as a part of it.
pub const SKETCH_ERROR: f64 = 0.01;
/// Values below this are zero in a sketch: no clock and no layout shift is that fine.
const LEAST: f64 = 1e-6;
/// The vitals in the order of the arrays.
pub const SUMMED: [&str; 5] = ["lcp", "inp", "cls", "fcp", "ttfb"];
/// The place behind them, in arrays that are not about classes, of the time of changes of route.
pub const TRANSITION: usize = SUMMED.len();
/// And behind that, in the sketch, the place of `EXPERIENCE_SQL`.
pub const EXPERIENCE: usize = TRANSITION + 1;
/// How long somebody waited for a view: for a change of route, else for the largest paint or, where no browser tells that, the end
/// of the load event. Nobody waits long enough for what failed. Absent where none of it is known.
pub const EXPERIENCE_SQL: &str = "if(errors > 0, 1e300, if(kind = 'route', transition_time, coalesce(lcp, load_time)))";
/// The mark up to which there are sums. It gets another number when sums say more than before: then all of those whose views
/// are still there are computed once more.
pub const MARK: &str = "views 2";

/// The groups that sums are kept for. A filter or breakdown by anything else reads the views themselves.
pub const DIMENSION_SETS: [&[&str]; 14] = [
    &[],
    &["route"],
    &["country"],
    &["device"],
    &["browser"],
    &["os"],
    &["release"],
    &["environment"],
    &["network"],
    &["service"],
    &["route", "country"],
    &["route", "device"],
    &["route", "browser"],
    &["route", "release"],
];

/// Who was away for longer than this many hours and comes back in the same session counts as two.
pub const LAGS: i64 = 4;
pub const HOUR_SECONDS: i64 = 3600;
pub const DAY_SECONDS: i64 = 86_400;

/// Where a vital stops being good and where it becomes poor, in the order of `SUMMED`.
#[derive(Debug, Clone, Copy)]
pub struct Classes {
    pub good_max: [f64; SUMMED.len()],
    pub poor_min: [f64; SUMMED.len()],
}

/// From the first nanosecond to the one behind the last.
pub type Nanos = std::ops::Range<i64>;

/// The query for the sums of views that began in `ranges`, with who was there before, from `first_hour` on (in seconds), in the columns `start`, `dims`, `key1`, `key2` and from `continued` on of `views_rollup`.
pub fn sums_sql(sets: &[&[&str]], ranges: &[Nanos], first_hour: i64, filters: &str) -> String {
    let before: Vec<Nanos> = ranges.iter().map(|range| hours_before(range, first_hour)).collect();
    let groups = Groups::of(sets);
    include_str!("rollup/sums.sql")
        .replace("{dims}", &groups.dims())
        .replace("{key1}", &groups.key(0))
        .replace("{key2}", &groups.key(1))
        .replace("{columns}", &groups.columns())
        .replace("{experience}", EXPERIENCE_SQL)
        .replace("{group_by_visit}", &groups.clause("hour, visit"))
        .replace("{group_by_session}", &groups.clause("visit"))
        .replace("{group_by_hour}", &groups.clause("hour"))
        .replace("{ranges}", &ranges_sql("start", ranges))
        .replace("{ranges_before}", &ranges_sql("start", &before))
        .replace("{error_ranges}", &ranges_sql("time", ranges))
        // The time itself stands at the end of the key of events, where it prunes nothing.
        .replace("{error_hours}", &ranges_sql("toStartOfHour(time)", &whole_hours(ranges)))
        .replace("{hours}", &hours_sql(ranges))
        .replace("{filters}", filters)
}

/// The parameters of `sums_sql` but the application and those of its filters.
pub fn bind_sums(query: Query, classes: &Classes) -> Query {
    let query = query.param("least", LEAST).param("log_gamma", gamma().ln());
    // The engine's own default, which the expressions rely on.
    let query = query.with_setting("force_grouping_standard_compatibility", "1");
    SUMMED.iter().zip(classes.good_max).zip(classes.poor_min).fold(query, |query, ((name, good), poor)| {
        query.param(&format!("{name}_good"), good).param(&format!("{name}_poor"), poor)
    })
}

/// The name of a set as it stands in the column `dims`.
pub fn set_name(set: &[&str]) -> String {
    set.join(",")
}

/// Which of `SUMMED` a key of the sketch belongs to, and the value that stands for everything in its bin.
pub fn bin_of(key: u32) -> Option<(usize, f64)> {
    let (vital, bin) = (key >> 16, key & 0xffff);
    let index = usize::try_from(vital).ok()?.checked_sub(1).filter(|index| *index <= EXPERIENCE)?;
    let value = match bin {
        0 => 0.0,
        bin => 2.0 * gamma().powi(bin.cast_signed() - 32768) / (gamma() + 1.0),
    };
    Some((index, value))
}

/// How much farther the upper edge of a bin is than the lower one.
fn gamma() -> f64 {
    (1.0 + SKETCH_ERROR) / (1.0 - SKETCH_ERROR)
}

/// Every hour that is at most `LAGS` before one of the range, and none before the first one.
fn hours_before(range: &Nanos, first_hour: i64) -> Nanos {
    let hour = HOUR_SECONDS * 1_000_000_000;
    let first = range.start.div_euclid(hour) * hour;
    let last = (range.end - 1).div_euclid(hour) * hour;
    (first - LAGS * hour).max(first_hour.saturating_mul(1_000_000_000))..last
}

fn ranges_sql(column: &str, ranges: &[Nanos]) -> String {
    let one = |range: &Nanos| {
        format!(
            "{column} >= fromUnixTimestamp64Nano({}, 'UTC') AND {column} < fromUnixTimestamp64Nano({}, 'UTC')",
            range.start, range.end
        )
    };
    if ranges.is_empty() { "0".to_owned() } else { ranges.iter().map(one).collect::<Vec<_>>().join(" OR ") }
}

fn whole_hours(ranges: &[Nanos]) -> Vec<Nanos> {
    let hour = HOUR_SECONDS * 1_000_000_000;
    ranges.iter().map(|range| range.start.div_euclid(hour) * hour..range.end).collect()
}

/// The condition on the hours that are summed up, counted since 1970.
fn hours_sql(ranges: &[Nanos]) -> String {
    let hour = HOUR_SECONDS * 1_000_000_000;
    let one = |range: &Nanos| {
        let (first, last) = (range.start.div_euclid(hour), (range.end - 1).div_euclid(hour));
        format!("pair.1 BETWEEN {first} AND {last}")
    };
    if ranges.is_empty() { "0".to_owned() } else { ranges.iter().map(one).collect::<Vec<_>>().join(" OR ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `sums.sql` writes it.
    fn key_of(index: u32, value: f64) -> u32 {
        if value < LEAST {
            return (index + 1) << 16;
        }
        let bin = (value.ln() / gamma().ln()).ceil().clamp(-32000.0, 32000.0) as i32;
        ((index + 1) << 16) + (32768 + bin).cast_unsigned()
    }

    #[test]
    fn what_stands_for_a_bin_is_as_near_as_was_said() {
        let mut value = LEAST;
        while value < 1e9 {
            let (index, found) = bin_of(key_of(2, value)).expect("a bin");
            assert_eq!(index, 2);
            assert!((found / value - 1.0).abs() <= SKETCH_ERROR + 1e-9, "{value} became {found}");
            value *= 1.0037;
        }
        assert_eq!(bin_of(key_of(0, 0.0)), Some((0, 0.0)));
    }

    #[test]
    fn a_key_of_no_vital_is_none() {
        assert_eq!(bin_of(7), None);
        assert_eq!(bin_of(8 << 16), None);
    }

    #[test]
    fn the_hours_before_a_part_of_an_hour_are_whole() {
        let hour = 3_600_000_000_000;
        assert_eq!(hours_before(&(10 * hour..12 * hour), 0), 6 * hour..11 * hour);
        assert_eq!(hours_before(&(10 * hour + 5..10 * hour + 9), 0), 6 * hour..10 * hour);
        assert_eq!(hours_before(&(10 * hour + 5..10 * hour + 9), 9 * HOUR_SECONDS), 9 * hour..10 * hour);
        assert_eq!(hours_before(&(10 * hour..12 * hour), i64::MIN), 6 * hour..11 * hour);
    }

    #[test]
    fn no_range_finds_nothing() {
        assert!(sums_sql(&[&[]], &[], 0, "").contains("AND (0) AND NOT bot"));
    }
}
