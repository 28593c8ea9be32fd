//! What people decide about errors: which belong together, which are noise, whose code a file is.

use serde::{Deserialize, Serialize};

use crate::limits::{RULE_TEXT_BYTES_MAX, RULES_MAX};
use crate::source::Resolved;

/// Rules in order: the first that matches decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ErrorRules {
    pub rules: Vec<ErrorRule>,
}

/// What is given must match all of it, `*` for any text. Exactly one of `group` and `noise` says what follows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ErrorRule {
    /// The type, such as `ChunkLoadError`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// The message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The file of any frame, of its source where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The function of any frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    /// They are one group with this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// They are noise: kept and counted, and not shown among the others.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub noise: bool,
}

/// What a rule says about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'r> {
    Group(&'r str),
    Noise,
}

impl ErrorRules {
    pub fn check(&self) -> Result<(), String> {
        if self.rules.len() > RULES_MAX {
            return Err(format!("there are {} rules, and {RULES_MAX} at most", self.rules.len()));
        }
        for (rule, number) in self.rules.iter().zip(1..) {
            rule.check().map_err(|wrong| format!("rule {number}: {wrong}"))?;
        }
        Ok(())
    }

    pub fn judge<'r>(&'r self, kind: &str, message: &str, frames: &[Resolved]) -> Option<Verdict<'r>> {
        let rule = self.rules.iter().find(|rule| rule.matches(kind, message, frames))?;
        Some(match &rule.group {
            Some(name) => Verdict::Group(name),
            None => Verdict::Noise,
        })
    }
}

impl ErrorRule {
    fn patterns(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("type", self.r#type.as_deref()),
            ("message", self.message.as_deref()),
            ("file", self.file.as_deref()),
            ("function", self.function.as_deref()),
        ]
    }

    fn check(&self) -> Result<(), String> {
        let long = |text: &str| text.len() > RULE_TEXT_BYTES_MAX;
        let given: Vec<(&str, &str)> =
            self.patterns().into_iter().filter_map(|(name, pattern)| Some((name, pattern?))).collect();
        if given.iter().all(|(_, pattern)| pattern.chars().all(|c| c == '*')) {
            return Err("say at least one of type, message, file and function, or it matches every error".to_owned());
        }
        if let Some((name, _)) = given.iter().find(|(_, pattern)| long(pattern)) {
            return Err(format!("{name} is longer than {RULE_TEXT_BYTES_MAX} bytes"));
        }
        match (&self.group, self.noise) {
            (Some(name), false) if name.trim().is_empty() => Err("the name of the group is empty".to_owned()),
            (Some(name), false) if long(name) => Err(format!("group is longer than {RULE_TEXT_BYTES_MAX} bytes")),
            (Some(_), false) | (None, true) => Ok(()),
            _ => Err("say either a group or noise".to_owned()),
        }
    }

    fn matches(&self, kind: &str, message: &str, frames: &[Resolved]) -> bool {
        let text = |pattern: &Option<String>, text: &str| pattern.as_deref().is_none_or(|p| wild(p, text));
        let any = |pattern: &Option<String>, of: fn(&Resolved) -> &str| {
            pattern.as_deref().is_none_or(|p| frames.iter().any(|frame| wild(p, of(frame))))
        };
        text(&self.r#type, kind)
            && text(&self.message, message)
            && any(&self.file, |frame| &frame.file)
            && any(&self.function, |frame| &frame.function)
    }
}

/// The whole text, with `*` for any part of it, in time proportional to both lengths multiplied at worst.
fn wild(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len() && pattern[p] == text[t] {
            p += 1;
            t += 1;
        } else if let Some((at, from)) = star {
            star = Some((at, from + 1));
            p = at + 1;
            t = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> ErrorRules {
        let pattern = Some(text.to_owned());
        ErrorRules { rules: vec![ErrorRule { message: pattern, noise: true, ..ErrorRule::default() }] }
    }

    #[test]
    fn a_star_is_any_text() {
        for (pattern, text, matches) in [
            ("a*c", "abbc", true),
            ("a*c", "abb", false),
            ("*", "", true),
            ("*x*", "axb", true),
            ("", "a", false),
            ("**a", "bba", true),
        ] {
            assert_eq!(wild(pattern, text), matches, "{pattern} {text}");
        }
    }

    #[test]
    fn a_rule_says_what_it_is_about_and_what_follows() {
        assert_eq!(rule("ResizeObserver*").check(), Ok(()));
        assert!(rule("*").check().is_err());
        let both = ErrorRule { group: Some("a".to_owned()), ..rule("x").rules[0].clone() };
        assert!(ErrorRules { rules: vec![both] }.check().is_err_and(|told| told.contains("rule 1")));
        assert!(ErrorRules { rules: vec![ErrorRule::default()] }.check().is_err());
    }

    #[test]
    fn the_first_that_matches_decides() {
        let mut rules = rule("Loading chunk*");
        let named = ErrorRule {
            r#type: Some("ChunkLoadError".to_owned()),
            group: Some("chunks".to_owned()),
            ..ErrorRule::default()
        };
        rules.rules.insert(0, named);
        assert_eq!(rules.judge("ChunkLoadError", "Loading chunk 1", &[]), Some(Verdict::Group("chunks")));
        assert_eq!(rules.judge("Error", "Loading chunk 1", &[]), Some(Verdict::Noise));
        assert_eq!(rules.judge("Error", "other", &[]), None);
    }
}
