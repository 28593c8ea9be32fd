//! The target of Apdex: how long people of one application wait and are still satisfied.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{APDEX_TARGET_MILLIS_MAX, APDEX_TARGET_MILLIS_MIN};

/// Who waits up to this long is satisfied, who waits up to four times as long tolerates it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ApdexTarget {
    #[schema(minimum = 50, maximum = 60000, default = 2500)]
    pub target_ms: f64,
}

impl Default for ApdexTarget {
    /// Up to here an LCP is good (<https://web.dev/articles/defining-core-web-vitals-thresholds>).
    fn default() -> Self {
        Self { target_ms: 2500.0 }
    }
}

impl ApdexTarget {
    /// Says what is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        let most = APDEX_TARGET_MILLIS_MIN..=APDEX_TARGET_MILLIS_MAX;
        if most.contains(&self.target_ms) {
            return Ok(());
        }
        Err(format!(
            "target_ms is {}; it is from {APDEX_TARGET_MILLIS_MIN} to {APDEX_TARGET_MILLIS_MAX} milliseconds",
            self.target_ms
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong() {
        let check = |json: &str| serde_json::from_str::<ApdexTarget>(json).map_err(|error| error.to_string())?.check();
        assert_eq!(check("{}"), Ok(()));
        assert_eq!(check(r#"{"target_ms": 1200}"#), Ok(()));
        for (json, word) in [
            (r#"{"target_ms": 2}"#, "milliseconds"),
            (r#"{"target_ms": 1e9}"#, "from 50"),
            (r#"{"t": 1}"#, "unknown field"),
        ] {
            assert!(check(json).is_err_and(|message| message.contains(word)), "{json}");
        }
    }
}
