//! Served documents added up by what is known of whoever asked for them.

use std::collections::{BTreeMap, BTreeSet};

use super::{CoverageBy, CoverageRow, CoverageVisitor, ServedRow};
use crate::Dimension;
use crate::limits::COVERAGE_ROWS_MAX;
use crate::precision::{Interval, share_interval};
use crate::total::total;

/// Documents without any report after which a route is taken to have no agent: were half of its pages seen, so many would
/// all be missed once in a million.
const SILENT_MIN: u64 = 20;

#[derive(Debug)]
pub(super) struct Seen {
    pub visitor: CoverageVisitor,
    pub row: ServedRow,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub n: u64,
    pub served: f64,
    pub joined_n: u64,
    pub joined_served: f64,
    pub would: f64,
    pub variance: f64,
}

impl Seen {
    pub fn value(&self, dimension: Dimension) -> String {
        match dimension {
            Dimension::Browser => self.visitor.browser.to_owned(),
            Dimension::Device => self.visitor.device.to_owned(),
            Dimension::Country => self.row.country.clone(),
            Dimension::Network => self.row.network.clone(),
            _ => self.row.route.clone(),
        }
    }
}

pub(super) fn sum<'a>(seen: impl Iterator<Item = &'a Seen>) -> Sum {
    seen.fold(Sum::default(), |sum, Seen { row, .. }| Sum {
        n: sum.n + row.n,
        served: sum.served + row.served,
        joined_n: sum.joined_n + row.joined_n,
        joined_served: sum.joined_served + row.joined_served,
        would: sum.would + row.would,
        variance: sum.variance + row.variance,
    })
}

/// Documents of routes none of whose pages reported.
pub(super) fn not_instrumented(people: &[Seen]) -> f64 {
    let routes: BTreeSet<&str> = people.iter().map(|seen| seen.row.route.as_str()).collect();
    let of = |route: &&str| sum(people.iter().filter(|seen| seen.row.route == **route));
    let silent = routes.iter().map(of).filter(|sum| sum.joined_n == 0 && sum.n >= SILENT_MIN);
    total(silent.map(|sum| sum.served))
}

/// As a share of what people will be served, not only of this range: by Wilson, with fewer documents where sampling makes the
/// number that would report less sure.
pub(super) fn share_interval_of(sum: &Sum) -> Option<Interval> {
    let share = (sum.would / sum.served).clamp(0.0, 1.0);
    let of_visitors = share * (1.0 - share) / sum.n as f64;
    let of_sampling = sum.variance / (sum.served * sum.served);
    let n = if of_visitors > 0.0 { sum.n as f64 * of_visitors / (of_visitors + of_sampling) } else { sum.n as f64 };
    share_interval(share, n)
}

/// What people are told apart by: the network only where some service was told of it.
pub(super) fn dimensions(people: &[Seen]) -> impl Iterator<Item = Dimension> {
    let networks = people.iter().any(|seen| !seen.row.network.is_empty());
    [Dimension::Browser, Dimension::Device, Dimension::Country, Dimension::Network, Dimension::Route]
        .into_iter()
        .filter(move |dimension| *dimension != Dimension::Network || networks)
}

pub(super) fn by(people: &[Seen], dimension: Dimension) -> CoverageBy {
    let mut groups: BTreeMap<String, Vec<&Seen>> = BTreeMap::new();
    people.iter().for_each(|seen| groups.entry(seen.value(dimension)).or_default().push(seen));
    let row = |(value, seen): (String, Vec<&Seen>)| {
        let sum = sum(seen.into_iter());
        let interval = share_interval_of(&sum);
        CoverageRow {
            value,
            served: sum.served,
            n: sum.n,
            reported: sum.joined_served,
            share: (sum.would / sum.served).clamp(0.0, 1.0),
            share_low: interval.map(|interval| interval.low),
            share_high: interval.map(|interval| interval.high),
        }
    };
    let mut rows: Vec<CoverageRow> = groups.into_iter().map(row).collect();
    rows.sort_by(|a, b| b.served.total_cmp(&a.served).then(a.value.cmp(&b.value)));
    rows.truncate(COVERAGE_ROWS_MAX);
    CoverageBy { dimension, rows }
}
