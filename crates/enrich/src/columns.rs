//! Values as columns: what a column's type and bounds make of whatever was sent under its name.
//!
//! Each takes the value out of its attribute. A number that cannot be is unknown, never zero.

use limen_model::{Text, Value, attributes as names};

use crate::limits::{ID_BYTES_MAX, LABEL_BYTES_MAX, MILLIS_MAX, SELECTOR_BYTES_MAX, SHIFT_MAX, VIEW_MILLIS_MAX};
use crate::{text, url};

/// A text of any length that came through the door.
pub(crate) fn words<'a>(value: &mut Value<'a>) -> Text<'a> {
    text::from_value(std::mem::take(value))
}

/// A text in a column with few different values.
pub(crate) fn label<'a>(value: &mut Value<'a>) -> Text<'a> {
    text::cut(words(value), LABEL_BYTES_MAX)
}

/// The id of a session, a view or a user.
pub(crate) fn id<'a>(value: &mut Value<'a>) -> Text<'a> {
    text::cut(words(value), ID_BYTES_MAX)
}

pub(crate) fn selector<'a>(value: &mut Value<'a>) -> Text<'a> {
    text::cut(words(value), SELECTOR_BYTES_MAX)
}

/// A URL without what may be secret.
pub(crate) fn address<'a>(value: &mut Value<'a>) -> Text<'a> {
    url::strip(words(value))
}

/// A duration in milliseconds.
pub(crate) fn millis(value: &Value<'_>) -> Option<f64> {
    within(value, MILLIS_MAX)
}

/// How long a view was open, in milliseconds.
pub(crate) fn view_millis(value: &Value<'_>) -> Option<f64> {
    within(value, VIEW_MILLIS_MAX)
}

/// A layout shift.
pub(crate) fn shift(value: &Value<'_>) -> Option<f64> {
    within(value, SHIFT_MAX)
}

fn within(value: &Value<'_>, max: f64) -> Option<f64> {
    value.as_f64().filter(|number| (0.0..=max).contains(number))
}

pub(crate) fn count(value: &Value<'_>) -> u32 {
    value.as_i64().map_or(0, |number| u32::try_from(number.max(0)).unwrap_or(u32::MAX))
}

/// A number of pixels or an HTTP status; zero when it is none.
pub(crate) fn small(value: &Value<'_>) -> u16 {
    value.as_f64().map_or(0, |number| number.round().clamp(0.0, f64::from(u16::MAX)) as u16)
}

/// Takes what may be secret out of the URLs in an attribute that has no column.
pub(crate) fn strip(key: &str, value: &mut Value<'_>) {
    match value {
        Value::Text(text) => match key {
            names::EXCEPTION_STACKTRACE | names::EXCEPTION_MESSAGE => *text = url::strip_within(std::mem::take(text)),
            "url.query" => *text = url::strip_query(std::mem::take(text)),
            _ if text.starts_with("https://") || text.starts_with("http://") => {
                *text = url::strip(std::mem::take(text))
            }
            _ => {}
        },
        Value::Array(values) => values.iter_mut().for_each(|value| strip(key, value)),
        Value::Map(pairs) => pairs.0.iter_mut().for_each(|(key, value)| strip(key, value)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use limen_model::Attributes;

    use super::*;

    #[test]
    fn a_vital_that_cannot_be_is_unknown() {
        for bad in [-1.0, f64::NAN, f64::INFINITY, MILLIS_MAX + 1.0] {
            assert_eq!(millis(&Value::Double(bad)), None, "{bad}");
        }
        assert_eq!(millis(&Value::Int(2500)), Some(2500.0));
        assert_eq!(millis(&Value::Text("12.5".into())), Some(12.5));
        assert_eq!(shift(&Value::Double(0.1)), Some(0.1));
    }

    #[test]
    fn counts_and_sizes_are_bounded() {
        assert_eq!(count(&Value::Int(-4)), 0);
        assert_eq!(count(&Value::Int(i64::MAX)), u32::MAX);
        assert_eq!(small(&Value::Double(1920.4)), 1920);
        assert_eq!(small(&Value::Int(-5)), 0);
        assert_eq!(small(&Value::Double(f64::NAN)), 0);
    }

    #[test]
    fn urls_are_stripped_wherever_they_stand() {
        let url = || Value::Text("https://cdn.example/x.js?key=secret".into());
        let mut value = Value::Array(vec![Value::Map(Attributes(vec![("source_url".into(), url())]))]);
        strip("browser.long_animation_frame.scripts", &mut value);
        assert!(!format!("{value:?}").contains("secret"), "{value:?}");
        let mut query = Value::Text("token=secret&page=2".into());
        strip("url.query", &mut query);
        assert_eq!(query.as_text(), Some("token=&page="));
    }

    #[test]
    fn a_label_is_cut_at_a_character() {
        let long = "ä".repeat(200);
        assert_eq!(label(&mut Value::Text(long.into())).len(), 256);
        assert_eq!(label(&mut Value::Int(5)), "5");
    }
}
