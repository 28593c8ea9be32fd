//! What one batch and one record may still use, and the count of what went beyond.

use std::borrow::Cow;

use limen_model::received::Number;
use limen_model::{Attributes, Outcome, Rejections, Signal, Text, Value, attributes as names};

use crate::limits::Limits;

/// Both decoders spend from the same budget, so the limits hold alike for protobuf and JSON.
pub(crate) struct Budget {
    pub limits: Limits,
    /// What is wrong with the record being read; its first flaw counts.
    flaw: Option<Outcome>,
    values_left: usize,
    records_left: usize,
    groups_left: usize,
    /// How many attributes the last record had: the next one probably has as many.
    attributes_hint: usize,
    rejections: Rejections,
}

impl Budget {
    pub fn new(limits: &Limits) -> Self {
        Budget {
            limits: limits.clone(),
            flaw: None,
            values_left: limits.values_max,
            records_left: limits.records_max,
            groups_left: limits.groups_max,
            attributes_hint: 0,
            rejections: Rejections::default(),
        }
    }

    pub fn into_rejections(self) -> Rejections {
        self.rejections
    }

    pub fn reject(&mut self, signal: Signal, outcome: Outcome, count: u64) {
        self.rejections.add(signal, outcome, count);
    }

    /// Whether one more group fits into the batch.
    pub fn take_group(&mut self) -> bool {
        spend(&mut self.groups_left)
    }

    /// Whether one more record fits into the batch.
    pub fn take_record(&mut self) -> bool {
        spend(&mut self.records_left)
    }

    pub fn records_left(&self) -> usize {
        self.records_left
    }

    /// Forgets the record before: the next one has its own budget of values and no flaw yet.
    pub fn begin_record(&mut self) {
        self.flaw = None;
        self.values_left = self.limits.values_max;
    }

    /// Spends a record for a point of a metric, which is one of its own.
    pub fn take_point(&mut self) {
        if !self.take_record() {
            self.flaw = Some(Outcome::BatchTooLong);
        }
    }

    /// The value of a metric point, without which there is no point unless it marks the end of its series.
    pub fn demand(&mut self, value: Option<Number>, stale: bool) -> Number {
        self.demand_fit(value.is_some() || stale);
        value.unwrap_or_default()
    }

    /// Notes that a record has more attributes than it may.
    pub fn refuse_attributes(&mut self) {
        self.flaw.get_or_insert(Outcome::AttributesTooMany);
    }

    /// Whether one more exemplar fits beside the others of its point.
    pub fn may_add_exemplar(&mut self, others: usize) -> bool {
        if others >= self.limits.exemplars_max {
            self.flaw.get_or_insert(Outcome::AttributesTooMany);
        }
        self.take_value()
    }

    /// Notes that a metric point is invalid when its lists did not fit.
    pub fn demand_fit(&mut self, fits: bool) {
        if !fits {
            self.flaw.get_or_insert(Outcome::MetricInvalid);
        }
    }

    /// What was wrong with the record just read.
    pub fn flaw(&self) -> Option<Outcome> {
        self.flaw
    }

    /// Whether one more value fits into the record.
    pub fn take_value(&mut self) -> bool {
        let fits = self.flaw.is_none() && spend(&mut self.values_left);
        if !fits {
            self.flaw.get_or_insert(Outcome::AttributesTooMany);
        }
        fits
    }

    /// Whether a map or an array may be opened inside `level` others.
    pub fn may_nest(&mut self, level: usize) -> bool {
        let fits = level < self.limits.depth_max;
        if !fits {
            self.flaw.get_or_insert(Outcome::ValueTooDeep);
        }
        fits && self.flaw.is_none()
    }

    /// Whether one more attribute fits beside the others.
    pub fn may_add_attribute(&mut self, attributes: &Attributes<'_>) -> bool {
        if attributes.0.len() >= self.limits.attributes_max {
            self.flaw.get_or_insert(Outcome::AttributesTooMany);
        }
        self.take_value()
    }

