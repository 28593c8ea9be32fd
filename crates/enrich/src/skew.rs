//! How far the clock of a sender is off, solved for its session: one request alone cannot tell a wrong clock from a long way.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use limen_model::received::ReceivedBatch;
use limen_model::{AppId, Attributes, attributes as names};

use crate::limits::{SKEW_NANO_MIN, SKEW_SESSIONS_MAX, SKEW_STEP_NANO};
use limen_model::StableHash;

/// The corrections of the sessions that were heard of last. Older ones are forgotten by halves.
#[derive(Default)]
pub(crate) struct Skews(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<u64, i64>,
    old: HashMap<u64, i64>,
}

impl Skews {
    /// What is to be added to the times of a request, in nanoseconds. `sent` is the sender's clock when it sent it, if it told.
    pub fn solve(
        &self,
        app: &AppId,
        batch: &ReceivedBatch<'_>,
        received_unix_nano: i64,
        sent_unix_milli: Option<i64>,
    ) -> i64 {
        let sent = sent_unix_milli.map(|milli| milli.saturating_mul(1_000_000));
        let observed = sent.map(|sent| received_unix_nano.saturating_sub(sent));
        let Some(session) = session_of(batch) else {
            return correction(None, observed);
        };
        let session = StableHash::new().text(app.as_str()).text(session).finish();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).solve(session, observed)
    }
}

impl Generations {
    fn solve(&mut self, session: u64, observed: Option<i64>) -> i64 {
        let known = self.young.get(&session).or_else(|| self.old.get(&session)).copied();
        let solved = correction(known, observed);
        // Who never tells the time has nothing to remember.
        if known.is_some() || observed.is_some() {
            if self.young.len() >= SKEW_SESSIONS_MAX / 2 && !self.young.contains_key(&session) {
                self.old = std::mem::take(&mut self.young);
            }
            self.young.insert(session, solved);
        }
        solved
    }
}

/// A way takes time, so what was sent seems older than it is, never younger. A session whose correction is known keeps it
/// while what is observed can be explained by the way: a batch that was tried again or waited offline moves no times. It gets
/// another one when its clock is further ahead than was known, or plainly right.
fn correction(known: Option<i64>, observed: Option<i64>) -> i64 {
    match (known, observed) {
        (known, None) => known.unwrap_or(0),
        (None, Some(observed)) => in_steps(observed),
        (Some(known), Some(observed)) => {
            let rest = observed.saturating_sub(known);
            let right = observed.saturating_abs() < SKEW_NANO_MIN;
            if rest.saturating_abs() >= SKEW_STEP_NANO && (rest < 0 || right) { in_steps(observed) } else { known }
        }
    }
}

/// A sender whose clock is plainly wrong is corrected by whole steps. The state of a view and a retried event are
/// recognised by their times among others, so two requests of one sender must find the same correction although
/// their delays differ by seconds, and although the session may have been forgotten between them.
fn in_steps(skew: i64) -> i64 {
    if skew.saturating_abs() < SKEW_NANO_MIN {
        return 0;
    }
    skew.saturating_add(skew.signum() * SKEW_STEP_NANO / 2) / SKEW_STEP_NANO * SKEW_STEP_NANO
}

/// The first session that the batch names. All its records are of one device, whose clock is one.
fn session_of<'b>(batch: &'b ReceivedBatch<'_>) -> Option<&'b str> {
    let of = |attributes: &'b Attributes<'_>| attributes.text(names::SESSION_ID).filter(|session| !session.is_empty());
    let logs = batch.logs.iter().find_map(|group| {
        of(&group.resource).or_else(|| group.records.iter().find_map(|record| of(&record.attributes)))
    });
    logs.or_else(|| {
        batch.spans.iter().find_map(|group| {
            of(&group.resource).or_else(|| group.records.iter().find_map(|span| of(&span.attributes)))
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECOND: i64 = 1_000_000_000;
    const HOUR: i64 = 3600 * SECOND;

    #[test]
    fn a_clock_a_little_off_is_left_alone() {
        for seconds in [-200, 0, 30, 299] {
            assert_eq!(correction(None, Some(seconds * SECOND)), 0, "{seconds}");
        }
        assert_eq!(correction(None, None), 0);
    }

    #[test]
    fn a_clock_that_is_hours_off_is_corrected_and_equally_so_after_another_delay() {
        assert_eq!(correction(None, Some(3 * HOUR + SECOND)), 3 * HOUR);
        assert_eq!(correction(None, Some(3 * HOUR + 9 * SECOND)), 3 * HOUR);
        assert_eq!(correction(None, Some(-3 * HOUR)), -3 * HOUR);
    }

    #[test]
    fn a_batch_that_comes_late_moves_no_times() {
        assert_eq!(correction(Some(0), Some(5 * HOUR)), 0);
        assert_eq!(correction(Some(3 * HOUR), Some(8 * HOUR)), 3 * HOUR);
        assert_eq!(correction(Some(3 * HOUR), None), 3 * HOUR, "a collector that passes it on tells no time");
    }

    #[test]
    fn a_clock_that_is_set_right_is_right_from_then_on() {
        assert_eq!(correction(Some(-3 * HOUR), Some(2 * SECOND)), 0);
        assert_eq!(correction(Some(3 * HOUR), Some(2 * SECOND)), 0);
        assert_eq!(correction(Some(0), Some(-3 * HOUR)), -3 * HOUR, "nothing arrives before it was sent");
    }

    #[test]
    fn sessions_that_were_heard_of_lately_are_remembered_and_the_others_are_bounded() {
        let mut generations = Generations::default();
        generations.solve(0, Some(3 * HOUR));
        for session in 1..=2 * SKEW_SESSIONS_MAX as u64 {
            generations.solve(session, Some(0));
            assert_eq!(generations.solve(0, None), 3 * HOUR);
        }
        assert!(generations.young.len() + generations.old.len() <= SKEW_SESSIONS_MAX);
        assert_eq!(generations.solve(1, None), 0);
        assert_eq!(generations.solve(u64::MAX, None), 0);
        assert!(!generations.young.contains_key(&u64::MAX));
    }

    proptest! {
        #[test]
        fn whatever_the_delays_all_requests_of_a_session_are_corrected_alike(
            skew in -48 * HOUR..48 * HOUR,
            first in 0..20 * SECOND,
            delays in prop::collection::vec(0..72 * HOUR, 1..20),
        ) {
            let mut generations = Generations::default();
            let expected = generations.solve(7, Some(skew + first));
            prop_assert!((skew - expected).abs() <= SKEW_STEP_NANO);
            // A way that is as long as the clock is ahead looks like no way and a right clock.
            for delay in delays.into_iter().filter(|delay| (skew + delay).abs() >= SKEW_NANO_MIN) {
                prop_assert_eq!(generations.solve(7, Some(skew + delay)), expected, "{}", delay);
            }
        }

        #[test]
        fn no_time_overflows(known in any::<Option<i64>>(), observed in any::<Option<i64>>()) {
            correction(known, observed);
        }
    }
}
