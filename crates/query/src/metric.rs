//! The five vitals: their names, units, thresholds and histograms. The one list; SQL gets it as parameters.

use serde::Serialize;
use utoipa::ToSchema;

use crate::ScopeError;

/// A web vital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Metric {
    Lcp,
    Inp,
    Cls,
    Fcp,
    Ttfb,
}

/// Where a vital stops being good and where it becomes poor. A value on a boundary belongs to the better class.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Thresholds {
    /// Values up to and including this one are good.
    pub good: f64,
    /// Values above this one are poor.
    pub poor: f64,
}

/// The class of a p75.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rating {
    Good,
    NeedsImprovement,
    Poor,
}

/// Equal bins `(low, high]` and an open last one, so that both thresholds are edges of bins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bins {
    pub width: f64,
    /// Bins of that width; what is above them falls into one more.
    pub count: u32,
}

impl Metric {
    /// In the order of the API and of the arrays given to SQL.
    pub const ALL: [Metric; 5] = [Metric::Lcp, Metric::Inp, Metric::Cls, Metric::Fcp, Metric::Ttfb];

    /// The name in the API, which is also the column of `views`.
    pub fn name(self) -> &'static str {
        match self {
            Metric::Lcp => "lcp",
            Metric::Inp => "inp",
            Metric::Cls => "cls",
            Metric::Fcp => "fcp",
            Metric::Ttfb => "ttfb",
        }
    }

    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let known = Self::ALL.into_iter().find(|metric| metric.name() == text);
        known.ok_or_else(|| ScopeError::Metric { value: text.to_owned() })
    }

    pub fn unit(self) -> &'static str {
        if self == Metric::Cls { "" } else { "ms" }
    }

    /// Sources: <https://web.dev/articles/defining-core-web-vitals-thresholds>, <https://web.dev/articles/fcp>,
    /// <https://web.dev/articles/ttfb>; the same numbers as in web-vitals' `*Thresholds` constants.
    pub fn thresholds(self) -> Thresholds {
        let (good, poor) = match self {
            Metric::Lcp => (2500.0, 4000.0),
            Metric::Inp => (200.0, 500.0),
            Metric::Cls => (0.1, 0.25),
            Metric::Fcp => (1800.0, 3000.0),
            Metric::Ttfb => (800.0, 1800.0),
        };
        Thresholds { good, poor }
    }

    pub(crate) fn bins(self) -> Bins {
        match self {
            Metric::Lcp => Bins { width: 250.0, count: 32 },
            Metric::Inp => Bins { width: 25.0, count: 40 },
            Metric::Cls => Bins { width: 0.0125, count: 40 },
            Metric::Fcp => Bins { width: 150.0, count: 40 },
            Metric::Ttfb => Bins { width: 100.0, count: 40 },
        }
    }

    pub fn rating(self, p75: f64) -> Rating {
        let Thresholds { good, poor } = self.thresholds();
        if p75 <= good {
            Rating::Good
        } else if p75 <= poor {
            Rating::NeedsImprovement
        } else {
            Rating::Poor
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_on_a_boundary_belongs_to_the_better_class() {
        for metric in Metric::ALL {
            let Thresholds { good, poor } = metric.thresholds();
            assert_eq!(metric.rating(good), Rating::Good);
            assert_eq!(metric.rating(good.next_up()), Rating::NeedsImprovement);
            assert_eq!(metric.rating(poor), Rating::NeedsImprovement);
            assert_eq!(metric.rating(poor.next_up()), Rating::Poor);
        }
    }

    #[test]
    fn both_thresholds_are_edges_of_bins() {
        for metric in Metric::ALL {
            let (Bins { width, count }, Thresholds { good, poor }) = (metric.bins(), metric.thresholds());
            for edge in [good, poor] {
                assert_eq!((edge / width).fract(), 0.0, "{metric:?} {edge}");
                assert!(edge < width * f64::from(count), "{metric:?} {edge}");
            }
        }
    }

    #[test]
    fn names_are_read_back_and_others_refused() {
        for metric in Metric::ALL {
            assert_eq!(Metric::parse(metric.name()), Ok(metric));
        }
        assert!(Metric::parse("lcp; DROP TABLE views").is_err());
    }
}
