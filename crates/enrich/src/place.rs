//! Where a record of a browser belongs: its session, its view, its page, its user.

use limen_model::sampling::SamplingState;
use limen_model::{Text, Value, attributes as names};

use crate::columns::{address, id, label};
use crate::limits::WEIGHT_MAX;
use crate::origin::Origin;
use crate::rules::Rules;

/// The attributes that views, events and spans have alike.
#[derive(Default)]
pub(crate) struct Place<'a> {
    pub session_id: Text<'a>,
    pub view_id: Text<'a>,
    pub view_name: Text<'a>,
    pub document_url: Text<'a>,
    pub user_id: Text<'a>,
    probability: Option<f64>,
}

impl<'a> Place<'a> {
    /// Takes the value when the attribute is one of a place.
    pub fn take(&mut self, key: &str, value: &mut Value<'a>) -> bool {
        match key {
            names::SESSION_ID => self.session_id = id(value),
            names::VIEW_ID => self.view_id = id(value),
            names::VIEW_NAME => self.view_name = label(value),
            names::DOCUMENT_URL => self.document_url = address(value),
            names::USER_ID => self.user_id = id(value),
            names::SAMPLING_PROBABILITY => self.probability = value.as_f64(),
            _ => return false,
        }
        true
    }

    /// Some senders put what belongs to all records on their resource.
    pub fn or_from(mut self, origin: &Origin<'a>) -> Self {
        if self.session_id.is_empty() {
            self.session_id = origin.place.session_id.clone();
        }
        if self.user_id.is_empty() {
            self.user_id = origin.place.user_id.clone();
        }
        if self.document_url.is_empty() {
            self.document_url = origin.place.document_url.clone();
        }
        self.probability = self.probability.or(origin.place.probability);
        self
    }

    /// The name given by the page or its router, else what the rules make of its path.
    pub fn route(&self, rules: &Rules) -> Text<'a> {
        if self.view_name.is_empty() { rules.route(&self.document_url) } else { self.view_name.clone() }
    }

    /// The same of a span, whose tracestate may know it where no attribute says it.
    pub fn weight_of_span(&self, trace_state: &str) -> f64 {
        match (self.probability, SamplingState::read(trace_state).threshold) {
            (None, Some(threshold)) => {
                Place { probability: Some(threshold.probability()), ..Place::default() }.weight()
            }
            _ => self.weight(),
        }
    }

    /// For how many records this one stands: none, when it is there for what happened and not by chance.
    pub fn weight(&self) -> f64 {
        if self.probability == Some(0.0) {
            return 0.0;
        }
        self.probability.filter(|probability| (1.0 / WEIGHT_MAX..=1.0).contains(probability)).map_or(1.0, f64::recip)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(probability: f64) -> f64 {
        let mut place = Place::default();
        assert!(place.take(names::SAMPLING_PROBABILITY, &mut Value::Double(probability)));
        place.weight()
    }

    #[test]
    fn a_record_stands_for_those_that_were_not_kept() {
        assert_eq!(weight(0.25), 4.0);
        assert_eq!(Place::default().weight(), 1.0);
    }

    #[test]
    fn a_record_kept_for_what_happened_may_be_seen_but_does_not_count() {
        assert_eq!(weight(0.0), 0.0);
    }

    #[test]
    fn an_impossible_probability_counts_as_certainty() {
        for probability in [-0.5, 1.5, 1e-300, f64::NAN, f64::INFINITY] {
            assert_eq!(weight(probability), 1.0, "{probability}");
        }
    }

    #[test]
    fn a_span_stands_for_as_many_as_its_tracestate_says_unless_an_attribute_says_otherwise() {
        let told = |probability| Place { probability, ..Place::default() };
        assert_eq!(told(None).weight_of_span("ot=th:c;rv:ffffffffffffff"), 4.0);
        assert_eq!(told(Some(0.5)).weight_of_span("ot=th:c"), 2.0);
        assert_eq!(told(Some(0.0)).weight_of_span("ot=th:c"), 0.0);
        for nothing in ["", "ot=th:0", "ot=rv:ffffffffffffff", "ot=th:ffffffffffffff", "congo=t61"] {
            assert_eq!(told(None).weight_of_span(nothing), 1.0, "{nothing}");
        }
    }

    #[test]
    fn the_name_of_the_view_goes_before_the_template_of_its_path() {
        let mut place = Place { document_url: "https://shop.example/product/7".into(), ..Place::default() };
        assert_eq!(place.route(&Rules::default()), "/product/:id");
        place.view_name = "/product/:slug".into();
        assert_eq!(place.route(&Rules::default()), "/product/:slug");
    }
}
