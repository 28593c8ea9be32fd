//! OTLP's JSON: 64-bit numbers are texts, ids are hex digits.

use limen_model::Signal;

use super::{Decimal, Hex, LogHead, SpanHead, Wire, push_digits};

#[derive(Debug, Default)]
pub struct Json {
    out: Vec<u8>,
    /// Names of the lists: those of logs or those of spans.
    lists: [&'static str; 2],
}

impl Json {
    fn push(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn push_text(&mut self, text: &str) {
        self.out.push(b'"');
        let mut from = 0;
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let escaped: &[u8] = match byte {
                b'"' => b"\\\"",
                b'\\' => b"\\\\",
                b'\n' => b"\\n",
                0..0x20 => b"\\u0020",
                _ => continue,
            };
            self.out.extend_from_slice(&bytes[from..at]);
            self.out.extend_from_slice(escaped);
            from = at + 1;
        }
        self.out.extend_from_slice(&bytes[from..]);
        self.out.push(b'"');
    }

    fn push_time(&mut self, name: &str, unix_nano: u64) {
        self.push(name);
        push_digits(&mut self.out, unix_nano);
        self.push("\",");
    }

    /// Every item ends with a comma; the last one of a list has none.
    fn close_list(&mut self) {
        if self.out.last() == Some(&b',') {
            self.out.pop();
        }
        self.out.push(b']');
    }

    fn push_key(&mut self, key: &str) {
        self.push("{\"key\":\"");
        self.push(key);
        self.push("\",\"value\":{");
    }
}

impl Wire for Json {
    const CONTENT_TYPE: &'static str = "application/json";

    fn begin(&mut self, signal: Signal) {
        self.out.clear();
        let resources;
        (resources, self.lists) = match signal {
            Signal::Traces => ("{\"resourceSpans\":[", ["scopeSpans", "spans"]),
            _ => ("{\"resourceLogs\":[", ["scopeLogs", "logRecords"]),
        };
        self.push(resources);
    }

    fn open_resource(&mut self) {
        self.push("{\"resource\":{\"attributes\":[");
    }

    fn open_records(&mut self, scope: &str) {
        self.close_list();
        let [groups, records] = self.lists;
        self.push("},\"");
        self.push(groups);
        self.push("\":[{\"scope\":{\"name\":\"");
        self.push(scope);
        self.push("\"},\"");
        self.push(records);
        self.push("\":[");
    }

    fn open_log(&mut self, head: &LogHead) {
        self.push_time("{\"timeUnixNano\":\"", head.time_unix_nano);
        self.push_time("\"observedTimeUnixNano\":\"", head.observed_unix_nano);
        self.push("\"severityNumber\":");
        push_digits(&mut self.out, head.severity);
        self.push(",\"eventName\":\"");
        self.push(head.event);
        self.push("\",\"attributes\":[");
    }

    fn close_log(&mut self, head: &LogHead) {
        self.close_list();
        if let Some((trace, span)) = head.span {
            self.push(",\"traceId\":\"");
            self.push(Hex::<32>::new(trace).as_str());
            self.push("\",\"spanId\":\"");
            self.push(Hex::<16>::new(span.into()).as_str());
            self.push("\",\"flags\":1");
        }
        self.push("},");
    }

    fn open_span(&mut self, head: &SpanHead<'_>) {
        self.push("{\"traceId\":\"");
        self.push(Hex::<32>::new(head.trace).as_str());
        self.push("\",\"spanId\":\"");
        self.push(Hex::<16>::new(head.id.into()).as_str());
        if let Some(parent) = head.parent {
            self.push("\",\"parentSpanId\":\"");
            self.push(Hex::<16>::new(parent.into()).as_str());
        }
        self.push("\",\"flags\":257,\"name\":");
        self.push_text(head.name);
        self.push(",\"kind\":");
        push_digits(&mut self.out, head.kind);
        self.push_time(",\"startTimeUnixNano\":\"", head.start_unix_nano);
        self.push_time("\"endTimeUnixNano\":\"", head.end_unix_nano);
        self.push("\"attributes\":[");
    }

    fn close_span(&mut self, head: &SpanHead<'_>) {
        self.close_list();
        self.push(if head.failed { ",\"status\":{\"code\":2}}," } else { "}," });
    }

    fn close_resource(&mut self) {
        self.close_list();
        self.push("}]},");
    }

    fn finish(&mut self) -> &[u8] {
        self.close_list();
        self.out.push(b'}');
        &self.out
    }

    fn text(&mut self, key: &str, value: &str) {
        self.push_key(key);
        self.push("\"stringValue\":");
        self.push_text(value);
        self.push("}},");
    }

    fn integer(&mut self, key: &str, value: u64) {
        self.push_key(key);
        self.push("\"intValue\":\"");
        push_digits(&mut self.out, value);
        self.push("\"}},");
    }

    fn number(&mut self, key: &str, value: Decimal) {
        self.push_key(key);
        self.push("\"doubleValue\":");
        let scale = 10_u64.pow(value.digits.into());
        push_digits(&mut self.out, value.units / scale);
        let mut fraction = value.units % scale;
        if fraction > 0 {
            self.out.push(b'.');
            let mut place = scale / 10;
            while fraction > 0 {
                self.out.push(b'0' + (fraction / place) as u8);
                fraction %= place;
                place /= 10;
            }
        }
        self.push("}},");
    }

    fn flag(&mut self, key: &str, value: bool) {
        self.push_key(key);
        self.push(if value { "\"boolValue\":true}}," } else { "\"boolValue\":false}}," });
    }
}
