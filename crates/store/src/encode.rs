//! Writes values in RowBinary, the engine's own row format: no text, no copies but the one into the batch.
//!
//! Format: <https://clickhouse.com/docs/interfaces/formats/RowBinary>. Each method writes one column's type.

use limen_model::{Attributes, SpanId, TraceId, Value};

/// A growing buffer of rows of one table.
#[derive(Debug, Default)]
pub struct RowWriter {
    bytes: Vec<u8>,
}

impl RowWriter {
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    pub fn bool(&mut self, value: bool) {
        self.u8(value.into());
    }

    pub fn u16(&mut self, value: u16) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub fn i32(&mut self, value: i32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub fn u64(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    /// `DateTime64(9)`: nanoseconds since the epoch.
    pub fn time(&mut self, unix_nano: i64) {
        self.bytes.extend_from_slice(&unix_nano.to_le_bytes());
    }

    pub fn f64(&mut self, value: f64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    /// `Nullable(Float64)`.
    pub fn maybe_f64(&mut self, value: Option<f64>) {
        match value {
            Some(value) => {
                self.u8(0);
                self.f64(value);
            }
            None => self.u8(1),
        }
    }

    /// `Nullable(Int64)`.
    pub fn maybe_i64(&mut self, value: Option<i64>) {
        match value {
            Some(value) => {
                self.u8(0);
                self.bytes.extend_from_slice(&value.to_le_bytes());
            }
            None => self.u8(1),
        }
    }

    /// `String` and `LowCardinality(String)`.
    pub fn text(&mut self, value: &str) {
        self.length(value.len());
        self.bytes.extend_from_slice(value.as_bytes());
    }

    /// `FixedString(16)`; zeros stand for "no trace".
    pub fn trace_id(&mut self, id: Option<TraceId>) {
        self.bytes.extend_from_slice(&id.map_or([0; 16], |id| *id.as_bytes()));
    }

    /// `FixedString(8)`; zeros stand for "no span".
    pub fn span_id(&mut self, id: Option<SpanId>) {
        self.bytes.extend_from_slice(&id.map_or([0; 8], |id| *id.as_bytes()));
    }

    /// `Array(…)`: its length, then each item as `write` puts it.
    pub fn array<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.length(items.len());
        items.iter().for_each(|item| write(self, item));
    }

    /// `Map(LowCardinality(String), String)`.
    pub fn attributes(&mut self, attributes: &Attributes<'_>) {
        self.length(attributes.0.len());
        for (key, value) in &attributes.0 {
            self.text(key);
            self.value(value);
        }
    }

    fn value(&mut self, value: &Value<'_>) {
        match value {
            Value::Text(text) => self.text(text),
            Value::Empty => self.text(""),
            Value::Bool(true) => self.text("true"),
            Value::Bool(false) => self.text("false"),
            other => self.text(&json(other)),
        }
    }

    /// LEB128, as protobuf writes its varints.
    fn length(&mut self, length: usize) {
        let mut rest = length;
        while rest >= 0x80 {
            self.bytes.push((rest as u8) | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
    }
}

/// Numbers as they are read, lists and maps as JSON, bytes as hexadecimal digits: what a person can search for.
fn json(value: &Value<'_>) -> String {
    let mut text = String::new();
    write_json(value, &mut text);
    text
}

fn write_json(value: &Value<'_>, out: &mut String) {
    match value {
        Value::Empty => out.push_str("null"),
        Value::Text(text) => write_json_text(text, out),
        Value::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
        Value::Int(int) => out.push_str(&int.to_string()),
        Value::Double(double) => out.push_str(&double.to_string()),
        Value::Bytes(bytes) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            write_json_text(&hex, out);
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json(item, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (index, (key, item)) in map.0.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json_text(key, out);
                out.push(':');
                write_json(item, out);
            }
            out.push('}');
        }
    }
}

fn write_json_text(text: &str, out: &mut String) {
    // Serialising a string cannot fail: there is no key to refuse and no writer to break.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_leb128() {
        let mut writer = RowWriter::default();
        writer.text(&"x".repeat(300));
        assert_eq!(writer.into_bytes()[..3], [0xAC, 0x02, b'x']);
    }

    #[test]
    fn a_missing_number_is_a_null_and_not_a_zero() {
        let mut writer = RowWriter::default();
        writer.maybe_f64(None);
        writer.maybe_f64(Some(0.0));
        assert_eq!(writer.into_bytes(), [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn nested_values_become_json() {
        let nested = Value::Map(Attributes(vec![
            ("a\"b".into(), Value::Array(vec![Value::Int(1), Value::Double(1.5), Value::Empty])),
            ("c".into(), Value::Bytes(vec![0xde, 0xad].into())),
        ]));
        assert_eq!(json(&nested), r#"{"a\"b":[1,1.5,null],"c":"dead"}"#);
    }
}
