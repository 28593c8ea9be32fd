//! Lists from the newest down: what fits on a page is mostly young, so it is looked for in the last hour before all of a range.

use std::time::Duration;

use crate::scope::Range;
use crate::{Cursor, Scope, Time};

const FIRST_NANOS: i64 = 3_600_000_000_000;
/// Each look goes back so many times as far as the one before: all that were in vain cost a seventh of the one that is not.
const LONGER: i64 = 8;

/// A part of a range in which a page of a list is looked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Look {
    pub scope: Scope,
    /// What began before this may lack some of its company: only the last look, which goes back to the beginning, shows it.
    pub start_min: i64,
}

/// Where to look for what began before the cursor and reaches into the scope's range; it goes on for at most `length`. A look that
/// finds as many as are wanted is the last one.
pub(crate) fn looks(scope: &Scope, cursor: &Cursor, length: Duration) -> impl Iterator<Item = Look> {
    let Range { from, to } = scope.range;
    let newest = to.0.min(cursor.start());
    let reaches = newest.saturating_add(length.as_nanos() as i64).saturating_add(1);
    let to = Time(reaches.clamp(from.0.saturating_add(1), to.0));
    let back = std::iter::successors(Some(FIRST_NANOS), |nanos| nanos.checked_mul(LONGER));
    let mut firsts: Vec<i64> =
        back.map(|nanos| newest.saturating_sub(nanos)).take_while(|first| *first > from.0).collect();
    firsts.push(i64::MIN);
    let scope = scope.clone();
    firsts.into_iter().map(move |start_min| {
        let range = Range { from: Time(start_min.max(from.0)), to };
        Look { scope: Scope { range, ..scope.clone() }, start_min }
    })
}

#[cfg(test)]
mod tests {
    use limen_model::AppId;
    use time::OffsetDateTime;

    use super::*;
    use crate::ScopeRequest;

    const HOUR: i64 = FIRST_NANOS;

    fn scope(hours: std::ops::Range<i64>) -> Scope {
        let request = ScopeRequest { from: None, to: None, filters: &[], source: None, visitors: None };
        let scope = Scope::parse(AppId::parse("shop").expect("valid"), request, OffsetDateTime::UNIX_EPOCH);
        let range = Range { from: Time(hours.start * HOUR), to: Time(hours.end * HOUR) };
        Scope { range, ..scope.expect("valid") }
    }

    fn hours(scope: &Scope, cursor: &Cursor) -> Vec<(i64, i64)> {
        let looks = looks(scope, cursor, Duration::from_secs(2 * 3600));
        looks.map(|look| (look.scope.range.from.0 / HOUR, look.scope.range.to.0 / HOUR)).collect()
    }

    #[test]
    fn the_last_hour_comes_first_and_everything_last() {
        let top = Cursor::parse(None).expect("valid");
        assert_eq!(hours(&scope(900..1000), &top), [(999, 1000), (992, 1000), (936, 1000), (900, 1000)]);
        assert_eq!(hours(&scope(999..1000), &top), [(999, 1000)]);
    }

    #[test]
    fn below_a_cursor_only_what_began_before_it_is_looked_for() {
        let cursor = Cursor::parse(Some(&format!("{}.id", 950 * HOUR))).expect("valid");
        assert_eq!(hours(&scope(900..1000), &cursor), [(949, 952), (942, 952), (900, 952)]);
        let before = Cursor::parse(Some(&format!("{}.id", 899 * HOUR))).expect("valid");
        assert_eq!(hours(&scope(900..1000), &before), [(900, 901)]);
        let long_before = Cursor::parse(Some(&format!("{}.id", 10 * HOUR))).expect("valid");
        let looks: Vec<Look> = looks(&scope(900..1000), &long_before, Duration::ZERO).collect();
        assert_eq!(looks.len(), 1);
        assert!(looks[0].scope.range.from < looks[0].scope.range.to);
    }
}
