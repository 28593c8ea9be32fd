//! The doors for telemetry: OTLP over HTTP and gRPC, Prometheus's remote write, and the agent's own form that needs no preflight.

mod admit;
mod answer;
mod body;
mod cors;
pub mod grpc;
mod remote_write;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::request::Parts;
use axum::http::{Request, header};
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::post;
use limen_enrich::HintHeaders;
use limen_model::{AppId, Outcome, Rejections, Signal};
use time::OffsetDateTime;
use tokio::sync::Semaphore;

use crate::directory::Directory;
use crate::pipeline::{Admitted, Pipeline, Refusal};
use crate::telemetry::{self, Counters};
use admit::{Door, Sender, Terms};
use answer::Form;

/// What the doors need.
#[derive(Clone)]
pub struct IntakeState {
    pub directory: Directory,
    pub pipeline: Pipeline,
    /// One permit for each byte of a body that may be in memory.
    pub bodies: Arc<Semaphore>,
    pub counters: Arc<Counters>,
}

/// All doors. They are open to any origin: a page of any site may report with its public key.
pub fn routes(state: IntakeState) -> Router {
    let door = |door: Door| {
        post(move |State(state): State<IntakeState>, request: Request<Body>| receive(state, door, request))
            .fallback(answer::method_not_allowed)
    };
    Router::new()
        .route("/v1/traces", door(Door::Otlp(Signal::Traces)))
        .route("/v1/logs", door(Door::Otlp(Signal::Logs)))
        .route("/v1/metrics", door(Door::Otlp(Signal::Metrics)))
        .route("/v1/rum", door(Door::Agent))
        .route("/api/v1/write", post(remote_write::receive).fallback(answer::method_not_allowed))
        .layer(from_fn(cors::allow_any_page))
        .with_state(state)
}

/// One request from the first header to the answer.
async fn receive(state: IntakeState, door: Door, request: Request<Body>) -> Response {
    state.counters.count_request(counted(door));
    let received_unix_nano = now_unix_nano();
    let (parts, mut body) = request.into_parts();
    let form = Form::of(&parts.headers);
    let sender = match admit::sender(&parts, &state) {
        Ok(sender) => sender,
        Err(refusal) => {
            body::discard(&mut body).await;
            return refuse(&state, None, door, refusal, form);
        }
    };
    let result = take(&state, door, &sender, &parts, body, received_unix_nano).await;
    match result {
        Ok(rejections) => {
            let settings = (door == Door::Agent).then(|| {
                let gate = &state.pipeline.gate;
                let (policy, rules) = (&sender.settings.admission, &sender.settings.sampling);
                rules.for_agents(gate.sampling_rate(&sender.app, policy, rules, gate.now()))
            });
            answer::accepted(door, &rejections, form, settings)
        }
        Err(refusal) => refuse(&state, Some(&sender.app), door, refusal, form),
    }
}

async fn take(
    state: &IntakeState,
    door: Door,
    sender: &Sender,
    parts: &Parts,
    mut body: Body,
    received_unix_nano: i64,
) -> Result<Rejections, Refusal> {
    let may_send = admit::within_limits(state, sender, parts, door == Door::Agent);
    let terms = match may_send.and_then(|()| admit::terms(door, parts)) {
        Ok(terms) => terms,
        Err(refusal) => {
            body::discard(&mut body).await;
            return Err(refusal);
        }
    };
    let body = body::read(&parts.headers, body, terms.limits.body_bytes_max, &state.bodies).await?;
    state.counters.count_body(counted(door), body.bytes().len());
    let request = admitted(sender, door.signal(), &terms, parts, body.bytes(), received_unix_nano);
    let prepared = state.pipeline.prepare(&request)?;
    drop(body);
    state.pipeline.keep(prepared).await
}

fn counted(door: Door) -> telemetry::Door {
    match door {
        Door::Otlp(_) => telemetry::Door::OtlpHttp,
        Door::Agent => telemetry::Door::Agent,
    }
}

fn admitted<'a>(
    sender: &Sender,
    signal: Signal,
    terms: &Terms,
    parts: &'a Parts,
    body: &'a [u8],
    received_unix_nano: i64,
) -> Admitted<'a> {
    let text = |name| parts.headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    Admitted {
        app: sender.app.clone(),
        key: sender.key.id.clone(),
        settings: Arc::clone(&sender.settings),
        format: terms.format,
        encoding: terms.encoding,
        signal,
        limits: terms.limits,
        body,
        received_unix_nano,
        sent_unix_milli: terms.sent_unix_milli,
        address: sender.address,
        rules: Arc::clone(&sender.rules),
        user_agent: text("user-agent"),
        hints: HintHeaders {
            brands: text("sec-ch-ua"),
            mobile: text("sec-ch-ua-mobile"),
            platform: text("sec-ch-ua-platform"),
            platform_version: text("sec-ch-ua-platform-version"),
        },
    }
}

fn now_unix_nano() -> i64 {
    i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos()).unwrap_or(i64::MAX)
}

/// A request that came over no socket, as in tests, counts as local.
fn peer(parts: &Parts) -> IpAddr {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(Ipv4Addr::LOCALHOST.into(), |info| info.0.ip())
}

fn refuse(state: &IntakeState, app: Option<&AppId>, door: Door, refusal: Refusal, form: Form) -> Response {
    let signal = matches!(door, Door::Otlp(_)).then(|| door.signal());
    count(state, app, signal, &refusal);
    answer::refused(&refusal, form)
}

fn count(state: &IntakeState, app: Option<&AppId>, signal: Option<Signal>, refusal: &Refusal) {
    state.pipeline.outcomes.add(app, signal, refusal.outcome, 1);
    let logged = matches!(
        refusal.outcome,
        Outcome::StoreUnavailable | Outcome::SpoolFull | Outcome::StoreRefused | Outcome::Overloaded
    );
    if !logged {
        tracing::debug!(outcome = refusal.outcome.name(), "a request was refused");
    }
}
