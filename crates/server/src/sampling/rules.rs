//! Which routes and events are kept more often than the rest, or more seldom.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Sampling;
use crate::limits::{PROMOTING_NAME_BYTES_MAX, SAMPLING_RULES_MAX};

/// Something of which all is kept: exactly one of a route and an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct HighValue {
    /// A route as reports show it, and what is below it: its views, and their events and browser spans.
    pub route: Option<String>,
    /// Name of an event, such as that of a transaction.
    pub event: Option<String>,
}

/// Something that is kept more seldom than the rest: exactly one of a route and an event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SamplingRule {
    /// A route as reports show it, and what is below it.
    pub route: Option<String>,
    /// Name of an event.
    pub event: Option<String>,
    /// Share that is kept, 0 to 1; where fewer of the sessions are, that share holds.
    #[schema(minimum = 0, maximum = 1)]
    pub rate: f64,
}

impl HighValue {
    /// What it names.
    pub fn name(&self) -> Option<&str> {
        self.route.as_deref().or(self.event.as_deref())
    }
}

impl Sampling {
    /// Whether anything is left out though there is no most that may come.
    pub fn thins(&self) -> bool {
        let shares = [self.rate_max, self.static_rate, self.brought_back_rate];
        !self.rules.is_empty() || shares.iter().flatten().any(|share| *share < 1.0)
    }

    /// The share of sessions that fits, within what is allowed.
    pub fn bounded(&self, rate: f64) -> f64 {
        rate.max(self.rate_min.unwrap_or(0.0)).min(self.rate_max.unwrap_or(1.0))
    }

    /// The share of the records of a route and an event that is kept, of which the name is empty for views and spans.
    pub fn share(&self, route: &str, event: &str, of_session: f64) -> f64 {
        if self.is_high_value(route, event) {
            return 1.0;
        }
        let meant = |rule: &&SamplingRule| means(&rule.route, &rule.event, route, event);
        self.rules.iter().find(meant).map_or(of_session, |rule| rule.rate.min(of_session))
    }

    pub fn is_high_value(&self, route: &str, event: &str) -> bool {
        self.high_value.iter().any(|flow| means(&flow.route, &flow.event, route, event))
    }

    /// Says what is wrong with them.
    pub(super) fn check_rules(&self) -> Result<(), String> {
        let shares = [
            ("rate_min", self.rate_min),
            ("rate_max", self.rate_max),
            ("static_rate", self.static_rate),
            ("brought_back_rate", self.brought_back_rate),
        ];
        let of_rules = self.rules.iter().map(|rule| ("rate of a rule", Some(rule.rate)));
        for (name, share) in shares.into_iter().chain(of_rules) {
            if let Some(share) = share.filter(|share| !(0.0..=1.0).contains(share)) {
                return Err(format!("the {name} is {share}; it is a share between 0 and 1"));
            }
        }
        if self.rate_max == Some(0.0) {
            return Err("rate_max is 0, and nobody would be recorded; set more, or null for no most".to_owned());
        }
        if self.rate_min > self.rate_max && self.rate_max.is_some() {
            return Err("rate_min is above rate_max; set it to at most that".to_owned());
        }
        let high_value = self.high_value.iter().map(|flow| ("high_value", &flow.route, &flow.event));
        let rules = self.rules.iter().map(|rule| ("rules", &rule.route, &rule.event));
        for (list, count) in [("high_value", self.high_value.len()), ("rules", self.rules.len())] {
            if count > SAMPLING_RULES_MAX {
                return Err(format!("{list} has {count} entries; at most {SAMPLING_RULES_MAX}"));
            }
        }
        high_value.chain(rules).try_for_each(|(list, route, event)| check_flow(list, route, event))
    }
}

