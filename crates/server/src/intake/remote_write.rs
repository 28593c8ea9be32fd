//! Prometheus's remote write, versions 1.0 and 2.0, at `/api/v1/write`.
//!
//! <https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/>, "Response": how much was written stands in headers, and
//! nothing but a whole success is a 2xx. Senders repeat after 429 and 5xx and give up after the others.

use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use limen_ingest::{Encoding, Format, Limits};
use limen_model::{AppId, Outcome, Rejections, Signal};

use super::admit::{self, Sender, Terms};
use super::answer::{retry_after_seconds, status};
use super::{IntakeState, admitted, body, count, now_unix_nano};
use crate::pipeline::{Refusal, Written, refuse_body};
use crate::telemetry::Door;

const LIMITS: &Limits = &Limits::BACKEND;

pub async fn receive(State(state): State<IntakeState>, request: Request<Body>) -> Response {
    state.counters.count_request(Door::RemoteWrite);
    let received_unix_nano = now_unix_nano();
    let (parts, mut body) = request.into_parts();
    let sender = match admit::sender(&parts, &state) {
        Ok(sender) => sender,
        Err(refusal) => {
            body::discard(&mut body).await;
            return refuse(&state, None, &refusal);
        }
    };
    match take(&state, &sender, &parts, body, received_unix_nano).await {
        Ok((written, rejections)) => answer(written, &rejections),
        Err(refusal) => refuse(&state, Some(&sender.app), &refusal),
    }
}

async fn take(
    state: &IntakeState,
    sender: &Sender,
    parts: &Parts,
    mut body: Body,
    received_unix_nano: i64,
) -> Result<(Written, Rejections), Refusal> {
    let may_send = admit::within_limits(state, sender, parts, false);
    let terms = match may_send.and_then(|()| terms(&parts.headers)) {
        Ok(terms) => terms,
        Err(refusal) => {
            body::discard(&mut body).await;
            return Err(refusal);
        }
    };
    let body = body::read(&parts.headers, body, terms.limits.body_bytes_max, &state.bodies).await?;
    state.counters.count_body(Door::RemoteWrite, body.bytes().len());
    let request = admitted(sender, Signal::Metrics, &terms, parts, body.bytes(), received_unix_nano);
    let prepared = state.pipeline.prepare(&request)?;
    drop(body);
    let written = prepared.written();
    Ok((written, state.pipeline.keep(prepared).await?))
}

fn terms(headers: &HeaderMap) -> Result<Terms, Refusal> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let sent = text(header::CONTENT_TYPE);
    let format = format_of(sent).ok_or_else(|| {
        let told = format!(
            "the content type is `{}`, but remote write is `application/x-protobuf`, with \
             `;proto=io.prometheus.write.v2.Request` for version 2",
            sent.chars().take(80).collect::<String>()
        );
        Refusal::new(Outcome::ContentTypeUnsupported, told)
    })?;
    let encoding = match text(header::CONTENT_ENCODING).trim() {
        // Some old senders leave it out, and pack nevertheless.
        "" | "snappy" => Encoding::Snappy,
        other => Encoding::parse(other).map_err(refuse_body)?,
    };
    Ok(Terms { format, encoding, limits: LIMITS, sent_unix_milli: None })
}

fn format_of(content_type: &str) -> Option<Format> {
    let mut parts = content_type.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case("application/x-protobuf") {
        return None;
    }
    match parts.find_map(|part| part.strip_prefix("proto=")).map(|name| name.trim_matches('"')) {
        None | Some("prometheus.WriteRequest") => Some(Format::RemoteWrite1),
        Some("io.prometheus.write.v2.Request") => Some(Format::RemoteWrite2),
        Some(_) => None,
    }
}

fn answer(written: Written, rejections: &Rejections) -> Response {
    let mut response = if rejections.is_empty() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        (StatusCode::BAD_REQUEST, format!("not everything was written: {}\n", rejections.message())).into_response()
    };
    count_in_headers(&mut response, written);
    response
}

fn refuse(state: &IntakeState, app: Option<&AppId>, refusal: &Refusal) -> Response {
    count(state, app, Some(Signal::Metrics), refusal);
    let status = match refusal.outcome {
        // A sender that stalled may do better next time, and one whose rows the store will never take may not.
        Outcome::BodyIncomplete => StatusCode::SERVICE_UNAVAILABLE,
        Outcome::StoreRefused => StatusCode::BAD_REQUEST,
        other => status(other).0,
    };
    let mut response = (status, format!("{}\n", refusal.message)).into_response();
    if let Some(seconds) = retry_after_seconds(refusal) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    count_in_headers(&mut response, Written::default());
    response
}

fn count_in_headers(response: &mut Response, written: Written) {
    let headers = response.headers_mut();
    headers.insert("x-prometheus-remote-write-samples-written", written.samples.into());
    headers.insert("x-prometheus-remote-write-histograms-written", written.histograms.into());
    headers.insert("x-prometheus-remote-write-exemplars-written", written.exemplars.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_is_chosen_by_the_content_type() {
        for (kind, format) in [
            ("application/x-protobuf", Some(Format::RemoteWrite1)),
            ("application/x-protobuf;proto=prometheus.WriteRequest", Some(Format::RemoteWrite1)),
            ("application/x-protobuf; proto=io.prometheus.write.v2.Request", Some(Format::RemoteWrite2)),
            ("application/x-protobuf;proto=io.prometheus.write.v3.Request", None),
            ("application/json", None),
            ("", None),
        ] {
            assert_eq!(format_of(kind), format, "{kind}");
        }
    }
}
