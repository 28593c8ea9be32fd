//! Attribute values as OTLP defines them, borrowed from the request body wherever that is possible.

use std::borrow::Cow;

/// Text that mostly borrows from the request body.
pub type Text<'a> = Cow<'a, str>;

/// OTLP's `AnyValue`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value<'a> {
    #[default]
    Empty,
    Text(Text<'a>),
    Bool(bool),
    Int(i64),
    Double(f64),
    Bytes(Cow<'a, [u8]>),
    Array(Vec<Value<'a>>),
    Map(Attributes<'a>),
}

impl<'a> Value<'a> {
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number behind the value whatever its wire type: JavaScript exporters send integral doubles as integers,
    /// so a column's type follows from the attribute's name, never from the wire.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Int(int) => Some(*int as f64),
            Value::Double(double) => Some(*double),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Int(int) => Some(*int),
            Value::Double(double) if double.fract() == 0.0 && double.abs() < 9e15 => Some(*double as i64),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(bool) => Some(*bool),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

/// The attributes of a record in the order they were sent. A key that occurs twice counts as its last value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attributes<'a>(pub Vec<(Text<'a>, Value<'a>)>);

impl<'a> Attributes<'a> {
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.0.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_text)
    }

    /// Takes the value out, so that what is left are the attributes without a column of their own.
    pub fn take(&mut self, key: &str) -> Option<Value<'a>> {
        let mut found = None;
        self.0.retain_mut(|(name, value)| {
            if name == key {
                found = Some(std::mem::take(value));
                false
            } else {
                true
            }
        });
        found
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_number_whatever_its_wire_type() {
        assert_eq!(Value::Int(2500).as_f64(), Some(2500.0));
        assert_eq!(Value::Double(2500.0).as_i64(), Some(2500));
        assert_eq!(Value::Text("1.5".into()).as_f64(), Some(1.5));
        assert_eq!(Value::Double(0.5).as_i64(), None);
    }

    #[test]
    fn the_last_value_of_a_repeated_key_counts() {
        let mut attributes =
            Attributes(vec![("a".into(), Value::Int(1)), ("b".into(), Value::Int(2)), ("a".into(), Value::Int(3))]);
        assert_eq!(attributes.get("a"), Some(&Value::Int(3)));
        assert_eq!(attributes.take("a"), Some(Value::Int(3)));
        assert_eq!(attributes.0, vec![("b".into(), Value::Int(2))]);
    }
}
