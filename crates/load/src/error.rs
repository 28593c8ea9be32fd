//! Why a run cannot begin. What goes wrong later is in its report.

#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Neither a URL nor one of plain HTTP.
    #[error("--to {0} is not an address like http://127.0.0.1:4318: only plain HTTP is spoken, put a proxy before TLS")]
    Address(String),
    /// A number that makes no sense.
    #[error("--{option} must be between {least} and {most}")]
    Range { option: &'static str, least: u64, most: u64 },
    /// A share outside 0 to 1.
    #[error("--sampled is the share of sessions that are a sample, from 0 to 1")]
    Share,
    /// Past times are spread over a known number of events.
    #[error("--history spreads a known number of events over the past: say how many with --total")]
    HistoryWithoutTotal,
    /// They change on the way through a history.
    #[error("--truths are hidden in a history: say how long it is with --history and --total")]
    TruthsWithoutHistory,
}
