//! Where a record lies in time: missing times filled, wrong clocks corrected, impossible times refused.

use limen_model::Outcome;

use crate::limits::{FUTURE_NANO_MAX, SKEW_NANO_MIN, TIME_UNIX_NANO_MIN};

/// The clock of one request's sender beside the server's.
pub(crate) struct Clock {
    received: i64,
    shift: i64,
    /// No record is later.
    latest: i64,
}

impl Clock {
    /// `shift` is added to the times of the sender, see `skew`.
    pub fn new(received_unix_nano: i64, sent_unix_milli: Option<i64>, shift: i64) -> Self {
        let sent = sent_unix_milli.map(|milli| milli.saturating_mul(1_000_000));
        // A clock that is a little ahead is left alone, so its records are judged by that clock.
        let ahead = |sent: i64| sent.saturating_add(shift).saturating_sub(received_unix_nano).clamp(0, SKEW_NANO_MIN);
        let now = received_unix_nano.saturating_add(sent.map_or(0, ahead));
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

    #[test]
    fn a_missing_time_is_the_observed_one_and_then_the_received_one() {
        let clock = Clock::new(NOW, None, 0);
        assert_eq!(clock.place_or_received(0, 0), Ok(NOW));
        assert_eq!(clock.place_or_received(0, NOW as u64 - 5), Ok(NOW - 5));
        assert_eq!(clock.place_or_received(NOW as u64 - 9, NOW as u64 - 5), Ok(NOW - 9));
    }

    #[test]
    fn a_time_before_2000_or_more_than_a_minute_ahead_is_refused() {
        let clock = Clock::new(NOW, None, 0);
        for time in [1, TIME_UNIX_NANO_MIN as u64 - 1, (NOW + FUTURE_NANO_MAX) as u64 + 1, u64::MAX] {
            assert_eq!(clock.place(time), Err(Outcome::TimeOutOfRange), "{time}");
        }
        assert!(clock.place((NOW + FUTURE_NANO_MAX) as u64).is_ok());
        assert!(clock.place(TIME_UNIX_NANO_MIN as u64).is_ok());
    }

    #[test]
    fn a_minute_ahead_is_counted_from_the_senders_own_clock() {
        let sent_by = |seconds: i64| Clock::new(NOW, Some((NOW + seconds * SECOND) / 1_000_000), 0);
        let ahead = 200;
        assert!(sent_by(ahead).place((NOW + (ahead + 60) * SECOND) as u64).is_ok());
        assert_eq!(sent_by(ahead).place((NOW + (ahead + 61) * SECOND) as u64), Err(Outcome::TimeOutOfRange));
        assert_eq!(sent_by(-ahead).place((NOW + 61 * SECOND) as u64), Err(Outcome::TimeOutOfRange));
    }

    #[test]
    fn a_time_is_corrected_before_it_is_judged() {
        let hours = 3 * 3600 * SECOND;
        assert_eq!(Clock::new(NOW, None, hours).place((NOW - hours) as u64), Ok(NOW));
        assert_eq!(Clock::new(NOW, None, -hours).place((NOW + hours) as u64), Ok(NOW));
        assert!(Clock::new(NOW, None, NOW).place(2 * SECOND as u64).is_ok());
        assert!(Clock::new(NOW, None, i64::MAX).place(NOW as u64).is_err());
        assert!(Clock::new(NOW, None, i64::MIN).place(NOW as u64).is_err());
    }
}
