//! Where a record lies in time: missing times filled, wrong clocks corrected, impossible times refused.

use limen_model::Outcome;

use crate::limits::{FUTURE_NANO_MAX, SKEW_NANO_MIN, SKEW_STEP_NANO, TIME_UNIX_NANO_MIN};

/// The clock of one request's sender beside the server's.
pub(crate) struct Clock {
    received: i64,
    shift: i64,
    /// No record is later.
    latest: i64,
}

impl Clock {
    /// A sender whose clock is plainly wrong is corrected by whole steps. The state of a view and a retried event are
    /// recognised by their times among others, so two requests of one sender must find the same correction although
    /// their delays differ by seconds.
    pub fn new(received_unix_nano: i64, sent_unix_milli: Option<i64>) -> Self {
        let sent = sent_unix_milli.map(|milli| milli.saturating_mul(1_000_000));
        let skew = sent.map_or(0, |sent| received_unix_nano.saturating_sub(sent));
        let steps = if skew.saturating_abs() < SKEW_NANO_MIN {
            0
        } else {
            skew.saturating_add(skew.signum() * SKEW_STEP_NANO / 2) / SKEW_STEP_NANO
        };
        let shift = steps * SKEW_STEP_NANO;
        // A clock that is a little ahead is left alone, so its records are judged by that clock.
        let now = sent.map_or(received_unix_nano, |sent| received_unix_nano.max(sent.saturating_add(shift)));
        Clock { received: received_unix_nano, shift, latest: now.saturating_add(FUTURE_NANO_MAX) }
    }

    pub fn received(&self) -> i64 {
        self.received
    }

    /// A time that must be known.
    pub fn place(&self, time_unix_nano: u64) -> Result<i64, Outcome> {
        let time = self.shifted(time_unix_nano);
        if (TIME_UNIX_NANO_MIN..=self.latest).contains(&time) { Ok(time) } else { Err(Outcome::TimeOutOfRange) }
    }

    /// The time of a record: when it happened, else when it was seen, else when it came.
    pub fn place_or_received(&self, time_unix_nano: u64, observed_unix_nano: u64) -> Result<i64, Outcome> {
        match (time_unix_nano, observed_unix_nano) {
            (0, 0) => Ok(self.received),
            (0, observed) => self.place(observed),
            (time, _) => self.place(time),
        }
    }

    /// The time of something inside a record: never refused, at worst `otherwise`.
    pub fn place_inside(&self, time_unix_nano: u64, otherwise: i64) -> i64 {
        self.place(time_unix_nano).unwrap_or(otherwise)
    }

    fn shifted(&self, time_unix_nano: u64) -> i64 {
        i64::try_from(time_unix_nano).map_or(i64::MAX, |time| time.saturating_add(self.shift))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;
    const NOW: i64 = 1_763_830_000 * SECOND;

    fn sent_late_by(seconds: i64) -> Clock {
        Clock::new(NOW, Some((NOW - seconds * SECOND) / 1_000_000))
    }

    #[test]
    fn a_missing_time_is_the_observed_one_and_then_the_received_one() {
        let clock = Clock::new(NOW, None);
        assert_eq!(clock.place_or_received(0, 0), Ok(NOW));
        assert_eq!(clock.place_or_received(0, NOW as u64 - 5), Ok(NOW - 5));
        assert_eq!(clock.place_or_received(NOW as u64 - 9, NOW as u64 - 5), Ok(NOW - 9));
    }

    #[test]
    fn a_time_before_2000_or_more_than_a_minute_ahead_is_refused() {
        let clock = Clock::new(NOW, None);
        for time in [1, TIME_UNIX_NANO_MIN as u64 - 1, (NOW + FUTURE_NANO_MAX) as u64 + 1, u64::MAX] {
            assert_eq!(clock.place(time), Err(Outcome::TimeOutOfRange), "{time}");
        }
        assert!(clock.place((NOW + FUTURE_NANO_MAX) as u64).is_ok());
        assert!(clock.place(TIME_UNIX_NANO_MIN as u64).is_ok());
    }

    #[test]
    fn a_clock_a_little_off_is_left_alone() {
        for seconds in [-200, 0, 30, 299] {
            assert_eq!(sent_late_by(seconds).place(NOW as u64), Ok(NOW), "{seconds}");
        }
    }

    #[test]
    fn a_minute_ahead_is_counted_from_the_senders_own_clock() {
        let ahead = 200;
        let clock = sent_late_by(-ahead);
        assert!(clock.place((NOW + (ahead + 60) * SECOND) as u64).is_ok());
        assert_eq!(clock.place((NOW + (ahead + 61) * SECOND) as u64), Err(Outcome::TimeOutOfRange));
        assert_eq!(sent_late_by(200).place((NOW + 61 * SECOND) as u64), Err(Outcome::TimeOutOfRange));
    }

    #[test]
    fn a_clock_that_is_hours_off_is_corrected_and_equally_so_after_another_delay() {
        let hours = 3 * 3600;
        let one = sent_late_by(hours + 1).place((NOW - hours * SECOND) as u64);
        let other = sent_late_by(hours + 9).place((NOW - hours * SECOND) as u64);
        assert_eq!(one, Ok(NOW));
        assert_eq!(one, other);
        assert_eq!(sent_late_by(-hours).place((NOW + hours * SECOND) as u64), Ok(NOW));
    }

    #[test]
    fn a_clock_that_is_years_off_is_corrected_before_the_time_is_judged() {
        assert!(Clock::new(NOW, Some(1_000)).place(2 * SECOND as u64).is_ok());
        assert!(Clock::new(NOW, Some(i64::MIN)).place(NOW as u64).is_err());
        assert!(Clock::new(NOW, Some(i64::MAX)).place(NOW as u64).is_err());
    }
}
