//! What a request must show before its body is read: a known key, a content type and an encoding we read.

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use limen_ingest::{Encoding, Format, Limits};
use limen_model::{AppId, IngestKey, Outcome, Signal};
use serde::Deserialize;

use crate::directory::Directory;
use crate::pipeline::{Refusal, refuse_body};

/// Which door the request came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Otlp(Signal),
    /// `/v1/rum`: logs and spans of a browser in one body.
    Agent,
}

impl Door {
    /// The signal whose envelope the body is; the agent's holds logs and spans and counts as logs.
    pub fn signal(self) -> Signal {
        match self {
            Door::Otlp(signal) => signal,
            Door::Agent => Signal::Logs,
        }
    }
}

/// How to read the body.
#[derive(Debug)]
pub struct Terms {
    pub format: Format,
    pub encoding: Encoding,
    pub limits: &'static Limits,
    pub sent_unix_milli: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
struct Parameters {
    key: Option<String>,
    sent: Option<String>,
    enc: Option<String>,
}

fn parameters(parts: &Parts) -> Parameters {
    Query::try_from_uri(&parts.uri).map(|Query(parameters)| parameters).unwrap_or_default()
}

/// The application of the request's key: header `limen-key`, else a bearer token, else the query's `key`.
pub fn app(parts: &Parts, directory: &Directory) -> Result<AppId, Refusal> {
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let bearer = || header("authorization").and_then(|value| Some(value.strip_prefix("Bearer ")?.trim().to_owned()));
    let Some(key) = header("limen-key").or_else(bearer).or_else(|| parameters(parts).key) else {
        return Err(Refusal {
            outcome: Outcome::KeyMissing,
            message: "no ingest key: send the header `limen-key`, a bearer token or the query parameter `key`; \
                      the key stands in the server's start message and in the UI"
                .to_owned(),
        });
    };
    IngestKey::parse(&key).ok().and_then(|key| directory.app_of(&key)).ok_or_else(|| Refusal {
        outcome: Outcome::KeyUnknown,
        message: "no application has this ingest key: copy it from the server's start message or the UI".to_owned(),
    })
}

pub fn terms(door: Door, parts: &Parts) -> Result<Terms, Refusal> {
    let parameters = parameters(parts);
    let format = format(door, &parts.headers)?;
    let encoding = encoding(&parts.headers, parameters.enc.as_deref())?;
    let limits = match door {
        Door::Agent => &Limits::BROWSER,
        Door::Otlp(_) => &Limits::BACKEND,
    };
    Ok(Terms { format, encoding, limits, sent_unix_milli: parameters.sent.and_then(|sent| sent.parse().ok()) })
}

fn format(door: Door, headers: &HeaderMap) -> Result<Format, Refusal> {
    let sent = media_type(headers);
    match (door, sent.as_deref()) {
        // Browsers send these without asking first; the body says what it is.
        (Door::Agent, None | Some("text/plain" | "application/json" | "application/x-www-form-urlencoded")) => {
            Ok(Format::AgentJson)
        }
        (Door::Otlp(_), Some("application/x-protobuf" | "application/protobuf")) => Ok(Format::Protobuf),
        (Door::Otlp(_), Some("application/json" | "text/plain")) => Ok(Format::Json),
        (Door::Agent, Some(other)) => Err(unsupported(other, "text/plain")),
        (Door::Otlp(_), other) => {
            Err(unsupported(other.unwrap_or("none"), "application/x-protobuf or application/json"))
        }
    }
}

fn unsupported(sent: &str, wanted: &str) -> Refusal {
    let sent: String = sent.chars().take(80).collect();
    Refusal {
        outcome: Outcome::ContentTypeUnsupported,
        message: format!("the content type is `{sent}`, but this path takes {wanted}"),
    }
}

/// The content type in lower case without its parameters.
fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("content-type")?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()).filter(|text| !text.is_empty())
}

fn encoding(headers: &HeaderMap, parameter: Option<&str>) -> Result<Encoding, Refusal> {
    let header = headers.get("content-encoding").and_then(|value| value.to_str().ok());
    Encoding::parse(header.or(parameter).unwrap_or_default()).map_err(refuse_body)
}
