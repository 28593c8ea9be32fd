//! Cohorts of several values of one dimension: the countries of a region, the versions since a change.
//!
//! Of the values below one cohort, the ones that together take most of the differences away are always the first few by their
//! shift, so no other subset has to be looked at (linear-time subset scanning: Neill, "Fast subset scan for spatial pattern
//! detection", Journal of the Royal Statistical Society B, 2012). Each member must be slower by itself; and because any other
//! subset of as many might have come out, a set must be as far off as the best of all of those would be by chance.

use std::collections::HashMap;

use super::cells::{ANY, DIMENSIONS, Group, OTHER, Set, Values};
use super::contrast::{Contrast, Noise};
use super::search::{Candidate, SHIFT_MIN};
use crate::limits::EXPLAIN_SET_MAX;

/// How far off each member must be by itself: about one in a thousand by chance.
const MEMBER_Z: f64 = 3.0;

/// For each cohort of no or one value, and each other dimension, the best set of two or more of its values. `sums` holds the
/// cohorts of up to two dimensions.
pub(super) fn candidates(sums: &HashMap<Values, Contrast>, noise: Noise) -> Vec<Candidate> {
    let mut families: HashMap<(Values, usize), Vec<(u16, &Contrast)>> = HashMap::new();
    for (values, contrast) in sums {
        for dimension in (0..DIMENSIONS).filter(|&dimension| ![ANY, OTHER].contains(&values[dimension])) {
            let mut parent = *values;
            parent[dimension] = ANY;
            families.entry((parent, dimension)).or_default().push((values[dimension], contrast));
        }
    }
    families.iter().filter_map(|((parent, dimension), members)| best(*parent, *dimension, members, noise)).collect()
}

fn best(parent: Values, dimension: usize, family: &[(u16, &Contrast)], noise: Noise) -> Option<Candidate> {
    let slower = |(value, contrast): &(u16, &Contrast)| {
        let mut values = parent;
        values[dimension] = *value;
        let finding = Candidate::of(Group::of(values), contrast, noise)?.finding;
        (finding.z_of_sessions >= MEMBER_Z && finding.shift >= SHIFT_MIN).then_some(finding.shift)
    };
    let mut members: Vec<(f64, u16, &Contrast)> =
        family.iter().filter_map(|member| Some((slower(member)?, member.0, member.1))).collect();
    members.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (mut sums, mut values) = (Contrast::default(), Vec::new());
    let mut found: Option<Candidate> = None;
    // A set of all of a family is the parent itself, in more words.
    for (_, value, contrast) in members.into_iter().take(EXPLAIN_SET_MAX.min(family.len().saturating_sub(1))) {
        sums.add(contrast);
        values.push(value);
        if values.len() < 2 {
            continue;
        }
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let group = Group { values: parent, set: Some(Set { dimension, values: sorted }) };
        let Some(mut candidate) = Candidate::of(group, &sums, noise) else { continue };
        candidate.chances = choose(family.len(), values.len());
        if found.as_ref().is_none_or(|best| candidate.worth() > best.worth()) {
            found = Some(candidate);
        }
    }
    found
}

/// How many subsets of so many there are.
fn choose(of: usize, many: usize) -> f64 {
    (0..many).fold(1.0, |product, taken| product * (of - taken) as f64 / (taken + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsets_are_counted_as_in_pascals_triangle() {
        assert_eq!([choose(5, 0), choose(5, 2), choose(24, 3), choose(4, 4)], [1.0, 10.0, 2024.0, 1.0]);
    }
}
