//! Answers in the form the sender speaks. The status of every outcome is chosen here.
//!
//! OTLP specification, "OTLP/HTTP Response": partial success is 200 with the counts, everything else a `Status`.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use limen_model::{Outcome, Rejections, Signal};
use serde_json::{Map, Value, json};

use super::admit::Door;
use crate::limits::{RETRY_AFTER_ENGINE_SECONDS, RETRY_AFTER_OVERLOADED_SECONDS};
use crate::pipeline::Refusal;

/// The encoding of the answer: that of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Protobuf,
    Json,
}

impl Form {
    pub fn of(headers: &HeaderMap) -> Self {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.trim_start().to_ascii_lowercase().contains("protobuf") { Form::Protobuf } else { Form::Json }
    }
}

/// HTTP status and gRPC code of a refusal. Senders repeat a batch after 429 and 503, and drop it after the others.
pub fn status(outcome: Outcome) -> (StatusCode, i32) {
    const INVALID_ARGUMENT: i32 = 3;
    const RESOURCE_EXHAUSTED: i32 = 8;
    const INTERNAL: i32 = 13;
    const UNAVAILABLE: i32 = 14;
    const UNAUTHENTICATED: i32 = 16;
    const PERMISSION_DENIED: i32 = 7;
    match outcome {
        Outcome::OriginRefused | Outcome::KeyNotForPages => (StatusCode::FORBIDDEN, PERMISSION_DENIED),
        Outcome::KeyMissing | Outcome::KeyUnknown | Outcome::KeyEnded => (StatusCode::UNAUTHORIZED, UNAUTHENTICATED),
        Outcome::ContentTypeUnsupported | Outcome::EncodingUnsupported => {
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, INVALID_ARGUMENT)
        }
        Outcome::BodyTooLarge | Outcome::BodyExpandsTooMuch => (StatusCode::PAYLOAD_TOO_LARGE, RESOURCE_EXHAUSTED),
        Outcome::BodyIncomplete => (StatusCode::REQUEST_TIMEOUT, INVALID_ARGUMENT),
        Outcome::StoreUnavailable | Outcome::SpoolFull => (StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE),
        Outcome::Overloaded
        | Outcome::AddressRateLimited
        | Outcome::KeyRateLimited
        | Outcome::EventRateLimited
        | Outcome::QuotaExceeded => (StatusCode::TOO_MANY_REQUESTS, RESOURCE_EXHAUSTED),
        Outcome::StoreRefused => (StatusCode::INTERNAL_SERVER_ERROR, INTERNAL),
        _ => (StatusCode::BAD_REQUEST, INVALID_ARGUMENT),
    }
}

/// The status of a refused call of gRPC, which has a code for a pace that is too slow and one for encodings.
pub fn grpc_code(outcome: Outcome) -> i32 {
    const DEADLINE_EXCEEDED: i32 = 4;
    const UNIMPLEMENTED: i32 = 12;
    match outcome {
        Outcome::BodyIncomplete => DEADLINE_EXCEEDED,
        Outcome::EncodingUnsupported => UNIMPLEMENTED,
        other => status(other).1,
    }
}

pub fn retry_after_seconds(refusal: &Refusal) -> Option<u32> {
    match refusal.outcome {
        _ if refusal.again_after_seconds.is_some() => refusal.again_after_seconds,
        Outcome::StoreUnavailable | Outcome::SpoolFull => Some(RETRY_AFTER_ENGINE_SECONDS),
        Outcome::Overloaded => Some(RETRY_AFTER_OVERLOADED_SECONDS),
        _ => None,
    }
}

/// `settings` are for an agent, beside what OTLP says.
pub fn accepted(door: Door, rejections: &Rejections, form: Form, settings: Option<Value>) -> Response {
    let body = match form {
        Form::Json => {
            let mut answer = accepted_json(door, rejections);
            if let Some(settings) = settings {
                answer.insert("settings".to_owned(), settings);
            }
            Value::from(answer).to_string().into_bytes()
        }
        Form::Protobuf => accepted_protobuf(door.signal(), rejections),
    };
    respond(StatusCode::OK, form, body)
}

