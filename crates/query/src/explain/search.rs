//! The smallest cohort that explains a change.
//!
//! A cohort is a value for some dimensions. If just its views became slower, the square of its z is larger than that of any
//! cohort that holds more (they dilute it) or less (they know less of it): so the one with the largest square is chosen, as
//! scan statistics do (Kulldorff, "A spatial scan statistic", 1997), and a further dimension must pay for itself. A cohort
//! counts only when it has enough sessions, is slower by enough, and is further off than chance brings any of all that were
//! looked at (Bonferroni: one false explanation is one too many, so not the share of false ones is bounded but their number).
//! Then its views are taken out, and the rest is searched again: what was only a symptom is unchanged there.
//!
//! A fault may meet several values of one dimension, as a region has several countries: see `sets.rs`.

use std::collections::{HashMap, HashSet};

use super::cells::{ANY, Cell, DIMENSIONS, Group, OTHER, Values, belongs};
use super::contrast::{Contrast, Finding, Noise, upper_tail};
use super::sets;
use crate::limits::{EXPLAIN_COHORTS_MAX, EXPLAIN_DIMENSIONS_MAX, EXPLAIN_EXTENDED_MAX};

/// Sessions that a cohort must have in the window, and in what it is compared with.
pub(crate) const SESSIONS_MIN: f64 = 30.0;
/// The least shift of the score that anybody would call slower.
pub(crate) const SHIFT_MIN: f64 = 0.04;
/// In how many searches of a world without faults chance alone may pass.
const FALSE_SHARE: f64 = 0.01;
/// What the z of a cohort must be when days are known to differ: there are few of them, so this is far.
const Z_OF_DAYS_MIN: f64 = 3.0;
/// What the square of z must gain for each dimension of a cohort: about twice the logarithm of the values to choose from,
/// because so many others might have been better by chance.
const DIMENSION_PRICE: f64 = 8.0;
/// A cohort with one dimension less is preferred when it takes nearly as much away.
const DIMENSION_KEEPS: f64 = 0.93;

/// A cohort that became slower by itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cohort {
    pub group: Group,
    pub finding: Finding,
    pub sessions: f64,
    pub views: f64,
    /// Cohorts of one value that look slower only because this one is part of them.
    pub symptoms: Vec<Values>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Search {
    /// The first explains most.
    pub cohorts: Vec<Cohort>,
    /// Cohorts of one value that had enough sessions and are not slower, with what was left after the above.
    pub unchanged: Vec<(Values, Finding)>,
    /// How many cohorts were looked at.
    pub tested: usize,
}

pub(crate) fn search(cells: &[Cell]) -> Search {
    let mut rest: Vec<(Values, Contrast)> =
        cells.iter().filter_map(|cell| Some((cell.values, Contrast::of(cell)?))).collect();
    let mut found = Search { cohorts: Vec::new(), unchanged: Vec::new(), tested: 0 };
    let mut before: Option<Vec<Candidate>> = None;
    loop {
        let candidates = candidates(&rest);
        found.tested = found.tested.max(candidates.len());
        if let (Some(before), Some(cohort)) = (&before, found.cohorts.last_mut()) {
            cohort.symptoms = symptoms(&cohort.group, before, &candidates);
        }
        let best = (found.cohorts.len() < EXPLAIN_COHORTS_MAX).then(|| best(&candidates)).flatten();
        let Some(best) = best else {
            found.unchanged = unchanged(&candidates);
            return found;
        };
        rest.retain(|(values, _)| !best.group.has(values));
        found.cohorts.push(Cohort {
            group: best.group,
            finding: best.finding,
            sessions: best.sessions,
            views: best.views,
            symptoms: Vec::new(),
        });
        before = Some(candidates);
    }
}

#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub group: Group,
    pub finding: Finding,
    sessions: f64,
    views: f64,
    /// How many like it could have been made: 1, but for sets.
    pub chances: f64,
}

impl Candidate {
    pub fn of(group: Group, contrast: &Contrast, noise: Noise) -> Option<Self> {
        let enough = contrast.sessions >= SESSIONS_MIN && contrast.sessions_before >= SESSIONS_MIN;
        let finding = contrast.finding(noise).filter(|_| enough)?;
        Some(Self { group, finding, sessions: contrast.sessions, views: contrast.views, chances: 1.0 })
    }

    /// By sessions there are as many chances as cohorts; by days there is one, because a good day is one for all.
    fn passes(&self, tested: usize) -> bool {
        let limit = limit(tested as f64 * self.chances);
        self.finding.z_of_sessions >= limit && self.finding.z >= Z_OF_DAYS_MIN && self.finding.shift >= SHIFT_MIN
    }

    fn dimensions(&self) -> usize {
        self.group.dimensions()
    }

    /// Each dimension has its price, and each further value of a set.
    pub fn worth(&self) -> f64 {
        let dimensions = self.dimensions();
        let further = self.group.set.as_ref().map_or(0, |set| set.values.len() - 1);
        self.finding.gain * DIMENSION_KEEPS.powi(dimensions as i32) - DIMENSION_PRICE * (dimensions + further) as f64
    }
}

