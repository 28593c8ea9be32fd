//! The server reports about itself: its figures as OTLP metrics, and slow work as spans, every so often.
//!
//! When it reports to itself this comes in through its own door, as the application `limen`. Nothing is told about that:
//! inserts of these rows make no spans, and their outcomes are left out, so no report is the reason of another.

use std::time::{SystemTime, UNIX_EPOCH};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{Request, header};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use limen_model::{AppId, IngestKey};
use serde_json::Value as Json;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::figures::families::OUTCOMES;
use super::{Telemetry, otlp};
use crate::limits::SELF_TELEMETRY_WITHIN;
use crate::metadata::random_bytes;
use crate::serve::Running;
use crate::settings::SelfTelemetry;

/// The application of the server's own telemetry in itself.
pub fn own_app() -> AppId {
    AppId::parse("limen").expect("a name of five letters is one")
}

/// Starts reporting when the settings want it; goes on until it is aborted.
pub fn start(running: &Running) -> Option<JoinHandle<()>> {
    let server = &running.settings.server;
    let (authority, key, own) = match server.self_telemetry.clone()? {
        SelfTelemetry::At { authority, key } => (authority, key, false),
        SelfTelemetry::Own => {
            let app = running.directory.apps().into_iter().find(|app| app.id == own_app())?;
            (running.addresses.otlp.to_string(), Some(app.key), true)
        }
    };
    let client = Client::builder(TokioExecutor::new()).build(HttpConnector::new());
    let reporter = Reporter { telemetry: Telemetry::of(running), client, authority, key, own };
    let mut ticks = interval(server.self_telemetry_every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    Some(tokio::spawn(async move {
        loop {
            ticks.tick().await;
            reporter.report().await;
        }
    }))
}

struct Reporter {
    telemetry: Telemetry,
    client: Client<HttpConnector, Full<Bytes>>,
    authority: String,
    key: Option<IngestKey>,
    /// Whether the receiver is this server.
    own: bool,
}

impl Reporter {
    async fn report(&self) {
        self.send("/v1/metrics", &self.metrics()).await;
        if let Some(spans) = self.spans() {
            self.send("/v1/traces", &spans).await;
        }
    }

    fn metrics(&self) -> Json {
        let mut families = self.telemetry.families();
        if self.own {
            let own = own_app().to_string();
            let outcomes = families.iter_mut().filter(|family| family.definition == OUTCOMES);
            outcomes.for_each(|family| family.samples.retain(|(labels, _)| !labels.contains(&("app", own.clone()))));
        }
        otlp::metrics(&families, self.telemetry.counters.started(), SystemTime::now())
    }

    fn spans(&self) -> Option<Json> {
        let questions = self.telemetry.counters.slow.take();
        let mut inserts = self.telemetry.pipeline.committer.figures().take_slow();
        if self.own {
            inserts.retain(|insert| insert.only_app.as_ref() != Some(&own_app()));
        }
        otlp::spans(&questions, &inserts, random_id)
    }

    /// A report that is not taken is given up: the next figures hold what these did, and spans are a sample anyway.
    async fn send(&self, path: &str, body: &Json) {
        let mut request =
            Request::post(format!("http://{}{path}", self.authority)).header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = &self.key {
            request = request.header("limen-key", key.as_str());
        }
        let asked = async {
            let request = request.body(Full::from(body.to_string())).map_err(|error| error.to_string())?;
            let response = self.client.request(request).await.map_err(|error| error.to_string())?;
            let status = response.status();
            let _ = response.into_body().collect().await;
            if status.is_success() { Ok(()) } else { Err(status.to_string()) }
        };
        let result =
            timeout(SELF_TELEMETRY_WITHIN, asked).await.unwrap_or_else(|_| Err("no answer in time".to_owned()));
        if let Err(reason) = result {
            tracing::warn!(reason, receiver = self.authority, path, "own telemetry was not taken");
        }
    }
}

/// Without the system's randomness the clock has to do: an id that comes twice is no harm here.
fn random_id() -> u128 {
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    random_bytes().map_or_else(|_| clock(), u128::from_le_bytes).max(1)
}