    /// Whether one more span event or link fits beside the others.
    pub fn may_add_to_span(&mut self, others: usize) -> bool {
        if others >= self.limits.span_events_max {
            self.flaw.get_or_insert(Outcome::AttributesTooMany);
        }
        self.take_value()
    }

    pub fn add_attribute<'a>(&self, attributes: &mut Attributes<'a>, key: Text<'a>, value: Value<'a>) {
        if attributes.0.capacity() == 0 {
            attributes.0.reserve_exact(self.attributes_hint.max(4));
        }
        let value = match value {
            Value::Text(text) if key != names::EXCEPTION_STACKTRACE => {
                Value::Text(cut(text, self.limits.text_bytes_max))
            }
            other => other,
        };
        attributes.0.push((self.key(key), value));
    }

    /// Notes how many attributes a record had. The hint never exceeds what a sender has really sent once, so
    /// tiny records after a large one cannot make the server reserve more than twice what came.
    pub fn expect_attributes(&mut self, attributes: &Attributes<'_>) {
        self.attributes_hint = attributes.0.len();
    }

    pub fn key<'a>(&self, text: Text<'a>) -> Text<'a> {
        cut(text, self.limits.key_bytes_max)
    }

    pub fn name<'a>(&self, text: Text<'a>) -> Text<'a> {
        cut(text, self.limits.name_bytes_max)
    }

    pub fn text<'a>(&self, text: Text<'a>) -> Text<'a> {
        cut(text, self.limits.text_bytes_max)
    }

    /// The text of a value: at the top its attribute's key decides later how long it may be.
    pub fn value_text<'a>(&self, text: Text<'a>, level: usize) -> Text<'a> {
        cut(text, if level == 0 { self.limits.long_text_bytes_max } else { self.limits.text_bytes_max })
    }

    pub fn value_bytes<'a>(&self, bytes: Cow<'a, [u8]>) -> Cow<'a, [u8]> {
        let max = bytes.len().min(self.limits.text_bytes_max);
        match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[..max]),
            Cow::Owned(mut bytes) => {
                bytes.truncate(max);
                Cow::Owned(bytes)
            }
        }
    }
}

fn spend(left: &mut usize) -> bool {
    let fits = *left > 0;
    *left = left.saturating_sub(1);
    fits
}

fn cut(text: Text<'_>, bytes_max: usize) -> Text<'_> {
    if text.len() <= bytes_max {
        return text;
    }
    let end = text.floor_char_boundary(bytes_max);
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_a_text_at_a_character() {
        assert_eq!(cut("aä".into(), 2), "a");
        assert_eq!(cut("aä".into(), 3), "aä");
        assert_eq!(cut(Cow::Owned("ää".to_owned()), 3), "ä");
    }

    #[test]
    fn the_first_flaw_of_a_record_counts_and_the_next_record_starts_without() {
        let mut budget = Budget::new(&Limits { values_max: 1, depth_max: 1, ..Limits::BROWSER });
        assert!(budget.take_value());
        assert!(!budget.take_value());
        assert!(!budget.may_nest(1));
        assert_eq!(budget.flaw(), Some(Outcome::AttributesTooMany));
        budget.begin_record();
        assert_eq!(budget.flaw(), None);
        assert!(budget.take_value());
    }

    #[test]
    fn a_stack_trace_may_be_longer_than_other_texts() {
        let budget = Budget::new(&Limits { text_bytes_max: 4, ..Limits::BROWSER });
        let mut attributes = Attributes::default();
        budget.add_attribute(&mut attributes, "a".into(), Value::Text("123456".into()));
        budget.add_attribute(&mut attributes, names::EXCEPTION_STACKTRACE.into(), Value::Text("123456".into()));
        assert_eq!(attributes.text("a"), Some("1234"));
        assert_eq!(attributes.text(names::EXCEPTION_STACKTRACE), Some("123456"));
    }
}
