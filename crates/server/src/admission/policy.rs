//! What an application may send, as its operator sets it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::origins;
use crate::limits::{
    ADDRESS_REQUESTS_PER_SECOND, KEY_REQUESTS_PER_SECOND, RATE_PER_SECOND_MAX, SESSION_EVENTS_PER_SECOND,
};

/// Who may send to an application, and how much. Null is no limit; what is left out of a document is as at the beginning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Admission {
    /// Origins of pages that may send, such as https://shop.example or https://*.shop.example; with none any may.
    pub origins: Vec<String>,
    /// Requests with one key.
    #[schema(minimum = 1)]
    pub key_requests_per_second: Option<u32>,
    /// Requests from one address, or from one /64 of IPv6; loopback has no limit.
    #[schema(minimum = 1)]
    pub address_requests_per_second: Option<u32>,
    /// Records of one session; those beyond are dropped.
    #[schema(minimum = 1)]
    pub session_events_per_second: Option<u32>,
    /// Records of the whole application.
    #[schema(minimum = 1)]
    pub max_events_per_second: Option<u32>,
    /// Records of the whole application in a day of UTC.
    #[schema(minimum = 1)]
    pub daily_events_max: Option<u64>,
    /// Bytes of its requests, as they are sent, in a day of UTC.
    #[schema(minimum = 1)]
    pub daily_bytes_max: Option<u64>,
}

impl Default for Admission {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            key_requests_per_second: Some(KEY_REQUESTS_PER_SECOND),
            address_requests_per_second: Some(ADDRESS_REQUESTS_PER_SECOND),
            session_events_per_second: Some(SESSION_EVENTS_PER_SECOND),
            max_events_per_second: None,
            daily_events_max: None,
            daily_bytes_max: None,
        }
    }
}

impl Admission {
    /// Says what is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        origins::check_list(&self.origins)?;
        let rates = [
            ("key_requests_per_second", self.key_requests_per_second),
            ("address_requests_per_second", self.address_requests_per_second),
            ("session_events_per_second", self.session_events_per_second),
            ("max_events_per_second", self.max_events_per_second),
        ];
        for (name, rate) in rates {
            if let Some(rate) = rate.filter(|rate| !(1..=RATE_PER_SECOND_MAX).contains(rate)) {
                return Err(format!("{name} is {rate}; it is from 1 to {RATE_PER_SECOND_MAX}, or null for no limit"));
            }
        }
        let quotas = [("daily_events_max", self.daily_events_max), ("daily_bytes_max", self.daily_bytes_max)];
        match quotas.iter().find(|(_, max)| *max == Some(0)) {
            Some((name, _)) => Err(format!("{name} is 0; it is 1 or more, or null for no quota")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong() {
        let check = |json: &str| serde_json::from_str::<Admission>(json).map_err(|error| error.to_string())?.check();
        assert_eq!(check("{}"), Ok(()));
        assert_eq!(check(r#"{"origins": ["https://shop.example"], "daily_bytes_max": 1}"#), Ok(()));
        for (json, word) in [
            (r#"{"origins": ["shop.example"]}"#, "https://shop.example"),
            (r#"{"key_requests_per_second": 0}"#, "null"),
            (r#"{"max_events_per_second": 4000000000}"#, "from 1 to"),
            (r#"{"daily_events_max": 0}"#, "daily_events_max"),
            (r#"{"daily_events_max": -1}"#, "invalid value"),
            (r#"{"quota": 1}"#, "unknown field"),
        ] {
            assert!(check(json).is_err_and(|message| message.contains(word)), "{json}: {:?}", check(json));
        }
    }

    #[test]
    fn null_is_no_limit_and_what_is_left_out_is_as_at_the_beginning() {
        let read: Admission = serde_json::from_str(r#"{"key_requests_per_second": null}"#).expect("read");
        assert_eq!(read, Admission { key_requests_per_second: None, ..Admission::default() });
    }
}
