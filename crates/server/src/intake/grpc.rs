//! OTLP over gRPC: three calls, each an HTTP/2 request whose message stands behind five bytes.
//!
//! <https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md>. Keys, limits and stages are those of OTLP over HTTP.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http_body_util::{BodyExt, Full};
use limen_ingest::{Encoding, Format, Limits};
use limen_model::{AppId, Outcome, Rejections, Signal};

use super::admit::{self, Sender, Terms};
use super::answer::{accepted_protobuf, grpc_code, number_field, retry_after_seconds, text_field};
use super::{IntakeState, admitted, body, count, now_unix_nano};
use crate::pipeline::{Refusal, refuse_body};
use crate::telemetry::Door;

/// Before a message: whether it is packed, and its length.
const PREFIX_BYTES: usize = 5;
const LIMITS: &Limits = &Limits::BACKEND;

pub fn routes(state: IntakeState) -> Router {
    let call = |signal: Signal| {
        post(move |State(state): State<IntakeState>, request: Request<Body>| export(state, signal, request))
    };
    Router::new()
        .route("/opentelemetry.proto.collector.trace.v1.TraceService/Export", call(Signal::Traces))
        .route("/opentelemetry.proto.collector.logs.v1.LogsService/Export", call(Signal::Logs))
        .route("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", call(Signal::Metrics))
        .fallback(unknown)
        .with_state(state)
}

async fn export(state: IntakeState, signal: Signal, request: Request<Body>) -> Response {
    state.counters.count_request(Door::OtlpGrpc);
    let received_unix_nano = now_unix_nano();
    let (parts, body) = request.into_parts();
    if !speaks_grpc(&parts.headers) {
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, "this port takes OTLP over gRPC\n").into_response();
    }
    let sender = match admit::sender(&parts, &state) {
        Ok(sender) => sender,
        Err(refusal) => return refuse(&state, None, signal, &refusal),
    };
    match take(&state, signal, &sender, &parts, body, received_unix_nano).await {
        Ok(rejections) => accepted(signal, &rejections),
        Err(refusal) => refuse(&state, Some(&sender.app), signal, &refusal),
    }
}

async fn take(
    state: &IntakeState,
    signal: Signal,
    sender: &Sender,
    parts: &Parts,
    body: Body,
    received_unix_nano: i64,
) -> Result<Rejections, Refusal> {
    admit::within_limits(state, sender, parts, false)?;
    let body = body::read(&parts.headers, body, LIMITS.body_bytes_max + PREFIX_BYTES, &state.bodies).await?;
    state.counters.count_body(Door::OtlpGrpc, body.bytes().len());
    let (encoding, message) = only_message(&parts.headers, body.bytes())?;
    let terms = Terms { format: Format::Protobuf, encoding, limits: LIMITS, sent_unix_milli: None };
    let prepared = state.pipeline.prepare(&admitted(sender, signal, &terms, parts, message, received_unix_nano))?;
    drop(body);
    state.pipeline.keep(prepared).await
}

fn speaks_grpc(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    matches!(kind.split(';').next().unwrap_or_default().trim(), "application/grpc" | "application/grpc+proto")
}

/// The one message of the call, and how it is packed.
fn only_message<'a>(headers: &HeaderMap, body: &'a [u8]) -> Result<(Encoding, &'a [u8]), Refusal> {
    let broken =
        |why: &str| Refusal::new(Outcome::ProtobufBroken, format!("the call does not hold one message of gRPC: {why}"));
    let Some(([packed, length @ ..], message)) = body.split_first_chunk::<PREFIX_BYTES>() else {
        return Err(broken("it ends within the five bytes before the message"));
    };
    if u32::from_be_bytes(*length) as usize != message.len() {
        return Err(broken("its length is another one than the five bytes before it say"));
    }
    match packed {
        0 => Ok((Encoding::Identity, message)),
        1 => {
            let named = headers.get("grpc-encoding").and_then(|value| value.to_str().ok()).unwrap_or_default();
            match Encoding::parse(named).map_err(refuse_body)? {
                Encoding::Identity => Err(broken("it is said to be packed, but `grpc-encoding` does not say how")),
                encoding => Ok((encoding, message)),
            }
        }
        _ => Err(broken("its first byte is neither 0 nor 1")),
    }
}