/// All cohorts of up to two dimensions, and the best of those with a dimension more, step by step: so their number does not
/// grow with that of the cells.
fn candidates(cells: &[(Values, Contrast)]) -> Vec<Candidate> {
    let mut sums: HashMap<Values, Contrast> = HashMap::new();
    for (values, contrast) in cells {
        let mut add = |cohort: Values| sums.entry(cohort).or_default().add(contrast);
        add([ANY; DIMENSIONS]);
        for first in (0..DIMENSIONS).filter(|&first| values[first] != OTHER) {
            let one = with([ANY; DIMENSIONS], values, first);
            add(one);
            let named = (first + 1..DIMENSIONS).filter(|&second| values[second] != OTHER);
            named.for_each(|second| add(with(one, values, second)));
        }
    }
    let noise = noise(&sums);
    let listed = |sums: HashMap<Values, Contrast>| {
        sums.into_iter().filter_map(|(values, sums)| Candidate::of(Group::of(values), &sums, noise))
    };
    let sets = sets::candidates(&sums, noise);
    let mut all: Vec<Candidate> = listed(sums).collect();
    sort(&mut all);
    for dimensions in 3..=EXPLAIN_DIMENSIONS_MAX {
        let narrow =
            all.iter().filter(|candidate| candidate.dimensions() == dimensions - 1 && candidate.finding.shift > 0.0);
        let parents: Vec<Values> = narrow.take(EXPLAIN_EXTENDED_MAX).map(|candidate| candidate.group.values).collect();
        let mut sums: HashMap<Values, Contrast> = HashMap::new();
        for (values, contrast) in cells {
            let mut seen: Vec<Values> = Vec::new();
            for parent in parents.iter().filter(|parent| belongs(values, parent)) {
                for dimension in
                    (0..DIMENSIONS).filter(|&dimension| parent[dimension] == ANY && values[dimension] != OTHER)
                {
                    let cohort = with(*parent, values, dimension);
                    // Two parents can have one child.
                    if !seen.contains(&cohort) {
                        sums.entry(cohort).or_default().add(contrast);
                        seen.push(cohort);
                    }
                }
            }
        }
        all.extend(listed(sums));
        sort(&mut all);
    }
    all.extend(sets);
    sort(&mut all);
    all
}

/// The middle cohort says how much more scores vary from day to day than cells let expect.
fn noise(cohorts: &HashMap<Values, Contrast>) -> Noise {
    let enough = |contrast: &&Contrast| contrast.sessions_before >= SESSIONS_MIN;
    let mut beyond: Vec<f64> = cohorts.values().filter(enough).filter_map(Contrast::beyond).collect();
    beyond.sort_unstable_by(f64::total_cmp);
    let overall = cohorts.get(&[ANY; DIMENSIONS]).map_or(1.0, Contrast::of_session);
    // The median of a chi-squared divided by its 6 degrees of freedom is 0.89.
    let middle = beyond.get(beyond.len() / 2).map_or(1.0, |middle| middle / 0.89);
    Noise { of_session: overall, beyond: middle.max(1.0) }
}

fn with(mut cohort: Values, values: &Values, dimension: usize) -> Values {
    cohort[dimension] = values[dimension];
    cohort
}

/// The best first; those that are worth as much in an order that does not depend on chance.
fn sort(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.worth().total_cmp(&a.worth()).then(a.group.cmp(&b.group)));
}

/// The cohort that takes most of the differences away, if it can be believed. When it cannot, a lesser one cannot either: it
/// was only luckier. Only a set, of which many could have been made, leaves the word to the next.
fn best(candidates: &[Candidate]) -> Option<Candidate> {
    let slower = candidates.iter().filter(|candidate| candidate.finding.shift > 0.0);
    let believed = |candidate: &Candidate| candidate.passes(candidates.len());
    let mut decisive = slower.skip_while(|candidate| candidate.group.set.is_some() && !believed(candidate));
    decisive.next().filter(|best| believed(best)).cloned()
}

/// The z that nothing reaches by chance among so many, but in `FALSE_SHARE` of all searches.
fn limit(tested: f64) -> f64 {
    let (mut low, mut high) = (0.0, 20.0);
    for _ in 0..50 {
        let middle = (low + high) / 2.0;
        if upper_tail(middle) * tested > FALSE_SHARE { low = middle } else { high = middle }
    }
    high
}

/// Cohorts of one value that passed, and no longer do now that the cohort which shares views with them is taken out.
fn symptoms(cohort: &Group, before: &[Candidate], after: &[Candidate]) -> Vec<Values> {
    let passed = |candidates: &[Candidate]| -> Vec<Values> {
        let single = |candidate: &&Candidate| candidate.dimensions() == 1 && candidate.group.set.is_none();
        let passed = candidates.iter().filter(single).filter(|candidate| candidate.passes(before.len()));
        passed.map(|candidate| candidate.group.values).collect()
    };
    let still: HashSet<Values> = passed(after).into_iter().collect();
    // A value that makes up the whole cohort, or one of its set, is the cohort itself.
    let itself = |values: &Values| cohort.dimensions() == 1 && cohort.named().all(|(place, _)| values[place] != ANY);
    passed(before).into_iter().filter(|values| !itself(values) && !still.contains(values)).collect()
}

fn unchanged(candidates: &[Candidate]) -> Vec<(Values, Finding)> {
    let same = |candidate: &&Candidate| {
        candidate.dimensions() == 1 && candidate.group.set.is_none() && !candidate.passes(candidates.len())
    };
    let mut same: Vec<&Candidate> = candidates.iter().filter(same).collect();
    same.sort_by(|a, b| b.sessions.total_cmp(&a.sessions).then(a.group.cmp(&b.group)));
    same.into_iter().map(|candidate| (candidate.group.values, candidate.finding)).collect()
}

#[cfg(test)]
#[path = "worlds.rs"]
mod worlds;
