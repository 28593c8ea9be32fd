//! What a request must show before its body is read: a known key that may send now, a content type and an encoding we read.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use limen_enrich::Rules;
use limen_ingest::{Encoding, Format, Limits};
use limen_model::{AppId, IngestKey, Outcome, Signal};
use serde::Deserialize;

use super::{IntakeState, peer};
use crate::admission::Asker;
use crate::app_settings::AppSettings;
use crate::keys::{Key, KeyKind};
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

/// Whose key it is, and what holds for them.
#[derive(Debug)]
pub struct Sender {
    pub app: AppId,
    pub key: Arc<Key>,
    pub settings: Arc<AppSettings>,
    pub rules: Arc<Rules>,
    /// Of the sender itself, whatever stands between.
    pub address: IpAddr,
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

/// The application and the address behind a request. The key is the header `limen-key`, else a bearer token, else
/// the query's `key`.
pub fn sender(parts: &Parts, state: &IntakeState) -> Result<Sender, Refusal> {
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let bearer = || header("authorization").and_then(|value| Some(value.strip_prefix("Bearer ")?.trim().to_owned()));
    let Some(key) = header("limen-key").or_else(bearer).or_else(|| parameters(parts).key) else {
        let told = "no ingest key: send the header `limen-key`, a bearer token or the query parameter `key`; \
                    the key stands in the server's start message and in the UI";
        return Err(Refusal::new(Outcome::KeyMissing, told));
    };
    let known = IngestKey::parse(&key).ok().and_then(|key| state.directory.key(&key));
    let key = known.ok_or_else(|| {
        let told = "no application has this ingest key: copy it from the server's start message or the UI";
        Refusal::new(Outcome::KeyUnknown, told)
    })?;
    if !key.is_taken(state.pipeline.gate.now().unix_seconds) {
        let told =
            "this ingest key was disabled or deleted: use another one of its application, which /api/v1/keys lists";
        return Err(Refusal::new(Outcome::KeyEnded, told));
    }
    let app = key.app.clone();
    let settings = state.directory.settings_of(&app);
    let address = state.pipeline.enricher.client_address(peer(parts), forwarded_for(&parts.headers).as_deref());
    let rules = state.directory.rules_of(&app);
    Ok(Sender { app, key, settings, rules, address })
}

/// Whether its application takes something from this sender now.
pub fn within_limits(state: &IntakeState, sender: &Sender, parts: &Parts, page: bool) -> Result<(), Refusal> {
    let asker = Asker {
        app: &sender.app,
        key: &sender.key.id,
        address: sender.address,
        origin: parts.headers.get("origin").map(|value| value.to_str().unwrap_or("unreadable")),
        page,
    };
    if sender.key.kind == KeyKind::Server && (page || asker.origin.is_some()) {
        let told = "this is a server key, a secret that no page may hold: give the page a browser key, and make a new server key";
        return Err(Refusal::new(Outcome::KeyNotForPages, told));
    }
    let now = state.pipeline.gate.now();
    let used = state.pipeline.usage.presumed_today(&sender.app, now.unix_seconds);
    state.pipeline.gate.admit(&asker, &sender.settings.admission, used, now)
}

/// A proxy may add a header of its own instead of adding to the one that is there: all are one list.
fn forwarded_for(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    let mut all = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let first = all.next()?;
    Some(all.fold(Cow::Borrowed(first), |list, next| Cow::Owned(format!("{list},{next}"))))
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
    let told = format!("the content type is `{sent}`, but this path takes {wanted}");
    Refusal::new(Outcome::ContentTypeUnsupported, told)
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
