//! What the user has set for one application: templates of routes, and texts that are secret to him alone.

use limen_model::Text;
use regex::{Regex, RegexBuilder};

use crate::error::RuleError;
use crate::limits::{
    LABEL_BYTES_MAX, REDACTION_PATTERN_BYTES_MAX, REDACTION_REGEX_BYTES_MAX, REDACTION_RULES_MAX,
    ROUTE_PATTERN_BYTES_MAX, ROUTE_RULES_MAX, ROUTES_A_DAY_DEFAULT,
};
use crate::{route, url};

/// The rules of one application, ready to be used.
#[derive(Debug, Clone)]
pub struct Rules {
    routes: Vec<RouteRule>,
    /// Different routes a day that are kept apart.
    pub(crate) routes_a_day: usize,
    pub(crate) secrets: Vec<OwnSecret>,
}

/// Paths that belong together. `*` stands for one segment of the path, `**` at the end for all that follow.
#[derive(Debug, Clone)]
struct RouteRule {
    segments: Vec<Segment>,
    /// Whether more segments may follow.
    open: bool,
    template: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Segment {
    Any,
    Text(String),
}

/// Texts that an expression finds, and what stands there instead.
#[derive(Debug, Clone)]
pub(crate) struct OwnSecret {
    pub regex: Regex,
    pub mark: String,
}

/// One rule as the user wrote it: for routes a pattern and its template, for secrets a name and an expression.
pub type WrittenRule<'w> = (&'w str, &'w str);

impl Default for Rules {
    fn default() -> Self {
        Rules { routes: Vec::new(), routes_a_day: ROUTES_A_DAY_DEFAULT, secrets: Vec::new() }
    }
}

impl Rules {
    /// Reads what was written; the first thing that makes no sense ends it.
    pub fn read<'w>(
        routes: impl IntoIterator<Item = WrittenRule<'w>>,
        routes_a_day: Option<usize>,
        secrets: impl IntoIterator<Item = WrittenRule<'w>>,
    ) -> Result<Self, RuleError> {
        let routes: Vec<_> = routes.into_iter().map(RouteRule::read).collect::<Result<_, _>>()?;
        let secrets: Vec<_> = secrets.into_iter().map(OwnSecret::read).collect::<Result<_, _>>()?;
        if routes.len() > ROUTE_RULES_MAX {
            return Err(RuleError::TooMany { count: routes.len(), max: ROUTE_RULES_MAX });
        }
        if secrets.len() > REDACTION_RULES_MAX {
            return Err(RuleError::TooMany { count: secrets.len(), max: REDACTION_RULES_MAX });
        }
        Ok(Rules { routes, routes_a_day: routes_a_day.unwrap_or(ROUTES_A_DAY_DEFAULT), secrets })
    }

    /// The route of a URL that its page has given no name: that of the first rule that matches, else the learned one.
    pub fn route<'a>(&self, url: &Text<'a>) -> Text<'a> {
        match self.rule_for(url) {
            Some(rule) => self.routes[rule].template.clone().into(),
            None => crate::text::cut(route::of_url(url), LABEL_BYTES_MAX),
        }
    }

    /// The place of the first rule that matches.
    pub fn rule_for(&self, url: &str) -> Option<usize> {
        if self.routes.is_empty() {
            return None;
        }
        let path = url::path(url);
        if path.is_empty() {
            return None;
        }
        self.routes.iter().position(|rule| rule.matches(path))
    }

    /// Whether a route was written by the user, and so is none of those that strangers can make up.
    pub(crate) fn wrote(&self, route: &str) -> bool {
        self.routes.iter().any(|rule| rule.template == route)
    }
}

impl RouteRule {
    fn read((pattern, template): WrittenRule<'_>) -> Result<Self, RuleError> {
        let wrong = |why| RuleError::Pattern { pattern: clipped(pattern), why };
        if pattern.len() > ROUTE_PATTERN_BYTES_MAX {
            return Err(wrong("it is too long"));
        }
        let Some(path) = pattern.strip_prefix('/') else {
            return Err(wrong("it must begin with /"));
        };
        let (path, open) = match path.strip_suffix("**") {
            Some(before) if before.is_empty() || before.ends_with('/') => (before, true),
            _ => (path, false),
        };
        let segment = |text: &str| match text {
            "*" => Ok(Segment::Any),
            text if text.contains('*') => {
                Err(wrong("a * stands for a whole segment, and ** for all that follow, at the end"))
            }
            text => Ok(Segment::Text(text.to_owned())),
        };
        let segments =
            path.split('/').filter(|text| !text.is_empty()).map(segment).collect::<Result<Vec<_>, RuleError>>()?;
        if template.trim().is_empty() || template.len() > LABEL_BYTES_MAX {
            return Err(RuleError::Template { pattern: clipped(pattern) });
        }
        Ok(RouteRule { segments, open, template: template.to_owned() })
    }

