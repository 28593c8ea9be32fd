//! The second redaction: secrets and people are taken out of whatever any sender put into texts.
//!
//! The agent has done its part in the page; other senders have not. Ids that a page sets on purpose stay: they are what a
//! person's data is found by, to export or to erase it.

mod numbers;
mod people;
mod rows;
mod scan;
mod words;

use std::borrow::Cow;
use std::sync::Arc;

use limen_model::redaction::{Redactions, Secret};
use limen_model::{Attributes, Text, Value, attributes as names};

use regex::NoExpand;

use crate::limits::REDACTION_PASSES_MAX;
use crate::rules::{OwnSecret, Rules};
use scan::{Found, scan};

/// What would be stored of a text, and what is taken out of it: for whoever writes rules.
pub fn redacted(text: &str, rules: Rules) -> (String, Redactions) {
    let mut redactor = Redactor::new(Arc::new(rules));
    let mut text = Cow::Borrowed(text);
    redactor.text(&mut text);
    (text.into_owned(), redactor.counts)
}

/// Redacts the records of one request and counts what it took out.
pub(crate) struct Redactor {
    rules: Arc<Rules>,
    pub counts: Redactions,
    /// Kept between texts for its memory alone.
    found: Vec<Found>,
}

impl Redactor {
    pub fn new(rules: Arc<Rules>) -> Self {
        Redactor { rules, counts: Redactions::default(), found: Vec::new() }
    }

    pub fn text(&mut self, text: &mut Text<'_>) {
        self.own(text);
        self.known(text);
    }

    /// What the application's own rules find.
    fn own(&mut self, text: &mut Text<'_>) {
        for OwnSecret { regex, mark } in &self.rules.secrets {
            let found = regex.find_iter(text).count();
            if found > 0 {
                *text = Cow::Owned(regex.replace_all(text, NoExpand(mark)).into_owned());
                (0..found).for_each(|_| self.counts.add(Secret::Own));
            }
        }
    }

    fn known(&mut self, text: &mut Text<'_>) {
        // What is taken out can lay bare what its letters had hidden, so the rest is looked at again.
        for _ in 0..REDACTION_PASSES_MAX {
            self.found.clear();
            scan(text, &mut self.found);
            if self.found.is_empty() {
                return;
            }
            merge(&mut self.found);
            *text = Cow::Owned(self.replaced(text));
        }
    }

    pub fn attributes(&mut self, attributes: &mut Attributes<'_>) {
        for (key, value) in &mut attributes.0 {
            if key != names::USER_ID {
                self.value(value);
            }
        }
    }

    fn value(&mut self, value: &mut Value<'_>) {
        match value {
            Value::Text(text) => self.text(text),
            Value::Int(number) if numbers::is_card(*number) => {
                self.counts.add(Secret::Card);
                *value = Value::Text(Secret::Card.mark().into());
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(value)),
            Value::Map(pairs) => pairs.0.iter_mut().for_each(|(_, value)| self.value(value)),
            _ => {}
        }
    }

    fn replaced(&mut self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        let mut from = 0;
        for Found { start, end, secret } in self.found.drain(..) {
            kept.push_str(&text[from..start]);
            kept.push_str(secret.mark());
            self.counts.add(secret);
            from = end;
        }
        kept.push_str(&text[from..]);
        kept
    }
}

/// Puts what was found in order; of two that overlap the first names both.
fn merge(found: &mut Vec<Found>) {
    found.sort_by_key(|one| one.start);
    found.dedup_by(|next, kept| {
        let overlaps = next.start < kept.end;
        if overlaps {
            kept.end = kept.end.max(next.end);
        }
        overlaps
    });
}

#[cfg(test)]
mod tests;
