//! The pieces of a chain by owner, in whole milliseconds that sum to the vital.

use std::collections::BTreeMap;

use super::owner::Owner;
use super::path::Piece;

const MILLI: i64 = 1_000_000;

/// What each owner took, largest first, with the exact nanoseconds. The milliseconds are rounded so that they sum to the
/// rounded vital: each is cut, and those that lost most get what is missing (the method of largest remainders).
pub(crate) fn ledger(pieces: &[Piece]) -> Vec<(Owner, i64, u64)> {
    let mut by_owner: BTreeMap<&Owner, i64> = BTreeMap::new();
    for piece in pieces {
        *by_owner.entry(&piece.owner).or_default() += piece.to - piece.from;
    }
    let total: i64 = by_owner.values().sum();
    let mut lines: Vec<(Owner, i64, u64)> =
        by_owner.into_iter().map(|(owner, nanos)| (owner.clone(), nanos, (nanos / MILLI) as u64)).collect();
    let given: u64 = lines.iter().map(|line| line.2).sum();
    lines.sort_by_key(|line| std::cmp::Reverse(line.1 % MILLI));
    for line in lines.iter_mut().take((whole(total) - given) as usize) {
        line.2 += 1;
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.1));
    lines
}

/// Nanoseconds as whole milliseconds, halves upwards.
pub(crate) fn whole(nanos: i64) -> u64 {
    ((nanos.max(0) + MILLI / 2) / MILLI) as u64
}
