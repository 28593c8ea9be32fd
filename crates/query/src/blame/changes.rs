//! The ledgers of two populations beside each other, as of a cohort now and before.
//!
//! A p75 is not a sum over owners, but single views are: so the views between the 70th and the 80th percentile stand for it,
//! some of them drawn by the hash of their ids, and their ledgers are averaged. This is the form of the derivative of a
//! quantile by its parts, E[part | sum = quantile] (Tasche, "Risk contributions and performance measurement", 1999), taken
//! over a window of ranks. The intervals are from the bootstrap over views (Efron, 1979).

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{BlameAnswer, Owner};

/// Draws of the bootstrap.
const DRAWS: usize = 400;

/// What one owner takes of the views near the p75, before and now, in milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OwnerChange {
    pub owner: Owner,
    pub before: f64,
    pub now: f64,
    pub change: f64,
    /// The 95 % interval of the change.
    pub change_low: f64,
    pub change_high: f64,
}

/// By owner, those that changed most first; empty when one side has no views that can be divided.
pub(crate) fn changes(before: &[BlameAnswer], now: &[BlameAnswer]) -> Vec<OwnerChange> {
    if before.is_empty() || now.is_empty() {
        return Vec::new();
    }
    let mut owners: BTreeMap<&Owner, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    let sides = before.iter().map(|view| (view, false)).chain(now.iter().map(|view| (view, true)));
    let places = [before.len(), now.len()];
    for (number, (view, current)) in sides.enumerate() {
        for line in &view.ledger {
            let (old, new) = owners.entry(&line.owner).or_insert_with(|| (vec![0.0; places[0]], vec![0.0; places[1]]));
            match current {
                true => new[number - places[0]] = line.millis as f64,
                false => old[number] = line.millis as f64,
            }
        }
    }
    let mut changes: Vec<OwnerChange> =
        owners.into_iter().map(|(owner, (old, new))| change(owner, &old, &new)).collect();
    changes.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()).then(a.owner.cmp(&b.owner)));
    changes
}

fn change(owner: &Owner, old: &[f64], new: &[f64]) -> OwnerChange {
    let centre = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    // The same seed each time: an answer that is asked for again is the same.
    let mut state = 1_u64;
    let mut draw = |values: &[f64]| {
        let drawn = values.iter().map(|_| values[(next(&mut state) % values.len() as u64) as usize]);
        drawn.sum::<f64>() / values.len() as f64
    };
    let mut draws: Vec<f64> = (0..DRAWS).map(|_| draw(new) - draw(old)).collect();
    draws.sort_unstable_by(f64::total_cmp);
    let (before, now) = (centre(old), centre(new));
    OwnerChange {
        owner: owner.clone(),
        before,
        now,
        change: now - before,
        change_low: draws[DRAWS / 40],
        change_high: draws[DRAWS - 1 - DRAWS / 40],
    }
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BlamedVital, LedgerLine, OwnerKind, Time};

    fn view(gateway: u64, network: u64) -> BlameAnswer {
        let line = |kind, millis| LedgerLine { owner: Owner { kind, name: String::new() }, millis, share: 0.0 };
        BlameAnswer {
            session_id: String::new(),
            view_id: String::new(),
            vital: Some(BlamedVital::Lcp),
            start: Time(0),
            total: gateway + network,
            ledger: vec![line(OwnerKind::Gateway, gateway), line(OwnerKind::Network, network)],
            pieces: Vec::new(),
            clocks: Vec::new(),
            clock_error: 0.0,
            missing: Vec::new(),
        }
    }

    #[test]
    fn the_owner_that_changed_comes_first_and_the_other_is_unchanged_within_its_interval() {
        let before: Vec<BlameAnswer> = (0..12).map(|number| view(100 + number, 50 + number % 3)).collect();
        let now: Vec<BlameAnswer> = (0..12).map(|number| view(1000 + number, 50 + (number + 1) % 3)).collect();
        let changes = changes(&before, &now);
        assert_eq!((changes[0].owner.kind, changes[0].change), (OwnerKind::Gateway, 900.0));
        assert!(changes[0].change_low > 890.0 && changes[0].change_high < 910.0, "{:?}", changes[0]);
        assert!(changes[1].change_low <= 0.0 && changes[1].change_high >= 0.0, "{:?}", changes[1]);
    }

    #[test]
    fn without_views_to_compare_with_no_owner_has_changed() {
        assert_eq!(changes(&[], &[view(1, 1)]), []);
    }
}
