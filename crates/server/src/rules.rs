//! What people set for the routes and the secrets of one application, as documents and ready to be used.

use std::sync::Arc;

use limen_enrich::{RuleError, Rules};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app_settings::AppSettings;
use crate::limits::ROUTES_A_DAY_MAX;

/// How the pages of an application are put together to routes. A name given by the page itself goes before all of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RouteRules {
    /// The first one that matches names the route; where none does, it is learned from the path. At most 200.
    pub rules: Vec<RouteRule>,
    /// Different routes a day that are kept apart, 1 to 20,000; what comes beyond is put under `other` and counted. Null is 2,000.
    pub routes_a_day: Option<usize>,
}

/// Paths that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteRule {
    /// A path such as `/blog/*/comments`: `*` stands for one segment, `**` at the end for all that follow.
    pub pattern: String,
    /// The route, such as `/blog/:slug/comments`.
    pub template: String,
}

/// What is secret in an application beside what every application hides.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RedactionRules {
    /// At most 20.
    pub rules: Vec<RedactionRule>,
}

/// Texts that are replaced before anything is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedactionRule {
    /// 1 to 32 letters in lower case, digits and `_`; `[redacted:name]` stands in the row instead.
    pub name: String,
    /// A regular expression without look-around and back references.
    pub pattern: String,
}

impl RouteRules {
    pub fn check(&self) -> Result<(), String> {
        if let Some(count) = self.routes_a_day
            && !(1..=ROUTES_A_DAY_MAX).contains(&count)
        {
            return Err(format!("routes_a_day is {count}; it is a number from 1 to {ROUTES_A_DAY_MAX}"));
        }
        read(self, &RedactionRules::default()).map(|_| ()).map_err(|error| error.to_string())
    }

    /// Ready to be tried.
    pub fn read(&self) -> Result<Rules, String> {
        read(self, &RedactionRules::default()).map_err(|error| error.to_string())
    }
}

impl RedactionRules {
    pub fn check(&self) -> Result<(), String> {
        self.read().map(|_| ())
    }

    /// Ready to be tried.
    pub fn read(&self) -> Result<Rules, String> {
        read(&RouteRules::default(), self).map_err(|error| error.to_string())
    }
}

/// All rules of an application. They were checked before they were kept: one that is wrong now comes from another version, and
/// then none of them is used.
pub fn of(settings: &AppSettings) -> Arc<Rules> {
    let rules = read(&settings.routes, &settings.redaction);
    Arc::new(rules.unwrap_or_else(|error| {
        tracing::error!(%error, "rules that were kept cannot be used, so none is: set them again");
        Rules::default()
    }))
}

fn read(routes: &RouteRules, redaction: &RedactionRules) -> Result<Rules, RuleError> {
    Rules::read(
        routes.rules.iter().map(|rule| (&*rule.pattern, &*rule.template)),
        routes.routes_a_day,
        redaction.rules.iter().map(|rule| (&*rule.name, &*rule.pattern)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong() {
        let routes = |json: &str| serde_json::from_str::<RouteRules>(json).map_err(|error| error.to_string())?.check();
        assert_eq!(
            routes(r#"{"rules": [{"pattern": "/blog/*", "template": "/blog/:slug"}], "routes_a_day": 50}"#),
            Ok(())
        );
        assert!(
            routes(r#"{"rules": [{"pattern": "blog", "template": "x"}]}"#).is_err_and(|told| told.contains("begin"))
        );
        assert!(routes(r#"{"routes_a_day": 0}"#).is_err_and(|told| told.contains("1 to")));
        assert!(routes(r#"{"rules": [{"pattern": "/a"}]}"#).is_err_and(|told| told.contains("template")));
        let secrets =
            |json: &str| serde_json::from_str::<RedactionRules>(json).map_err(|error| error.to_string())?.check();
        assert_eq!(secrets(r#"{"rules": [{"name": "order", "pattern": "ORD-\\d+"}]}"#), Ok(()));
        assert!(secrets(r#"{"rules": [{"name": "order", "pattern": "("}]}"#).is_err_and(|told| told.contains("order")));
    }
}
