//! An instant as the store holds it and as the API writes it.

use serde::{Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// An instant in UTC, RFC 3339 with as many decimals as it needs, up to nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, utoipa::ToSchema)]
#[schema(value_type = String, format = DateTime)]
pub struct Time(
    /// Nanoseconds since the epoch.
    pub i64,
);

impl Time {
    /// Milliseconds from `earlier` to this instant; negative when it is later. The difference is taken in whole
    /// nanoseconds first, because a double cannot tell two instants of today apart that finely.
    pub fn millis_since(self, earlier: Time) -> f64 {
        millis(i128::from(self.0) - i128::from(earlier.0))
    }

    /// The instant this many nanoseconds later, held at the end of what an `i64` can say.
    pub fn plus_nanos(self, nanos: u64) -> Time {
        Time(self.0.saturating_add_unsigned(nanos))
    }

    /// The instant this many milliseconds later.
    pub fn plus_millis(self, millis: f64) -> Time {
        Time(self.0.saturating_add((millis * 1e6) as i64))
    }
}

/// Nanoseconds as milliseconds.
pub(crate) fn millis(nanos: i128) -> f64 {
    nanos as f64 / 1e6
}

impl From<OffsetDateTime> for Time {
    fn from(instant: OffsetDateTime) -> Self {
        let nanos = instant.unix_timestamp_nanos();
        Time(i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX }))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Every `i64` of nanoseconds is an instant between the years 1677 and 2262, which RFC 3339 can write.
        let instant = OffsetDateTime::from_unix_timestamp_nanos(self.0.into()).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&instant.format(&Rfc3339).map_err(serde::ser::Error::custom)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_as_rfc_3339_in_utc() {
        let written = |nanos| serde_json::to_string(&Time(nanos)).expect("serialises");
        assert_eq!(written(1_767_225_600_000_000_000), "\"2026-01-01T00:00:00Z\"");
        assert_eq!(written(1_767_225_600_123_456_789), "\"2026-01-01T00:00:00.123456789Z\"");
        assert_eq!(written(i64::MIN), "\"1677-09-21T00:12:43.145224192Z\"");
        assert_eq!(written(i64::MAX), "\"2262-04-11T23:47:16.854775807Z\"");
    }

    #[test]
    fn differences_keep_their_nanoseconds_and_never_overflow() {
        assert_eq!(Time(1_767_225_600_000_000_001).millis_since(Time(1_767_225_600_000_000_000)), 1e-6);
        assert_eq!(Time(0).millis_since(Time(2_000_000)), -2.0);
        assert!(Time(i64::MAX).millis_since(Time(i64::MIN)) > 1.8e13);
        assert_eq!(Time(1).plus_nanos(u64::MAX), Time(i64::MAX));
        assert_eq!(Time(1).plus_millis(f64::MAX), Time(i64::MAX));
    }
}