fn check_flow(list: &str, route: &Option<String>, event: &Option<String>) -> Result<(), String> {
    let ((Some(text), None) | (None, Some(text))) = (route, event) else {
        return Err(format!("each of {list} names either a route or an event"));
    };
    if text.trim().is_empty() || text.len() > PROMOTING_NAME_BYTES_MAX {
        return Err(format!("{list} has a name of {} bytes; 1 to {PROMOTING_NAME_BYTES_MAX}", text.len()));
    }
    match route {
        Some(route) if !route.starts_with('/') => {
            Err(format!("{list} names the route `{route}`; a route begins with `/`, as reports show it"))
        }
        _ => Ok(()),
    }
}

/// `/checkout` means itself and `/checkout/payment`, not `/checkouts`.
fn means(named: &Option<String>, event_named: &Option<String>, route: &str, event: &str) -> bool {
    match named {
        Some(named) => route.strip_prefix(&**named).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        None => event_named.as_deref().is_some_and(|named| named == event),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Sampling, String> {
        let rules: Sampling = serde_json::from_str(json).map_err(|error| error.to_string())?;
        rules.check().map(|()| rules)
    }

    #[test]
    fn says_what_is_wrong() {
        for (json, word) in [
            (r#"{"rules": [{"route": "/help", "rate": 1.5}]}"#, "share between 0 and 1"),
            (r#"{"rules": [{"rate": 0.5}]}"#, "either a route or an event"),
            (r#"{"rules": [{"route": "/a", "event": "b", "rate": 0.5}]}"#, "either a route or an event"),
            (r#"{"rules": [{"route": "help", "rate": 0.5}]}"#, "begins with `/`"),
            (r#"{"high_value": [{"event": ""}]}"#, "0 bytes"),
            (r#"{"high_value": [{"flow": "x"}]}"#, "unknown field"),
            (r#"{"static_rate": -1}"#, "static_rate"),
            (r#"{"rate_max": 0}"#, "nobody"),
            (r#"{"rate_min": 0.5, "rate_max": 0.25}"#, "above rate_max"),
        ] {
            assert!(read(json).is_err_and(|message| message.contains(word)), "{json}: {:?}", read(json));
        }
        let many = format!(r#"{{"rules": [{}{{"event": "a"}}]}}"#, r#"{"event": "a"},"#.repeat(SAMPLING_RULES_MAX));
        assert!(read(&many).is_err_and(|message| message.contains("at most")));
    }

    #[test]
    fn the_first_rule_that_means_a_record_decides_and_high_value_goes_before_all() {
        let rules = read(
            r#"{"rules": [{"route": "/a/b", "rate": 0.5}, {"route": "/a", "rate": 0.25}, {"event": "click", "rate": 0.1}],
                "high_value": [{"route": "/a/b/pay"}, {"event": "order"}]}"#,
        )
        .expect("sound");
        let share = |route, event| rules.share(route, event, 0.75);
        assert_eq!([share("/a/b/c", ""), share("/a/c", "click"), share("/", "click")], [0.5, 0.25, 0.1]);
        assert_eq!(
            [share("/a/b/pay", "click"), share("/", "order"), share("/ab", ""), share("", "")],
            [1.0, 1.0, 0.75, 0.75]
        );
        assert_eq!(rules.share("/a/b", "", 0.125), 0.125);
        let home = read(r#"{"rules": [{"route": "/", "rate": 0.5}]}"#).expect("sound");
        assert_eq!((home.share("/", "", 1.0), home.share("/cart", "", 1.0)), (0.5, 1.0));
    }

    #[test]
    fn the_share_that_fits_is_kept_within_bounds() {
        let rules = read(r#"{"rate_min": 0.2, "rate_max": 0.8}"#).expect("sound");
        assert_eq!([0.01, 0.5, 1.0].map(|rate| rules.bounded(rate)), [0.2, 0.5, 0.8]);
        assert!(rules.thins() && !Sampling::default().thins());
        assert_eq!(Sampling::default().bounded(0.3), 0.3);
    }
}
