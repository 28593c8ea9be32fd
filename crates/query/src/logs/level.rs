//! The levels of log records: OpenTelemetry's 24 severity numbers in the six ranges that its data model names.

use std::ops::RangeInclusive;

use serde::Serialize;
use utoipa::ToSchema;

/// A range of severity numbers (OpenTelemetry, Logs Data Model, "Displaying Severity").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// No severity was sent.
    Unset,
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

impl Level {
    pub const ALL: [Level; 7] =
        [Level::Unset, Level::Trace, Level::Debug, Level::Info, Level::Warn, Level::Error, Level::Fatal];

    pub fn name(self) -> &'static str {
        match self {
            Level::Unset => "unset",
            Level::Trace => "trace",
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
            Level::Fatal => "fatal",
        }
    }

    /// The level of that name, whatever its case; `warning` is one that people write.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let text = if text == "warning" { "warn" } else { text.as_str() };
        Self::ALL.into_iter().find(|level| level.name() == text)
    }

    /// Numbers above the last range are not defined; they are as severe as it.
    pub(super) fn of(number: u8) -> Self {
        Self::ALL.into_iter().find(|level| level.numbers().contains(&number)).unwrap_or(Level::Fatal)
    }

    pub(super) fn numbers(self) -> RangeInclusive<u8> {
        match self {
            Level::Unset => 0..=0,
            Level::Trace => 1..=4,
            Level::Debug => 5..=8,
            Level::Info => 9..=12,
            Level::Warn => 13..=16,
            Level::Error => 17..=20,
            Level::Fatal => 21..=24,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_one_level() {
        for number in 0..=24 {
            assert_eq!(Level::ALL.into_iter().filter(|level| level.numbers().contains(&number)).count(), 1);
        }
        assert_eq!(
            [0, 9, 17, 24, 255].map(Level::of),
            [Level::Unset, Level::Info, Level::Error, Level::Fatal, Level::Fatal]
        );
    }

    #[test]
    fn names_are_read_back() {
        assert!(Level::ALL.into_iter().all(|level| Level::parse(&level.name().to_uppercase()) == Some(level)));
        assert_eq!(Level::parse("Warning"), Some(Level::Warn));
        assert_eq!(Level::parse("loud"), None);
    }
}
