//! What the command line says, and what it means.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use hyper::Uri;

use crate::error::LoadError;
use crate::limits::{CONNECTIONS_MAX, ROUTES_MAX};

#[derive(Debug, Clone, Args)]
pub struct LoadArguments {
    /// Address of the receiver, without the path: /v1/logs and /v1/traces are added
    #[arg(long, value_name = "URL")]
    to: String,
    /// Ingest key, sent as the header limen-key; other receivers ignore it
    #[arg(long, value_name = "KEY", default_value = "")]
    key: String,
    /// Events a second; without it as many as are taken
    #[arg(long, value_name = "EVENTS_PER_S")]
    rate: Option<u64>,
    /// How long new sessions begin, such as 90s, 10m or 2h [default: 60s without --total]
    #[arg(long = "for", value_name = "DURATION", value_parser = parse_duration)]
    duration: Option<Duration>,
    /// Ends with the session that reaches so many events
    #[arg(long, value_name = "EVENTS")]
    total: Option<u64>,
    #[arg(long, value_enum, default_value = "json")]
    format: WireFormat,
    /// Packs bodies with gzip, which is the default
    #[arg(long, conflicts_with_all = ["zstd", "plain"])]
    gzip: bool,
    /// Packs bodies with zstd
    #[arg(long, conflicts_with = "plain")]
    zstd: bool,
    /// Sends bodies as they are
    #[arg(long)]
    plain: bool,
    /// What one request holds: what the agent sends after a page, or a whole session, as collectors send more at once
    #[arg(long, value_enum, default_value = "flush")]
    request: Request,
    /// Requests under way at the same time
    #[arg(long, value_name = "N", default_value_t = 16)]
    connections: usize,
    /// Spreads the sessions of --total over so much of the past, such as 7d, as busy as days and weeks are
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    history: Option<Duration>,
    /// The same seed makes the same sessions; without it each run makes new ones
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Kinds of pages; visits fall on them by Zipf's law
    #[arg(long, value_name = "N", default_value_t = 50)]
    routes: usize,
    /// Share of sessions that say they are a sample
    #[arg(long, value_name = "SHARE", default_value_t = 0.2)]
    sampled: f64,
    /// Hides known things in the --history: a release that breaks, a country that waits, and more
    #[arg(long)]
    truths: bool,
    /// How long a request is sent again before it is given up
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = parse_duration)]
    patience: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WireFormat {
    Json,
    Protobuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    Plain,
    Gzip,
    Zstd,
}

/// What one request holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Request {
    Flush,
    Session,
}

/// A run that can begin.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    pub logs: Uri,
    pub traces: Uri,
    pub key: String,
    pub rate: Option<u64>,
    pub duration: Option<Duration>,
    pub total: Option<u64>,
    pub format: WireFormat,
    pub packing: Packing,
    pub request: Request,
    pub connections: usize,
    pub history: Option<Duration>,
    pub seed: u64,
    pub routes: usize,
    pub sampled: f64,
    pub truths: bool,
    pub patience: Duration,
}

impl LoadArguments {
    pub fn check(self) -> Result<LoadOptions, LoadError> {
        in_range("connections", self.connections as u64, CONNECTIONS_MAX as u64)?;
        in_range("routes", self.routes as u64, ROUTES_MAX as u64)?;
        in_range("rate", self.rate.unwrap_or(1), u64::MAX)?;
        if !(0.0..=1.0).contains(&self.sampled) {
            return Err(LoadError::Share);
        }
        if self.history.is_some() && self.total.is_none() {
            return Err(LoadError::HistoryWithoutTotal);
        }
        if self.truths && self.history.is_none() {
            return Err(LoadError::TruthsWithoutHistory);
        }
        let packing = match (self.zstd, self.plain) {
            (true, _) => Packing::Zstd,
            (_, true) => Packing::Plain,
            _ => Packing::Gzip,
        };
        Ok(LoadOptions {
            logs: address(&self.to, "/v1/logs")?,
            traces: address(&self.to, "/v1/traces")?,
            duration: self.duration.or(self.total.is_none().then_some(Duration::from_secs(60))),
            seed: self.seed.unwrap_or_else(seed_of_now),
            key: self.key,
            rate: self.rate,
            total: self.total,
            format: self.format,
            packing,
            request: self.request,
            connections: self.connections,
            history: self.history,
            routes: self.routes,
            sampled: self.sampled,
            truths: self.truths,
            patience: self.patience,
        })
    }
}

fn in_range(option: &'static str, value: u64, most: u64) -> Result<(), LoadError> {
    if (1..=most).contains(&value) { Ok(()) } else { Err(LoadError::Range { option, least: 1, most }) }
}

fn address(to: &str, path: &str) -> Result<Uri, LoadError> {
    let refuse = || LoadError::Address(to.to_owned());
    let uri: Uri = format!("{}{path}", to.trim_end_matches('/')).parse().map_err(|_| refuse())?;
    if uri.scheme_str() == Some("http") && uri.host().is_some() { Ok(uri) } else { Err(refuse()) }
}

fn seed_of_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros() as u64
}

/// A whole number with a unit.
fn parse_duration(text: &str) -> Result<Duration, String> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err("a duration is a whole number with s, m, h or d, such as 90s".to_owned()),
    };
    let number: u64 = number.parse().map_err(|_| "a duration begins with a whole number".to_owned())?;
    let most = 3650 * 86_400;
    let seconds = number.checked_mul(seconds).filter(|seconds| (1..=most).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(|| "a duration is from 1s to 3650d".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: LoadArguments,
    }

    fn checked(line: &str) -> Result<LoadOptions, String> {
        let words = std::iter::once("load").chain(line.split_whitespace());
        let line = Line::try_parse_from(words).map_err(|error| error.to_string())?;
        line.arguments.check().map_err(|error| error.to_string())
    }

    #[test]
    fn a_run_without_an_end_lasts_a_minute() {
        let options = checked("--to http://127.0.0.1:4318/").expect("valid");
        assert_eq!(options.logs, "http://127.0.0.1:4318/v1/logs");
        assert_eq!((options.duration, options.packing), (Some(Duration::from_secs(60)), Packing::Gzip));
        assert_eq!(checked("--to http://127.0.0.1:4318 --total 5").expect("valid").duration, None);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_what_to_do() {
        let refused = |line: &str| checked(&format!("--to http://h {line}")).expect_err(line);
        assert!(refused("--history 7d").contains("--total"));
        assert!(refused("--truths").contains("--history"));
        assert!(refused("--connections 0").contains("--connections must be between 1"));
        assert!(refused("--sampled 2").contains("from 0 to 1"));
        assert!(refused("--for 5").contains("such as 90s"));
        assert!(refused("--for 99999999999999999999d").contains("duration"));
        assert!(refused("--zstd --plain").contains("cannot be used"));
        assert!(checked("--to https://h").expect_err("TLS").contains("plain HTTP"));
    }

    #[test]
    fn durations_have_units() {
        let seconds = |text| parse_duration(text).map(|duration| duration.as_secs());
        assert_eq!([seconds("90s"), seconds("2m"), seconds("7d")], [Ok(90), Ok(120), Ok(604_800)]);
        assert!(seconds("").is_err() && seconds("s").is_err() && seconds("0s").is_err());
    }
}
