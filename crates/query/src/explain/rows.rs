//! The rows of the search, and the cells that are made of them.

use std::collections::BTreeMap;

use clickhouse::Row;
use serde::Deserialize;

use super::cells::{Cell, DIMENSIONS, OTHER, Sums, Values};

#[derive(Debug, Default, Row, Deserialize)]
pub(super) struct GridRow {
    pub grid: Vec<f64>,
    pub views_before: u64,
    /// By dimension, the most frequent values first.
    pub values: Vec<Vec<String>>,
}

#[derive(Debug, Row, Deserialize)]
pub(super) struct CellRow {
    /// Numbers of values counted from 1; 0 is any other value.
    pub keys: Vec<u64>,
    pub period: u8,
    pub sessions: u64,
    pub a: f64,
    pub b: f64,
    pub aa: f64,
    pub ab: f64,
    pub bb: f64,
}

#[derive(Debug, Row, Deserialize)]
pub(super) struct CohortRow {
    pub current: u8,
    pub p75: f64,
    pub views: f64,
    pub sessions: f64,
    pub users: u64,
    /// Session, view, trace, value.
    pub samples: Vec<(String, String, String, f64)>,
}

#[derive(Debug, Row, Deserialize)]
pub(super) struct StepRow {
    pub step: i64,
    pub views: f64,
    pub slow: f64,
}

/// The place of the release among a cell's values.
const RELEASE: usize = 4;

pub(super) fn cells(rows: &[CellRow], periods: usize) -> Vec<Cell> {
    let mut cells: BTreeMap<Values, Vec<Sums>> = BTreeMap::new();
    for row in rows {
        let number = |place: usize| row.keys.get(place).copied().unwrap_or(0);
        let values: Values = std::array::from_fn(|place| match number(place) {
            0 => OTHER,
            number => (number - 1) as u16,
        });
        let sums = Sums { sessions: row.sessions as f64, a: row.a, b: row.b, aa: row.aa, ab: row.ab, bb: row.bb };
        let cell = cells.entry(values).or_insert_with(|| vec![Sums::default(); periods]);
        if let Some(period) = cell.get_mut(usize::from(row.period)) {
            *period += sums;
        }
    }
    compare_new_releases(&mut cells);
    cells.into_iter().map(|(values, periods)| Cell { values, periods }).collect()
}

/// A release that was not there before has nothing of its own to be compared with: it is compared with whatever the same
/// visitors had before it.
fn compare_new_releases(cells: &mut BTreeMap<Values, Vec<Sums>>) {
    let mut before: BTreeMap<u16, f64> = BTreeMap::new();
    let mut former: BTreeMap<Values, Vec<Sums>> = BTreeMap::new();
    for (values, periods) in cells.iter() {
        *before.entry(values[RELEASE]).or_default() += periods.iter().skip(1).map(|sums| sums.b).sum::<f64>();
        let all = former.entry(without_release(values)).or_insert_with(|| vec![Sums::default(); periods.len()]);
        all.iter_mut().zip(periods).for_each(|(all, sums)| *all += *sums);
    }
    for (values, periods) in cells.iter_mut().filter(|(values, _)| before[&values[RELEASE]] == 0.0) {
        let all = &former[&without_release(values)];
        periods.iter_mut().zip(all).skip(1).for_each(|(sums, all)| *sums = *all);
    }
}

fn without_release(values: &Values) -> Values {
    let mut values = *values;
    values[RELEASE] = 0;
    values
}

const _: () = assert!(RELEASE < DIMENSIONS);

#[cfg(test)]
mod tests {
    use super::super::cells::{ANY, Group};
    use super::super::search::search;
    use super::*;

    fn row(release: u64, country: u64, period: u8, score: f64) -> CellRow {
        let mut sums = Sums::default();
        (0..200).for_each(|number| sums.add_session(score + f64::from(number % 5) / 50.0, 1.0));
        let Sums { a, b, aa, ab, bb, .. } = sums;
        CellRow { keys: vec![1, country, 1, 1, release, 1], period, sessions: 200, a, b, aa, ab, bb }
    }

    #[test]
    fn a_bad_release_is_compared_with_the_one_before_it() {
        let mut rows = Vec::new();
        for country in 1..=2 {
            rows.extend((1..=7).map(|period| row(1, country, period, 0.3)));
            rows.extend([row(1, country, 0, 0.3), row(2, country, 0, 0.6)]);
        }
        let found = search(&cells(&rows, 8));
        let mut release: Values = [ANY; DIMENSIONS];
        release[RELEASE] = 1;
        assert_eq!(found.cohorts.iter().map(|cohort| cohort.group.clone()).collect::<Vec<_>>(), [Group::of(release)]);
        assert!((found.cohorts[0].finding.shift - 0.3).abs() < 1e-9);
    }
}
