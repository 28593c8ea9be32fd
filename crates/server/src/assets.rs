//! The UI and the agent script, embedded and pre-compressed.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

/// In debug builds the files are read from the folder at every request; in release builds they are in the binary.
#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Ui;

#[derive(RustEmbed)]
#[folder = "../../agent/dist"]
#[allow_missing = true]
struct Agent;

/// Nothing of another origin, no inline script, no frame around it: text from telemetry must never run.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; \
     object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const NOT_BUILT: &str = "The UI is not part of this build. Run `cargo xtask build`, or `cargo xtask dev` to work on it.\n\
     The API is at /api/v1.\n";

/// Files by path; every other path is a page of the UI, which reads it itself.
pub async fn ui(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let is_file = path.contains('.');
    if !path.is_empty()
        && let Some(response) = file(&Ui::get, path, &headers)
    {
        let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        return with(response, header::CACHE_CONTROL, cache);
    }
    if is_file {
        return (StatusCode::NOT_FOUND, "there is no such file\n").into_response();
    }
    let Some(page) = file(&Ui::get, "index.html", &headers) else {
        return (StatusCode::NOT_FOUND, NOT_BUILT).into_response();
    };
    let page = with(page, header::CACHE_CONTROL, "no-cache");
    with(page, header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY)
}

/// The script that pages load, from any origin.
pub async fn agent(headers: HeaderMap) -> Response {
    let Some(script) = file(&Agent::get, "limen.js", &headers) else {
        return (StatusCode::NOT_FOUND, "the agent is not part of this build: run `cargo xtask build`\n")
            .into_response();
    };
    let script = with(script, header::CACHE_CONTROL, "public, max-age=300");
    let script = with(script, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    let script = with(script, HeaderName::from_static("timing-allow-origin"), "*");
    with(script, HeaderName::from_static("cross-origin-resource-policy"), "cross-origin")
}

/// The file in the best encoding that the browser takes, or 304 when the browser has it.
fn file(get: &dyn Fn(&str) -> Option<EmbeddedFile>, path: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = get(path)?;
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes =
        |coding: &str| accepted.split(',').any(|item| item.split(';').next().unwrap_or_default().trim() == coding);
    let (data, coding) = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| takes(coding))
        .find_map(|(coding, suffix)| Some((get(&format!("{path}.{suffix}"))?.data, Some(coding))))
        .unwrap_or((plain.data, None));
    let tag = entity_tag(&plain.metadata.sha256_hash(), coding);
    let unchanged = headers.get(header::IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == tag.as_bytes());
    let mut response = if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { body(data) };
    response = with(response, header::CONTENT_TYPE, content_type(path));
    response = with(response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    response = with(response, header::VARY, "Accept-Encoding");
    response = with(response, header::ETAG, &tag);
    Some(match coding {
        Some(coding) => with(response, header::CONTENT_ENCODING, coding),
        None => response,
    })
}

fn body(data: Cow<'static, [u8]>) -> Response {
    match data {
        Cow::Borrowed(bytes) => Body::from(bytes).into_response(),
        Cow::Owned(bytes) => Body::from(bytes).into_response(),
    }
}

fn entity_tag(hash: &[u8; 32], coding: Option<&str>) -> String {
    let hex: String = hash[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}{}\"", coding.unwrap_or_default())
}

fn with(mut response: Response, name: HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" | "map" => "application/json",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
