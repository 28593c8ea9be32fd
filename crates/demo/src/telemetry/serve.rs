//! The server's side of tracing: a span and a measurement for each request, named after its route.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{SpanContext, SpanKind};
use opentelemetry::{Array, Context, KeyValue};
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;

use super::Telemetry;
use super::call::{Call, DAYS_BEHIND};
use crate::limits::DAYS_BEHIND_MAX;

/// Whether a service tells the browser which span answered it: only the gateway talks to browsers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Browsers,
    Services,
}

/// What the tracing layer needs.
#[derive(Debug, Clone)]
pub struct Face {
    pub telemetry: Arc<Telemetry>,
    pub audience: Audience,
}

pub async fn trace_request(State(face): State<Face>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let call = open(&face, &request, &method, &route);
    request.extensions_mut().insert(call.clone());

    let mut response = next.run(request).await;

    let status = response.status();
    call.set(KeyValue::new("http.response.status_code", i64::from(status.as_u16())));
    if status.is_server_error() {
        call.fail(status.as_str().to_owned(), "");
    }
    if face.audience == Audience::Browsers {
        announce(response.headers_mut(), &call.span_context());
    }
    call.end();
    // A metric is of the process, and that runs today.
    if call.days_behind == 0 {
        measure(&face.telemetry, started, method, route, status);
    }
    response
}

fn open(face: &Face, request: &Request, method: &str, route: &str) -> Call {
    let headers = request.headers();
    let parent = TraceContextPropagator::new().extract_with_context(&Context::new(), &HeaderExtractor(headers));
    let chain = headers.get("x-forwarded-for").cloned();
    let mut attributes = vec![
        KeyValue::new("http.request.method", method.to_owned()),
        KeyValue::new("http.route", route.to_owned()),
        KeyValue::new("url.path", request.uri().path().to_owned()),
        KeyValue::new("url.scheme", "http"),
        KeyValue::new("network.protocol.version", "1.1"),
    ];
    if let Some((host, port)) = host_and_port(headers) {
        attributes.push(KeyValue::new("server.address", host));
        attributes.push(KeyValue::new("server.port", port));
    }
    if let Some(agent) = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()) {
        attributes.push(KeyValue::new("user_agent.original", agent.to_owned()));
    }
    // As instrumentations record the headers that they are told to: a list.
    if let Some(network) = headers.get("ect").and_then(|value| value.to_str().ok()) {
        let recorded = Array::String(vec![network.to_owned().into()]);
        attributes.push(KeyValue::new("http.request.header.ect", opentelemetry::Value::Array(recorded)));
    }
    let days_behind = days_behind(headers);
    if days_behind > 0 {
        attributes.push(KeyValue::new("demo.history", true));
    }
    // Whoever stands first in the chain is the visitor: nobody but the demo's own traffic sends one.
    let visitor = chain.as_ref().and_then(|chain| chain.to_str().ok()).and_then(|chain| chain.split(',').next());
    if let Some(visitor) = visitor {
        attributes.push(KeyValue::new("client.address", visitor.trim().to_owned()));
    }
    let outer = Call::new(Arc::clone(&face.telemetry), parent, chain, days_behind);
    outer.child(format!("{method} {route}"), SpanKind::Server, attributes)
}

/// Of visits that make up the demo's history; anything else is today.
fn days_behind(headers: &HeaderMap) -> u32 {
    let days = headers.get(DAYS_BEHIND).and_then(|days| days.to_str().ok()?.parse().ok());
    days.filter(|days| *days <= DAYS_BEHIND_MAX).unwrap_or(0)
}

fn host_and_port(headers: &HeaderMap) -> Option<(String, i64)> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    match host.rsplit_once(':') {
        Some((name, port)) => Some((name.to_owned(), port.parse::<u16>().ok()?.into())),
        None => Some((host.to_owned(), 80)),
    }
}

/// A navigation carries no headers of ours, so the answer names the span that served it (telemetry: Server-Timing).
fn announce(headers: &mut HeaderMap, span: &SpanContext) {
    let flags = if span.is_sampled() { "01" } else { "00" };
    let value = format!("traceparent;desc=\"00-{}-{}-{flags}\"", span.trace_id(), span.span_id());
    if let Ok(value) = HeaderValue::from_str(&value) {
        headers.insert("server-timing", value);
    }
    headers.insert("timing-allow-origin", HeaderValue::from_static("*"));
}

fn measure(telemetry: &Telemetry, started: Instant, method: String, route: String, status: StatusCode) {
    telemetry.request_duration.record(
        started.elapsed().as_secs_f64(),
        &[
            KeyValue::new("http.request.method", method),
            KeyValue::new("http.route", route),
            KeyValue::new("http.response.status_code", i64::from(status.as_u16())),
            KeyValue::new("url.scheme", "http"),
        ],
    );
}
