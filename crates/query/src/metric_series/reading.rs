//! Ways to read a metric: which fit which kind, what each makes of a step of time, and in which unit.

use serde::Serialize;
use utoipa::ToSchema;

use super::distribution::{Distribution, quantile};
use super::increase::Increase;
use super::rows::SeriesRow;
use crate::ScopeError;
use crate::scope::clipped;

/// How a metric is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MetricReading {
    /// Of the values: their arithmetic mean. Of histograms and summaries: the sum of the measurements by their number.
    Mean,
    Min,
    Max,
    /// Of all series together, each with the mean of its values.
    Sum,
    /// Per second. Of histograms and summaries: measurements per second.
    Rate,
    Increase,
    P50,
    P75,
    P90,
    P95,
    P99,
}

use MetricReading::{Increase as Grown, Max, Mean, Min, P50, P75, P90, P95, P99, Rate, Sum};

/// In the order in which they are offered; the first is used when nobody says which.
const OF_VALUES: &[MetricReading] = &[Mean, Min, Max, Sum];
const OF_COUNTERS: &[MetricReading] = &[Rate, Grown];
const OF_HISTOGRAMS: &[MetricReading] = &[P95, P50, P75, P90, P99, Mean, Rate, Grown];
const OF_SUMMARIES: &[MetricReading] = &[Rate, Grown, Mean];
const NAMES: &[(MetricReading, &str)] = &[
    (Mean, "mean"),
    (Min, "min"),
    (Max, "max"),
    (Sum, "sum"),
    (Rate, "rate"),
    (Grown, "increase"),
    (P50, "p50"),
    (P75, "p75"),
    (P90, "p90"),
    (P95, "p95"),
    (P99, "p99"),
];

impl MetricReading {
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let known = NAMES.iter().find(|(_, name)| *name == text);
        known.map(|(reading, _)| *reading).ok_or_else(|| ScopeError::Reading {
            value: clipped(text),
            fits: names(&NAMES.iter().map(|(reading, _)| *reading).collect::<Vec<_>>()),
        })
    }

    /// Those that fit a kind of metric; `counts_up` is a monotonic sum or one that is sent as differences.
    pub(super) fn fitting(kind: &str, counts_up: bool) -> &'static [Self] {
        match kind {
            "histogram" | "exponential_histogram" => OF_HISTOGRAMS,
            "summary" => OF_SUMMARIES,
            "sum" if counts_up => OF_COUNTERS,
            _ => OF_VALUES,
        }
    }

    /// The one that was asked for if it fits, else which do.
    pub(super) fn chosen(wanted: Option<Self>, fitting: &[Self]) -> Result<Self, ScopeError> {
        match wanted {
            None => Ok(fitting[0]),
            Some(reading) if fitting.contains(&reading) => Ok(reading),
            Some(reading) => Err(ScopeError::Reading { value: names(&[reading]), fits: names(fitting) }),
        }
    }

    /// In what the figures are, given the unit of the metric.
    pub(super) fn unit(self, unit: &str, kind: &str) -> String {
        let counted = if kind == "sum" { unit } else { "{measurement}" };
        match self {
            Rate => format!("{counted}/s"),
            Grown => counted.to_owned(),
            _ => unit.to_owned(),
        }
    }

    fn level(self) -> Option<f64> {
        Some(match self {
            P50 => 0.5,
            P75 => 0.75,
            P90 => 0.9,
            P95 => 0.95,
            P99 => 0.99,
            _ => return None,
        })
    }
}

fn names(readings: &[MetricReading]) -> String {
    let name = |reading: &MetricReading| NAMES.iter().find(|(each, _)| each == reading).map_or("", |(_, name)| name);
    readings.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What the series of a group came to in one step.
#[derive(Debug, Default)]
pub(super) struct Step {
    n: u64,
    total: f64,
    low: f64,
    high: f64,
    /// Over the series, each with what it is in between.
    sum: f64,
    grown: Option<f64>,
    count: f64,
    amount: f64,
    distributions: Vec<Distribution>,
}

impl Step {
    pub fn add(&mut self, row: &SeriesRow, increase: Option<Increase>) {
        (self.low, self.high) = match self.n {
            0 => (row.low, row.high),
            _ => (self.low.min(row.low), self.high.max(row.high)),
        };
        self.n += row.n;
        self.total += row.total;
        self.sum += row.total / row.n.max(1) as f64;
        if let Some(Increase { value, count, amount, distribution }) = increase {
            self.grown = Some(self.grown.unwrap_or(0.0) + value);
            self.count += count;
            self.amount += amount;
            self.distributions.extend(distribution);
        }
    }

    /// Null where there is nothing to say.
    pub fn read(&self, reading: MetricReading, kind: &str, seconds: f64) -> Option<f64> {
        let measured = matches!(kind, "histogram" | "exponential_histogram" | "summary");
        let grown = self.grown.map(|grown| if measured { self.count } else { grown });
        let value = match reading {
            Mean if measured => (self.count > 0.0).then(|| self.amount / self.count),
            Mean => (self.n > 0).then(|| self.total / self.n as f64),
            Min => (self.n > 0).then_some(self.low),
            Max => (self.n > 0).then_some(self.high),
            Sum => (self.n > 0).then_some(self.sum),
            Grown => grown,
            Rate => grown.map(|grown| grown / seconds),
            quantile_of => quantile(&self.distributions, quantile_of.level()?),
        };
        value.filter(|value| value.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_has_one_name_and_fits_some_kind() {
        for (reading, name) in NAMES {
            assert_eq!(MetricReading::parse(name), Ok(*reading));
            assert_eq!(serde_json::to_value(reading).expect("a name"), *name);
            let kinds = [("gauge", false), ("sum", true), ("histogram", false), ("summary", false)];
            assert!(kinds.iter().any(|(kind, up)| MetricReading::fitting(kind, *up).contains(reading)), "{name}");
        }
    }

    #[test]
    fn a_reading_that_does_not_fit_is_refused_with_those_that_do() {
        let refused =
            MetricReading::chosen(Some(P95), MetricReading::fitting("gauge", false)).expect_err("no quantile");
        assert!(refused.to_string().ends_with("which has mean, min, max, sum"), "{refused}");
        assert_eq!(MetricReading::chosen(None, OF_HISTOGRAMS), Ok(P95));
    }

    #[test]
    fn units_are_those_of_the_figures() {
        assert_eq!(Rate.unit("{item}", "sum"), "{item}/s");
        assert_eq!(
            (Rate.unit("s", "histogram").as_str(), P95.unit("s", "histogram").as_str()),
            ("{measurement}/s", "s")
        );
    }
}
