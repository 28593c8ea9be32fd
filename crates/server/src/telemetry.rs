//! What the server counts about itself, and the figures made of it: Prometheus asks for them at `/metrics`.

mod counters;
pub mod export;
pub mod exposition;
pub mod figures;
mod otlp;
mod process;
mod slow;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use limen_store::limits::WAITING_BYTES_MAX;
use limen_store::{COMMIT_SECONDS, SpoolLevel};
use tokio::sync::{Semaphore, watch};

pub use counters::{Count, Counters, Door, Level};
use exposition::Form;
use figures::{Family, Value, families as define};
pub use slow::{Slow, note_slow};

use crate::directory::Directory;
use crate::limits::BODIES_BYTES_MAX;
use crate::pipeline::Pipeline;
use crate::serve::Running;
use crate::status::age_millis;
use crate::supervisor::EngineState;

/// Everything that figures are made of.
#[derive(Clone)]
pub struct Telemetry {
    counters: Arc<Counters>,
    pipeline: Pipeline,
    directory: Directory,
    spool: Option<watch::Receiver<SpoolLevel>>,
    bodies: Arc<Semaphore>,
}

impl Telemetry {
    pub fn of(running: &Running) -> Self {
        Self {
            counters: Arc::clone(&running.counters),
            pipeline: running.pipeline.clone(),
            directory: running.directory.clone(),
            spool: running.spool.clone(),
            bodies: Arc::clone(&running.bodies),
        }
    }

    /// All figures as they are now. What is unknown here, such as `/proc` on macOS, is left out.
    pub fn families(&self) -> Vec<Family> {
        let mut families = self.intake();
        families.extend(self.commit());
        families.extend(self.spool());
        families.extend(self.engine());
        families.extend(self.server());
        families
    }

    fn intake(&self) -> Vec<Family> {
        let outcomes = self.pipeline.outcomes.all().into_iter().map(|((app, signal, outcome), count)| {
            let app = app.map_or_else(String::new, |app| app.to_string());
            let signal = signal.map_or("", limen_model::Signal::name);
            (vec![("app", app), ("signal", signal.into()), ("outcome", outcome.name().into())], Value::Count(count))
        });
        let doors = |count: fn(&Counters, Door) -> u64| {
            Door::ALL.map(|door| (vec![("door", door.name().into())], Value::Count(count(&self.counters, door))))
        };
        let ports = self.counters.connections();
        let open = ports.map(|(port, open)| (vec![("port", port.into())], Value::Count(open)));
        let held = BODIES_BYTES_MAX.saturating_sub(self.bodies.available_permits());
        vec![
            Family::of(define::OUTCOMES, outcomes),
            Family::of(define::REQUESTS, doors(Counters::requests)),
            Family::of(define::BODY_BYTES, doors(Counters::body_bytes)),
            Family::of(define::CONNECTIONS, open),
            Family::single(define::HELD_BYTES, Value::Count(held as u64)),
            Family::single(define::HELD_LIMIT_BYTES, Value::Count(BODIES_BYTES_MAX as u64)),
        ]
    }

    fn commit(&self) -> Vec<Family> {
        let (committer, figures) = (&self.pipeline.committer, self.pipeline.committer.figures());
        let groups = figures.groups().map(|(result, count)| (vec![("result", result.into())], Value::Count(count)));
        let seconds =
            Value::Histogram { bounds: &COMMIT_SECONDS, counts: figures.steps().to_vec(), sum: figures.seconds() };
        vec![
            Family::of(define::COMMIT_GROUPS, groups),
            Family::single(define::COMMIT_ROWS, Value::Count(figures.rows())),
            Family::single(define::COMMIT_SECONDS, seconds),
            Family::single(define::WAITING_BYTES, Value::Count(committer.waiting_bytes() as u64)),
            Family::single(define::WAITING_LIMIT_BYTES, Value::Count(WAITING_BYTES_MAX as u64)),
        ]
    }

    fn spool(&self) -> Vec<Family> {
        let Some(level) = self.spool.as_ref().map(|level| *level.borrow()) else { return Vec::new() };
        let age = level.oldest_unix_milli.map_or(0, age_millis);
        vec![
            Family::single(define::SPOOL_ENTRIES, Value::Count(level.entries)),
            Family::single(define::SPOOL_BYTES, Value::Count(level.bytes)),
            Family::single(define::SPOOL_LIMIT_BYTES, Value::Count(level.bytes_max)),
            Family::single(define::SPOOL_AGE_SECONDS, Value::Number(age as f64 / 1e3)),
        ]
    }

    fn engine(&self) -> Vec<Family> {
        let up = *self.pipeline.engine.borrow() == EngineState::Ready;
        let mut families = vec![
            Family::single(define::ENGINE_UP, Value::Count(up.into())),
            Family::single(define::ENGINE_RESTARTS, Value::Count(self.counters.engine_restarts.get())),
        ];
        if let Some(usage) = self.counters.engine_pid().and_then(process::usage) {
            families.push(Family::single(define::ENGINE_CPU_SECONDS, Value::Number(usage.cpu_seconds)));
            families.push(Family::single(define::ENGINE_MEMORY_BYTES, Value::Count(usage.resident_bytes)));
        }
        families
    }

    fn server(&self) -> Vec<Family> {
        let version = vec![("version", env!("CARGO_PKG_VERSION").to_owned())];
        let mut families = vec![
            Family::single(define::APPS, Value::Count(self.directory.apps().len() as u64)),
            Family::of(define::BUILD, [(version, Value::Count(1))]),
            Family::single(define::START_SECONDS, Value::Number(self.counters.started_unix_seconds())),
        ];
        if let Some(usage) = process::usage(std::process::id()) {
            families.push(Family::single(define::CPU_SECONDS, Value::Number(usage.cpu_seconds)));
            families.push(Family::single(define::MEMORY_BYTES, Value::Count(usage.resident_bytes)));
            families.push(Family::single(define::OPEN_FDS, Value::Count(usage.open_files)));
        }
        families.extend(process::open_files_max().map(|max| Family::single(define::MAX_FDS, Value::Count(max))));
        families
    }
}

/// `/metrics`, for Prometheus and its kin.
pub fn routes(telemetry: Telemetry) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(telemetry)
}

async fn metrics(State(telemetry): State<Telemetry>, headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let form = Form::accepted(accepted);
    let body = exposition::write(&telemetry.families(), form);
    ([(header::CONTENT_TYPE, form.content_type()), (header::CACHE_CONTROL, "no-store")], body).into_response()
}