fn accepted(signal: Signal, rejections: &Rejections) -> Response {
    let message = accepted_protobuf(signal, rejections);
    let mut frame = vec![0];
    frame.extend_from_slice(&u32::try_from(message.len()).unwrap_or(u32::MAX).to_be_bytes());
    frame.extend_from_slice(&message);
    let mut trailers = HeaderMap::new();
    trailers.insert("grpc-status", HeaderValue::from_static("0"));
    let body = Full::new(Bytes::from(frame)).with_trailers(std::future::ready(Some(Ok(trailers))));
    respond(Body::new(body))
}

fn refuse(state: &IntakeState, app: Option<&AppId>, signal: Signal, refusal: &Refusal) -> Response {
    count(state, app, Some(signal), refusal);
    ended(grpc_code(refusal.outcome), &refusal.message, retry_after_seconds(refusal))
}

async fn unknown() -> Response {
    const UNIMPLEMENTED: i32 = 12;
    ended(UNIMPLEMENTED, "only the Export calls of OTLP's traces, logs and metrics are here", None)
}

/// An answer without a message, whose status stands in its headers. A sender comes again after RESOURCE_EXHAUSTED only
/// when the details say when.
fn ended(code: i32, message: &str, retry_after_seconds: Option<u32>) -> Response {
    let mut response = respond(Body::empty());
    let headers = response.headers_mut();
    headers.insert("grpc-status", code.into());
    if let Ok(message) = HeaderValue::from_str(&percent_encoded(message)) {
        headers.insert("grpc-message", message);
    }
    if let Some(seconds) = retry_after_seconds
        && let Ok(details) = HeaderValue::from_str(&base64(&status_with_retry(code, message, seconds)))
    {
        headers.insert("grpc-status-details-bin", details);
    }
    response
}

fn respond(body: Body) -> Response {
    ([("content-type", "application/grpc"), ("grpc-accept-encoding", "identity,gzip,zstd")], body).into_response()
}

/// `google.rpc.Status`: code = 1, message = 2, details = 3; the only detail is a `RetryInfo`.
fn status_with_retry(code: i32, message: &str, seconds: u32) -> Vec<u8> {
    let (mut duration, mut info, mut any, mut status) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    number_field(&mut duration, 1, u64::from(seconds));
    text_field(&mut info, 1, &duration);
    text_field(&mut any, 1, b"type.googleapis.com/google.rpc.RetryInfo");
    text_field(&mut any, 2, &info);
    number_field(&mut status, 1, code as u64);
    text_field(&mut status, 2, message.as_bytes());
    text_field(&mut status, 3, &any);
    status
}

/// What is not printable ASCII as `%` and two digits, as `grpc-message` wants it.
fn percent_encoded(message: &str) -> String {
    let encode = |byte: u8| match byte {
        b' '..=b'~' if byte != b'%' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    message.bytes().map(encode).collect()
}

/// Without padding, as binary metadata is written.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut three = [0; 3];
        three[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        let digits = (0..=chunk.len()).map(|at| DIGITS[(bits >> (18 - 6 * at)) as usize & 63]);
        text.extend(digits.map(char::from));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_metadata_is_base64_without_padding() {
        for (bytes, text) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_message_keeps_to_printable_characters() {
        assert_eq!(percent_encoded("100 % ä\n"), "100 %25 %C3%A4%0A");
    }

    #[test]
    fn a_call_holds_exactly_one_message() {
        let outcome = |encoding: &'static str, body: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert("grpc-encoding", HeaderValue::from_static(encoding));
            let found = only_message(&headers, body);
            found.map(|(encoding, message)| (encoding, message.to_vec())).map_err(|refusal| refusal.outcome)
        };
        assert_eq!(outcome("gzip", &[0, 0, 0, 0, 1, 7]), Ok((Encoding::Identity, vec![7])));
        assert_eq!(outcome("gzip", &[1, 0, 0, 0, 1, 7]), Ok((Encoding::Gzip, vec![7])));
        assert_eq!(outcome("snappy", &[1, 0, 0, 0, 1, 7]), Err(Outcome::EncodingUnsupported));
        let broken: [&[u8]; 5] = [b"", &[0, 0], &[0, 0, 0, 0, 2, 7], &[2, 0, 0, 0, 0], &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]];
        for body in broken {
            assert_eq!(outcome("gzip", body), Err(Outcome::ProtobufBroken), "{body:?}");
        }
        assert_eq!(outcome("identity", &[1, 0, 0, 0, 1, 7]), Err(Outcome::ProtobufBroken));
    }
}
