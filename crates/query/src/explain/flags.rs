//! Which feature flags were switched near the beginning of a change, in the sessions of the cohort that it met?

use std::collections::BTreeMap;

use clickhouse::Row;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Time;

/// A variant of a feature flag that was shown in more sessions than before.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FlagChange {
    pub key: String,
    pub variant: String,
    /// Of the cohort's sessions with this flag, since the beginning of the change: 0 to 1.
    pub share: f64,
    /// The same before; null when the flag was not there.
    pub share_before: Option<f64>,
    /// When the variant was seen first; null when it was there before.
    pub first_seen: Option<Time>,
}

#[derive(Debug, Row, Deserialize)]
pub(super) struct FlagRow {
    flag: String,
    current: u8,
    n: u64,
    sessions: f64,
    squares: f64,
    first_nano: i64,
}

/// Smaller changes of a share are not worth a person's attention, …
const CHANGE_MIN: f64 = 0.05;
/// … nor what few sessions saw …
const SESSIONS_MIN: u64 = 5;
/// … nor what chance does: dozens of flags are looked at, and sessions of one day are alike.
const Z_MIN: f64 = 4.0;

/// Sums of sessions, weighted.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    n: u64,
    sessions: f64,
    squares: f64,
    first: i64,
}

/// Before and since.
type Both = [Seen; 2];

pub(super) fn flag_changes(rows: &[FlagRow], changes_max: usize) -> Vec<FlagChange> {
    let mut flags: BTreeMap<&str, BTreeMap<&str, Both>> = BTreeMap::new();
    for row in rows {
        // What follows the first sign is the variant, whatever it has in it.
        let (key, variant) = row.flag.split_once('=').unwrap_or((&row.flag, ""));
        let both = flags.entry(key).or_default().entry(variant).or_default();
        both[usize::from(row.current.min(1))] =
            Seen { n: row.n, sessions: row.sessions, squares: row.squares, first: row.first_nano };
    }
    let mut found: Vec<FlagChange> = flags.iter().flat_map(|(key, variants)| of_flag(key, variants)).collect();
    let moved = |change: &FlagChange| change.share - change.share_before.unwrap_or(0.0);
    found.sort_by(|a, b| moved(b).total_cmp(&moved(a)).then_with(|| (&a.key, &a.variant).cmp(&(&b.key, &b.variant))));
    found.truncate(changes_max);
    found
}

/// The variants that rose: that others fell follows from it.
fn of_flag(key: &str, variants: &BTreeMap<&str, Both>) -> Vec<FlagChange> {
    let total = |side: usize| {
        variants.values().map(|both| both[side]).fold(Seen::default(), |sum, seen| Seen {
            n: sum.n + seen.n,
            sessions: sum.sessions + seen.sessions,
            squares: sum.squares + seen.squares,
            first: 0,
        })
    };
    let (before, now) = (total(0), total(1));
    let risen = variants.iter().filter_map(|(variant, [was, is])| {
        let share = is.sessions / now.sessions.max(f64::MIN_POSITIVE);
        let share_before = (before.n > 0).then(|| was.sessions / before.sessions);
        let enough = is.n >= SESSIONS_MIN && share - share_before.unwrap_or(0.0) >= CHANGE_MIN;
        let sure = share_before.is_none_or(|former| z(former, before, share, now) >= Z_MIN);
        (enough && sure).then(|| FlagChange {
            key: key.to_owned(),
            variant: (*variant).to_owned(),
            share,
            share_before,
            first_seen: (was.n == 0).then_some(Time(is.first)),
        })
    });
    risen.collect()
}

/// Of two shares with a common one under the null hypothesis; the effective number of sessions is Kish's (1965, section 8.2).
fn z(former: f64, before: Seen, share: f64, now: Seen) -> f64 {
    let effective = |seen: Seen| seen.sessions * seen.sessions / seen.squares.max(f64::MIN_POSITIVE);
    let (n_before, n_now) = (effective(before), effective(now));
    let common = (former * n_before + share * n_now) / (n_before + n_now);
    let variance = common * (1.0 - common) * (1.0 / n_before + 1.0 / n_now);
    if variance > 0.0 { (share - former) / variance.sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(flag: &str, current: u8, n: u64) -> FlagRow {
        FlagRow {
            flag: flag.to_owned(),
            current,
            n,
            sessions: n as f64,
            squares: n as f64,
            first_nano: 7 + i64::from(current),
        }
    }

    fn names(rows: &[FlagRow]) -> Vec<String> {
        flag_changes(rows, 10).into_iter().map(|change| format!("{}={}", change.key, change.variant)).collect()
    }

    #[test]
    fn a_variant_that_was_rolled_out_is_named_and_the_one_it_replaced_is_not() {
        let rows = [row("cart=old", 0, 900), row("cart=new", 0, 100), row("cart=old", 1, 100), row("cart=new", 1, 300)];
        let [change] = flag_changes(&rows, 10).try_into().expect("one change");
        assert_eq!((change.key.as_str(), change.variant.as_str()), ("cart", "new"));
        assert_eq!((change.share, change.share_before, change.first_seen), (0.75, Some(0.1), None));
    }

    #[test]
    fn a_variant_nobody_had_seen_says_when_it_came() {
        let rows = [row("cart=old", 0, 1000), row("cart=old", 1, 100), row("cart=new", 1, 300)];
        let [change] = flag_changes(&rows, 10).try_into().expect("one change");
        assert_eq!((change.share_before, change.first_seen), (Some(0.0), Some(Time(8))));
    }

    #[test]
    fn a_flag_that_nobody_knew_has_no_share_before() {
        let [change] = flag_changes(&[row("cart=on", 1, 50)], 10).try_into().expect("one change");
        assert_eq!((change.share, change.share_before, change.first_seen), (1.0, None, Some(Time(8))));
    }

    #[test]
    fn chance_small_changes_and_few_sessions_are_not_named() {
        let split = |before: u64, now: u64, of: u64| {
            [row("a=x", 0, before), row("a=y", 0, 1000 - before), row("a=x", 1, now), row("a=y", 1, of - now)]
        };
        // Half before; 56 of 100 now is six hundredths more, which chance does often.
        assert_eq!(names(&split(500, 56, 100)), [""; 0]);
        assert_eq!(names(&split(500, 72, 100)), ["a=x"]);
        // Sure, and too small to matter.
        assert_eq!(names(&split(500, 53_000, 100_000)), [""; 0]);
        assert_eq!(names(&[row("a=x", 1, SESSIONS_MIN - 1)]), [""; 0]);
    }

    #[test]
    fn weights_make_fewer_sessions_of_them() {
        // A tenth of the sessions stand for ten each beside as many that stand for themselves.
        let heavy = |flag: &str, current: u8, n: u64| FlagRow { squares: 10.0 * n as f64, ..row(flag, current, n) };
        let rows = [heavy("a=x", 0, 500), heavy("a=y", 0, 500), heavy("a=x", 1, 72), heavy("a=y", 1, 28)];
        assert_eq!(names(&rows), [""; 0]);
    }

    #[test]
    fn flags_without_a_sign_or_with_many_are_whole() {
        let rows = [row("odd", 1, 50), row("a=b=c", 1, 50)];
        let changes = flag_changes(&rows, 10);
        let pairs: Vec<(&str, &str)> = changes.iter().map(|each| (each.key.as_str(), each.variant.as_str())).collect();
        assert_eq!(pairs, [("a", "b=c"), ("odd", "")]);
    }
}
