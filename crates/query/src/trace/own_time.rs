//! How long each service itself worked: the time of its spans that none of their children covers.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::spans::SpanRow;
use super::tree::Tree;
use crate::time::millis;

/// What one service did in a trace.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ServiceTime {
    /// `service.name`; empty when the sender gave none.
    pub name: String,
    pub spans: u64,
    /// Time of its spans not covered by their children, in milliseconds. Spans that run side by side each count.
    pub own_time: f64,
}

pub(super) fn by_service(tree: &Tree, spans: &[SpanRow]) -> Vec<ServiceTime> {
    let mut children: Vec<Vec<(i64, i64)>> = vec![Vec::new(); spans.len()];
    for place in &tree.places {
        if let Some(parent) = place.parent {
            children[parent].push((spans[place.span].start().0, spans[place.span].end().0));
        }
    }
    let mut services: Vec<ServiceTime> = Vec::new();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for place in &tree.places {
        let span = &spans[place.span];
        let own = uncovered(span.start().0, span.end().0, &mut children[place.span]);
        let index = *by_name.entry(&span.service).or_insert_with(|| {
            services.push(ServiceTime { name: span.service.clone(), spans: 0, own_time: 0.0 });
            services.len() - 1
        });
        services[index].spans += 1;
        services[index].own_time += millis(own.into());
    }
    services
}

/// Nanoseconds of `start..end` that lie in none of the intervals, which may overlap and reach beyond it.
fn uncovered(start: i64, end: i64, intervals: &mut [(i64, i64)]) -> i64 {
    intervals.sort_unstable();
    let (mut uncovered, mut covered_to) = (0_i64, start);
    for &(from, to) in intervals.iter() {
        let from = from.clamp(start, end);
        uncovered = uncovered.saturating_add((from.saturating_sub(covered_to)).max(0));
        covered_to = covered_to.max(to.min(end));
    }
    uncovered.saturating_add(end.saturating_sub(covered_to).max(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn children_that_overlap_cover_their_union() {
        assert_eq!(uncovered(0, 100, &mut [(10, 40), (30, 60)]), 50);
        assert_eq!(uncovered(0, 100, &mut [(10, 90), (20, 30)]), 20);
        assert_eq!(uncovered(0, 100, &mut []), 100);
    }

    #[test]
    fn what_reaches_beyond_the_span_is_cut_off() {
        assert_eq!(uncovered(0, 100, &mut [(-50, 20), (90, 500)]), 70);
        assert_eq!(uncovered(0, 100, &mut [(200, 300), (-9, -5)]), 100);
    }

    proptest! {
        #[test]
        fn agrees_with_counting_every_moment(
            length in 0..60_i64,
            mut intervals in proptest::collection::vec((-20..80_i64, 0..40_i64).prop_map(|(from, length)| (from, from + length)), 0..8),
        ) {
            let free = (0..length).filter(|moment| !intervals.iter().any(|(from, to)| (from..to).contains(&moment)));
            let expected = free.count() as i64;
            prop_assert_eq!(uncovered(0, length, &mut intervals), expected);
        }
    }
}
