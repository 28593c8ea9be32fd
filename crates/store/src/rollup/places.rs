//! What stands where in the array `sums` of a row, as `sums.sql` writes it.

use std::ops::Range;

pub const SESSIONS: usize = 0;
pub const VIEWS: usize = 1;
pub const FAILED_VIEWS: usize = 2;
pub const REQUESTS: usize = 3;
pub const FAILED_REQUESTS: usize = 4;
pub const ERRORS: usize = 5;
/// Sessions, views, requests and failed requests without their weights.
pub const SEEN: Range<usize> = 6..10;
/// The variances of the same four as they are estimated.
pub const VARIANCES: Range<usize> = 10..14;
/// Squares and products over sessions of failed views and views: aa, ab, bb.
pub const FAILED_SQUARES: Range<usize> = 14..17;
/// From here on one figure for each vital, and where it makes sense one for changes of route. Values as they are stored …
pub const N: Range<usize> = 17..23;
/// … with their weights …
pub const WEIGHT: Range<usize> = 23..29;
/// … and squares of that over sessions.
pub const WEIGHT_SQUARES: Range<usize> = 29..35;
pub const GOOD: Range<usize> = 35..40;
pub const POOR: Range<usize> = 40..45;
/// Experiences as they are stored, with their weights, and squares of that over sessions.
pub const EXPERIENCES: Range<usize> = 45..48;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_writes_as_many_figures_as_there_are_places() {
        let sql = include_str!("sums.sql");
        let list = sql
            .split_once("places.rs`.\n    [\n")
            .and_then(|(_, rest)| rest.split_once("] AS sums"))
            .expect("a list")
            .0;
        assert_eq!(
            list.matches("sum(").count() + list.matches("count()").count() + list.matches(" 0.,").count(),
            EXPERIENCES.end
        );
        let ranges = [SEEN, VARIANCES, FAILED_SQUARES, N, WEIGHT, WEIGHT_SQUARES, GOOD, POOR, EXPERIENCES];
        assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
    }
}