    fn matches(&self, path: &str) -> bool {
        let mut found = path.split('/').filter(|segment| !segment.is_empty());
        let all = self.segments.iter().all(|wanted| {
            found.next().is_some_and(|segment| match wanted {
                Segment::Any => true,
                Segment::Text(text) => text == segment,
            })
        });
        all && (self.open || found.next().is_none())
    }
}

impl OwnSecret {
    fn read((name, pattern): WrittenRule<'_>) -> Result<Self, RuleError> {
        let wrong = |why: String| RuleError::Expression { name: clipped(name), why };
        let named = (1..=32).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !named {
            return Err(RuleError::Name { name: clipped(name) });
        }
        if pattern.len() > REDACTION_PATTERN_BYTES_MAX {
            return Err(wrong(format!("it has more than {REDACTION_PATTERN_BYTES_MAX} bytes")));
        }
        let regex = RegexBuilder::new(pattern)
            .size_limit(REDACTION_REGEX_BYTES_MAX)
            .dfa_size_limit(REDACTION_REGEX_BYTES_MAX)
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        let mark = format!("[redacted:{name}]");
        if regex.is_match("") || regex.is_match(&mark) {
            return Err(wrong(format!("it finds the empty text, or {mark}, which stands in its place")));
        }
        Ok(OwnSecret { regex, mark })
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules(routes: &[WrittenRule<'_>]) -> Rules {
        Rules::read(routes.iter().copied(), None, []).expect("rules")
    }

    #[test]
    fn the_first_rule_that_matches_names_the_route_and_without_one_it_is_learned() {
        let rules = rules(&[
            ("/blog/archive", "/blog/archive"),
            ("/blog/*", "/blog/:slug"),
            ("/help/**", "/help"),
            ("/*/checkout", "/:shop/checkout"),
            ("/", "home"),
        ]);
        for (url, expected) in [
            ("https://shop.example/blog/archive", "/blog/archive"),
            ("https://shop.example/blog/why-shoes?ref=", "/blog/:slug"),
            ("/blog/why/shoes", "/blog/why/shoes"),
            ("/help", "/help"),
            ("/help/a/b/c", "/help"),
            ("/helping", "/helping"),
            ("/acme//checkout/", "/:shop/checkout"),
            ("https://shop.example/", "home"),
            ("/product/4711", "/product/:id"),
            ("about:blank", ""),
        ] {
            assert_eq!(rules.route(&url.into()), expected, "{url}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_route() {
        for (pattern, template, word) in [
            ("blog", "/blog", "begin with /"),
            ("/blog/a*", "/blog", "whole segment"),
            ("/a**", "/a", "whole segment"),
            ("/blog", " ", "template"),
        ] {
            let error = Rules::read([(pattern, template)], None, []).expect_err("refused").to_string();
            assert!(error.contains(word), "{error}");
        }
        assert!(Rules::read(vec![("/a", "/a"); ROUTE_RULES_MAX + 1], None, []).is_err());
    }

    #[test]
    fn says_what_is_wrong_with_an_expression() {
        for (name, pattern, word) in [
            ("Order", "a", "lower case"),
            ("order", "(", "unclosed"),
            ("order", "a*", "empty text"),
            ("order", "redacted", "stands in its place"),
            ("order", "\\w{1000}{1000}", "size limit"),
            ("order", &"a".repeat(REDACTION_PATTERN_BYTES_MAX + 1), "bytes"),
        ] {
            let error = Rules::read([], None, [(name, pattern)]).expect_err("refused").to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_pattern_is_read_or_refused_and_any_path_matched(pattern in ".{0,40}", path in ".{0,40}") {
            if let Ok(rules) = Rules::read([(&*pattern, "/x")], None, []) {
                rules.route(&path.into());
            }
        }
    }
}
