//! How many different routes an application may have in a day: what comes beyond is one of `other`, so that no sender can make
//! up routes without end.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use limen_model::enriched::EnrichedBatch;
use limen_model::{AppId, Text};

use crate::rules::Rules;
use limen_model::StableHash;

const DAY_NANO: i64 = 24 * 3600 * 1_000_000_000;

/// What stands in the row instead.
pub(crate) const OTHER: &str = "other";

/// The routes of all applications.
#[derive(Default)]
pub(crate) struct Crowds(Mutex<HashMap<AppId, Crowd>>);

/// Those of one application, as hashes. Those of the day before stay known, so that nobody can push them out.
#[derive(Default)]
struct Crowd {
    day: i64,
    today: HashSet<u64>,
    before: HashSet<u64>,
}

impl Crowds {
    /// Puts the routes that are too many under `other`; the number of rows whose route was changed.
    pub fn bound(&self, rows: &mut EnrichedBatch<'_>, rules: &Rules) -> u64 {
        let day = rows.received_unix_nano.div_euclid(DAY_NANO);
        let mut crowds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let crowd = crowds.entry(rows.app.clone()).or_default();
        crowd.turn_to(day);
        let mut changed = 0;
        let views = rows.views.iter_mut().map(|view| &mut view.route);
        let events = rows.events.iter_mut().map(|event| &mut event.route);
        let spans = rows.spans.iter_mut().map(|span| &mut span.route);
        for route in views.chain(events).chain(spans) {
            if !crowd.admits(route, rules) {
                *route = Text::from(OTHER);
                changed += 1;
            }
        }
        changed
    }
}

impl Crowd {
    /// A request that was received before midnight and is looked at after it belongs to the new day.
    fn turn_to(&mut self, day: i64) {
        if day <= self.day {
            return;
        }
        let past = std::mem::take(&mut self.today);
        self.before = if day == self.day + 1 { past } else { HashSet::new() };
        self.day = day;
    }

    fn admits(&mut self, route: &str, rules: &Rules) -> bool {
        if route.is_empty() || route == OTHER {
            return true;
        }
        let hash = StableHash::new().text(route).finish();
        if self.today.contains(&hash) {
            return true;
        }
        let known = self.before.contains(&hash) || rules.wrote(route);
        if known || self.today.len() < rules.routes_a_day {
            self.today.insert(hash);
            return true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(max: usize) -> Rules {
        Rules::read([("/own", "/own")], Some(max), []).expect("rules")
    }

    #[test]
    fn beyond_the_limit_only_what_is_known_is_kept_apart() {
        let (mut crowd, rules) = (Crowd::default(), rules(2));
        crowd.turn_to(1);
        assert!(crowd.admits("/a", &rules) && crowd.admits("/b", &rules) && crowd.admits("/a", &rules));
        assert!(!crowd.admits("/c", &rules));
        assert!(crowd.admits("/own", &rules), "the user wrote it");
        assert!(crowd.admits("", &rules) && crowd.admits(OTHER, &rules));
    }

    #[test]
    fn the_next_day_has_room_again_and_the_routes_of_yesterday_cannot_be_pushed_out() {
        let (mut crowd, rules) = (Crowd::default(), rules(2));
        crowd.turn_to(1);
        assert!(crowd.admits("/a", &rules));
        crowd.turn_to(2);
        assert!(crowd.admits("/x", &rules) && crowd.admits("/y", &rules) && !crowd.admits("/z", &rules));
        assert!(crowd.admits("/a", &rules), "it was there yesterday");
        crowd.turn_to(1);
        assert!(!crowd.admits("/z", &rules), "the clock does not go back");
        crowd.turn_to(4);
        assert!(crowd.admits("/z", &rules) && crowd.admits("/y", &rules) && !crowd.admits("/a", &rules));
    }
}
