//! What an explanation can be asked about: the vitals, and the time that a change of route takes.

use serde::Serialize;
use utoipa::ToSchema;

use crate::scope::clipped;
use crate::{BlamedVital, ScopeError};

/// A figure of a view that can get worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExplainedMetric {
    Lcp,
    Inp,
    Cls,
    Fcp,
    Ttfb,
    /// From the click to the quiet page, of a change of route.
    Transition,
}

impl ExplainedMetric {
    pub const ALL: [ExplainedMetric; 6] = [
        ExplainedMetric::Lcp,
        ExplainedMetric::Inp,
        ExplainedMetric::Cls,
        ExplainedMetric::Fcp,
        ExplainedMetric::Ttfb,
        ExplainedMetric::Transition,
    ];

    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            ExplainedMetric::Lcp => "lcp",
            ExplainedMetric::Inp => "inp",
            ExplainedMetric::Cls => "cls",
            ExplainedMetric::Fcp => "fcp",
            ExplainedMetric::Ttfb => "ttfb",
            ExplainedMetric::Transition => "transition",
        }
    }

    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        let known = Self::ALL.into_iter().find(|metric| metric.name() == text);
        known.ok_or_else(|| ScopeError::Explained { value: clipped(text) })
    }

    /// For people.
    pub(crate) fn title(self) -> String {
        if self == ExplainedMetric::Transition { "Route transition".to_owned() } else { self.name().to_uppercase() }
    }

    /// A value of it, for people.
    pub(crate) fn text(self, value: f64) -> String {
        if self == ExplainedMetric::Cls { format!("{value:.3}") } else { format!("{value:.0} ms") }
    }

    /// Of the table of views.
    pub(crate) fn column(self) -> &'static str {
        if self == ExplainedMetric::Transition { "transition_time" } else { self.name() }
    }

    /// How it is divided between owners; CLS is no time, so it is not.
    pub(crate) fn blamed(self) -> Option<BlamedVital> {
        match self {
            ExplainedMetric::Lcp => Some(BlamedVital::Lcp),
            ExplainedMetric::Inp => Some(BlamedVital::Inp),
            ExplainedMetric::Fcp => Some(BlamedVital::Fcp),
            ExplainedMetric::Ttfb => Some(BlamedVital::Ttfb),
            ExplainedMetric::Transition => Some(BlamedVital::Transition),
            ExplainedMetric::Cls => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_others_refused() {
        for metric in ExplainedMetric::ALL {
            assert_eq!(ExplainedMetric::parse(metric.name()), Ok(metric));
        }
        assert!(ExplainedMetric::parse("transition_time").is_err());
        let refused = ExplainedMetric::parse(&"x".repeat(9999)).expect_err("no name");
        assert!(refused.to_string().len() < 500, "{refused}");
    }
}