pub fn refused(refusal: &Refusal, form: Form) -> Response {
    let (status, code) = status(refusal.outcome);
    let body = match form {
        Form::Json => json!({ "code": code, "message": refusal.message }).to_string().into_bytes(),
        Form::Protobuf => {
            // google.rpc.Status: code = 1, message = 2.
            let mut out = Vec::new();
            number_field(&mut out, 1, code as u64);
            text_field(&mut out, 2, refusal.message.as_bytes());
            out
        }
    };
    let mut response = respond(status, form, body);
    if let Some(seconds) = retry_after_seconds(refusal) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    if refusal.outcome == Outcome::EncodingUnsupported {
        // RFC 9110, section 12.5.3: what would have been understood.
        response.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, zstd, identity"));
    }
    response
}

pub async fn method_not_allowed() -> Response {
    let headers = [(header::ALLOW, HeaderValue::from_static("POST"))];
    (StatusCode::METHOD_NOT_ALLOWED, headers, "telemetry is sent with POST\n").into_response()
}

fn accepted_json(door: Door, rejections: &Rejections) -> Map<String, Value> {
    let mut answer = Map::new();
    if rejections.is_empty() {
        return answer;
    }
    let mut partial = Map::new();
    for signal in Signal::ALL {
        let count = rejections.count(signal);
        if count > 0 || (door == Door::Otlp(signal)) {
            // 64-bit numbers are texts in OTLP's JSON.
            partial.insert(json_name(signal).to_owned(), count.to_string().into());
        }
    }
    partial.insert("errorMessage".to_owned(), rejections.message().into());
    answer.insert("partialSuccess".to_owned(), partial.into());
    answer
}

fn json_name(signal: Signal) -> &'static str {
    match signal {
        Signal::Logs => "rejectedLogRecords",
        Signal::Traces => "rejectedSpans",
        Signal::Metrics => "rejectedDataPoints",
    }
}

/// `Export…ServiceResponse`: partial_success = 1, and in it the count = 1 and error_message = 2, for every signal.
pub fn accepted_protobuf(signal: Signal, rejections: &Rejections) -> Vec<u8> {
    let mut out = Vec::new();
    if !rejections.is_empty() {
        let mut partial = Vec::new();
        number_field(&mut partial, 1, rejections.count(signal));
        text_field(&mut partial, 2, rejections.message().as_bytes());
        text_field(&mut out, 1, &partial);
    }
    out
}

fn respond(status: StatusCode, form: Form, body: Vec<u8>) -> Response {
    let kind = match form {
        Form::Protobuf => "application/x-protobuf",
        Form::Json => "application/json",
    };
    (status, [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

pub fn number_field(out: &mut Vec<u8>, field: u64, value: u64) {
    if value != 0 {
        varint(out, field << 3);
        varint(out, value);
    }
}

pub fn text_field(out: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, value.len() as u64);
    out.extend_from_slice(value);
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value as u8) | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_span_is_told_in_both_forms() {
        let mut rejections = Rejections::default();
        rejections.add(Signal::Traces, Outcome::SpanIdInvalid, 3);
        let json = accepted_json(Door::Otlp(Signal::Traces), &rejections);
        assert_eq!(json["partialSuccess"]["rejectedSpans"], "3");
        let bytes = accepted_protobuf(Signal::Traces, &rejections);
        assert_eq!(bytes[0], 0x0A, "field 1, length-delimited");
        assert_eq!(bytes[2..4], [0x08, 3], "rejected_spans = 3");
    }

    #[test]
    fn senders_are_told_to_come_again_only_when_that_can_help() {
        let limited =
            [Outcome::AddressRateLimited, Outcome::KeyRateLimited, Outcome::EventRateLimited, Outcome::QuotaExceeded];
        for outcome in Outcome::ALL {
            let (status, _) = status(*outcome);
            let again = status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS;
            // What waits for a bucket or for midnight is told for how long by whoever refused it.
            let told = retry_after_seconds(&Refusal::new(*outcome, "")).is_some() || limited.contains(outcome);
            assert_eq!(again, told, "{outcome}");
        }
    }
}
