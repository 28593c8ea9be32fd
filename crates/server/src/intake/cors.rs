//! Lets pages of other origins send their telemetry (Fetch standard, "CORS protocol").

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::limits::PREFLIGHT_MAX_AGE_SECONDS;

const ALLOWED_HEADERS: &str =
    "content-type, content-encoding, authorization, limen-key, traceparent, tracestate, baggage";

/// Answers preflights and marks answers as readable. The doors read no cookie, so echoing the origin gives a page
/// nothing it could not send anyway; a beacon always has credentials and therefore needs the origin by name.
pub async fn allow_any_page(request: Request<Body>, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let preflight = request.method() == Method::OPTIONS;
    let mut response = if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    let Some(origin) = origin else { return response };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("Retry-After"));
    if preflight {
        preflight_headers(headers);
    }
    response
}

fn preflight_headers(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(ALLOWED_HEADERS));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_MAX_AGE_SECONDS.into());
    // A public page that reports to a server in a private network or on loopback asks for this.
    headers.insert("access-control-allow-private-network", HeaderValue::from_static("true"));
}
