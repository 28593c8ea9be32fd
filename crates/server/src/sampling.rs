//! What the operator has set for the agents of one application. It goes back with every answer to an agent, which keeps
//! it for the sessions that it begins from then on.

mod rules;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::limits::{PROMOTING_EVENTS_MAX, PROMOTING_NAME_BYTES_MAX};

pub use rules::{HighValue, SamplingRule};

/// The features that an agent can leave off, in the order in which it sheds them by itself.
pub const FEATURES: [&str; 7] = ["user_timing", "console", "resources", "frames", "reports", "scroll", "clicks"];

/// Which sessions the agents of an application record, what they leave off, and what is kept of what comes. No figure is off by
/// any of it: docs/sampling.md.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Sampling {
    /// Share of the sessions to record, 0 to 1; null leaves it to the page. Every record carries the probability that held
    /// when its session began, so figures stay right whatever is set, and whenever.
    #[schema(minimum = 0, maximum = 1)]
    pub sample_rate: Option<f64>,
    /// Names of events that bring back a session that was not drawn, as every error does.
    pub promote_on: Vec<String>,
    /// Features to leave off: user_timing, console, resources, frames, reports, scroll, clicks.
    pub off: Vec<String>,
    /// Of these everything is kept. Agents bring a session back that comes to such a route or event.
    pub high_value: Vec<HighValue>,
    /// The first one that means a record says how much of its kind is kept, of whatever sender.
    pub rules: Vec<SamplingRule>,
    /// Share of the views whose static files (`browser.resource_timing`) are kept, 0 to 1; null is all.
    #[schema(minimum = 0, maximum = 1)]
    pub static_rate: Option<f64>,
    /// Of sessions that failures brought back, the share of which more is kept than the failures, 0 to 1; null is all.
    #[schema(minimum = 0, maximum = 1)]
    pub brought_back_rate: Option<f64>,
    /// The least share of sessions and traces, however much comes; what is too much is refused then. Null is none.
    #[schema(minimum = 0, maximum = 1)]
    pub rate_min: Option<f64>,
    /// The most share of sessions and traces, of whatever sender; null is all.
    #[schema(minimum = 0, maximum = 1)]
    pub rate_max: Option<f64>,
}

impl Sampling {
    /// Says what is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        if let Some(rate) = self.sample_rate
            && !(0.0..=1.0).contains(&rate)
        {
            return Err(format!("sample_rate is {rate}; it is a share between 0 and 1"));
        }
        if self.promote_on.len() > PROMOTING_EVENTS_MAX {
            return Err(format!("promote_on has {} names; at most {PROMOTING_EVENTS_MAX}", self.promote_on.len()));
        }
        if let Some(name) =
            self.promote_on.iter().find(|name| name.trim().is_empty() || name.len() > PROMOTING_NAME_BYTES_MAX)
        {
            return Err(format!("promote_on has a name of {} bytes; 1 to {PROMOTING_NAME_BYTES_MAX}", name.len()));
        }
        match self.off.iter().find(|name| !FEATURES.contains(&name.as_str())) {
            Some(name) => Err(format!("off names `{name}`; an agent can leave off {}", FEATURES.join(", "))),
            None => self.check_rules(),
        }
    }

    /// As agents read it. What is not set is not there: an agent that had it forgets it. `rate_max` is the share of
    /// sessions that fits at the moment; a page that wants less keeps to that.
    pub fn for_agents(&self, rate_max: f64) -> Value {
        let mut settings = Map::new();
        if rate_max < 1.0 {
            settings.insert("sampleRateMax".to_owned(), rate_max.into());
        }
        if let Some(rate) = self.sample_rate {
            settings.insert("sampleRate".to_owned(), rate.into());
        }
        let high_value = self.high_value.iter().filter_map(HighValue::name);
        let promote_on = self.promote_on.iter().map(String::as_str).chain(high_value).collect();
        for (name, list) in
            [("promoteOn", promote_on), ("off", self.off.iter().map(String::as_str).collect::<Vec<_>>())]
        {
            if !list.is_empty() {
                settings.insert(name.to_owned(), list.into());
            }
        }
        settings.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_features_are_those_of_the_agent() {
        let agent = include_str!("../../../agent/src/collect/features.ts");
        let list = FEATURES.map(|name| format!("'{name}'")).join(", ");
        assert!(agent.contains(&format!("ORDER = [{list}]")), "agent/src/collect/features.ts has another order");
    }

    #[test]
    fn says_what_is_wrong() {
        let check = |json: &str| serde_json::from_str::<Sampling>(json).map_err(|error| error.to_string())?.check();
        assert_eq!(check(r#"{"sample_rate": 0.1, "promote_on": ["checkout.failed"], "off": ["scroll"]}"#), Ok(()));
        assert_eq!(check("{}"), Ok(()));
        for (json, word) in [
            (r#"{"sample_rate": 1.5}"#, "between 0 and 1"),
            (r#"{"sample_rate": -0.1}"#, "between 0 and 1"),
            (r#"{"promote_on": [" "]}"#, "promote_on"),
            (r#"{"off": ["vitals"]}"#, "leave off"),
            (r#"{"rate": 1}"#, "unknown field"),
        ] {
            assert!(check(json).is_err_and(|message| message.contains(word)), "{json}");
        }
    }

    #[test]
    fn agents_are_told_only_what_is_set() {
        assert_eq!(Sampling::default().for_agents(1.0).to_string(), "{}");
        let sampling = Sampling { sample_rate: Some(0.25), off: vec!["scroll".to_owned()], ..Sampling::default() };
        assert_eq!(sampling.for_agents(1.0).to_string(), r#"{"off":["scroll"],"sampleRate":0.25}"#);
        assert_eq!(Sampling::default().for_agents(0.5).to_string(), r#"{"sampleRateMax":0.5}"#);
        let high_value = |route: Option<&str>, event: Option<&str>| HighValue {
            route: route.map(str::to_owned),
            event: event.map(str::to_owned),
        };
        let sampling = Sampling {
            promote_on: vec!["lost".to_owned()],
            high_value: vec![high_value(Some("/checkout"), None), high_value(None, Some("order"))],
            ..Sampling::default()
        };
        assert_eq!(sampling.for_agents(1.0).to_string(), r#"{"promoteOn":["lost","/checkout","order"]}"#);
    }
}
