//! Telemetry as senders write it, small enough to read.

use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

pub fn now_nano() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    u64::try_from(now.as_nanos()).expect("before 2554")
}

pub fn attribute(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

pub fn span(trace_id: &str, span_id: &str, name: &str) -> Value {
    let now = now_nano();
    json!({
        "traceId": trace_id, "spanId": span_id, "name": name, "kind": 2,
        "startTimeUnixNano": (now - 1_000_000).to_string(), "endTimeUnixNano": now.to_string(),
    })
}

pub fn traces(spans: &[Value]) -> Value {
    json!({ "resourceSpans": [{
        "resource": { "attributes": [attribute("service.name", "cart")] },
        "scopeSpans": [{ "scope": { "name": "test" }, "spans": spans }],
    }] })
}

pub fn log(time_unix_nano: u64, body: &str) -> Value {
    json!({ "timeUnixNano": time_unix_nano.to_string(), "severityNumber": 9, "body": { "stringValue": body } })
}

pub fn logs(records: &[Value]) -> Value {
    json!({ "resourceLogs": [{
        "resource": { "attributes": [attribute("service.name", "cart")] },
        "scopeLogs": [{ "scope": { "name": "test" }, "logRecords": records }],
    }] })
}

/// The `n`th span of a trace, told apart from every other.
pub fn numbered_span(trace: u64, n: u64) -> Value {
    span(&format!("{:032x}", trace + 1), &format!("{:016x}", n + 1), "GET /cart")
}
