//! All routes, grouped by who calls them.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::hosts::{self, AllowedHosts};
use crate::intake::{self, IntakeState};
use crate::serve::Running;
use crate::status::Readiness;
use crate::telemetry::{self, Telemetry, note_slow};
use crate::{api, assets, status};

/// The main port: pages load the script and report here, people read here.
pub fn main(running: &Running) -> Router {
    let (api, _) = api::router(status::api_state(running));
    let api = api.layer(from_fn_with_state(running.counters.slow.clone(), note_slow));
    let server = &running.settings.server;
    let people = Router::new()
        .merge(api)
        .merge(telemetry::routes(Telemetry::of(running)))
        .fallback(get(assets::ui))
        .layer(from_fn_with_state(AllowedHosts::new(running.addresses.main, &server.allowed_hosts), hosts::check));
    Router::new()
        .route("/limen.js", get(assets::agent))
        .merge(intake::routes(intake_state(running)))
        .merge(health(Readiness::of(running)))
        .merge(people)
}

/// The OTLP port: services report here.
pub fn otlp(running: &Running) -> Router {
    intake::routes(intake_state(running)).merge(health(Readiness::of(running)))
}

/// The port of OTLP over gRPC.
pub fn grpc(running: &Running) -> Router {
    intake::grpc::routes(intake_state(running))
}

fn intake_state(running: &Running) -> IntakeState {
    IntakeState {
        directory: running.directory.clone(),
        pipeline: running.pipeline.clone(),
        bodies: Arc::clone(&running.bodies),
        counters: Arc::clone(&running.counters),
    }
}

/// For whatever runs the server: alive as long as it answers, ready while it can store.
fn health(readiness: Readiness) -> Router {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready)).with_state(readiness)
}

async fn ready(State(readiness): State<Readiness>) -> Response {
    match readiness.look() {
        Ok(how) => (StatusCode::OK, format!("ready{how}\n")).into_response(),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")).into_response(),
    }
}
