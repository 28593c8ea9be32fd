//! Values as text, for columns that hold text whatever was sent.

use std::borrow::Cow;
use std::fmt::{self, Write};

use limen_model::{Text, Value};

use crate::limits::RENDERED_BYTES_MAX;

/// The text of a value; what is no text is written as JSON.
pub(crate) fn from_value(value: Value<'_>) -> Text<'_> {
    match value {
        Value::Text(text) => text,
        Value::Empty => Cow::Borrowed(""),
        Value::Bool(true) => Cow::Borrowed("true"),
        Value::Bool(false) => Cow::Borrowed("false"),
        other => {
            let mut rendered = String::new();
            render(&other, &mut rendered);
            cut(Cow::Owned(rendered), RENDERED_BYTES_MAX)
        }
    }
}

/// The text, cut at a character.
pub(crate) fn cut(text: Text<'_>, bytes_max: usize) -> Text<'_> {
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

fn render(value: &Value<'_>, out: &mut String) {
    // The rest would be cut anyway.
    if out.len() > RENDERED_BYTES_MAX {
        return;
    }
    match value {
        Value::Empty => out.push_str("null"),
        Value::Text(text) => render_text(text, out),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Int(number) => push(out, format_args!("{number}")),
        Value::Double(number) if number.is_finite() => push(out, format_args!("{number}")),
        Value::Double(number) => push(out, format_args!("\"{number}\"")),
        Value::Bytes(bytes) => {
            out.push('"');
            bytes.iter().for_each(|byte| push(out, format_args!("{byte:02x}")));
            out.push('"');
        }
        Value::Array(values) => {
            out.push('[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                render(value, out);
            }
            out.push(']');
        }
        Value::Map(pairs) => {
            out.push('{');
            for (at, (key, value)) in pairs.0.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                render_text(key, out);
                out.push(':');
                render(value, out);
            }
            out.push('}');
        }
    }
}

fn push(out: &mut String, arguments: fmt::Arguments<'_>) {
    // Writing to a String never fails.
    let _ = out.write_fmt(arguments);
}

fn render_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => drop(write!(out, "\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use limen_model::Attributes;

    use super::*;

    #[test]
    fn what_is_no_text_is_written_as_json() {
        let pairs = vec![
            ("a \"b\"".into(), Value::Array(vec![Value::Int(1), Value::Empty, Value::Double(0.5)])),
            ("c".into(), Value::Text("line\nend\u{1}".into())),
        ];
        let text = from_value(Value::Map(Attributes(pairs)));
        assert_eq!(text, r#"{"a \"b\"":[1,null,0.5],"c":"line\nend\u0001"}"#);
    }

    #[test]
    fn a_text_stays_a_text() {
        assert!(matches!(from_value(Value::Text("as it is".into())), Cow::Borrowed("as it is")));
        assert_eq!(from_value(Value::Empty), "");
    }

    #[test]
    fn a_large_value_is_cut() {
        let values = vec![Value::Text("x".repeat(1000).into()); 100];
        assert_eq!(from_value(Value::Array(values)).len(), RENDERED_BYTES_MAX);
    }
}
