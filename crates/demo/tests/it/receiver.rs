//! A receiver of OTLP that keeps what it was sent.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::resource::v1::Resource;
use prost::Message;

/// A span with what its resource says.
#[derive(Debug, Clone)]
pub struct ReceivedSpan {
    pub service: String,
    pub region: String,
    pub name: String,
    pub trace: String,
    pub id: String,
    pub parent: String,
    pub start_unix_nano: u64,
    pub millis: f64,
    pub attributes: Vec<KeyValue>,
}

#[derive(Debug, Clone)]
pub struct ReceivedLog {
    pub service: String,
    pub body: String,
    pub trace: String,
}

#[derive(Debug, Default)]
pub struct Received {
    pub spans: Vec<ReceivedSpan>,
    pub logs: Vec<ReceivedLog>,
    pub metrics: Vec<String>,
    pub keys: Vec<String>,
}

type Inbox = Arc<Mutex<Received>>;

pub struct Receiver {
    pub url: String,
    inbox: Inbox,
}

impl Receiver {
    pub async fn start() -> Self {
        let inbox = Inbox::default();
        let routes = Router::new()
            .route("/v1/traces", post(traces))
            .route("/v1/logs", post(logs))
            .route("/v1/metrics", post(metrics))
            .with_state(Arc::clone(&inbox));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, inbox }
    }

    /// Everything so far. The shop sends what is left when it stops, so ask after that.
    pub fn take(&self) -> Received {
        std::mem::take(&mut *lock(&self.inbox))
    }
}

impl Received {
    /// The spans of one trace.
    pub fn trace(&self, id: &str) -> Vec<ReceivedSpan> {
        self.spans.iter().filter(|span| span.trace == id).cloned().collect()
    }
}

impl ReceivedSpan {
    pub fn text(&self, name: &str) -> String {
        text(&self.attributes, name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|attribute| attribute.key == name)
    }

    /// Names of services from the root down to this span.
    pub fn path(&self, trace: &[Self]) -> Vec<String> {
        let mut path =
            trace.iter().find(|span| span.id == self.parent).map(|span| span.path(trace)).unwrap_or_default();
        if path.last() != Some(&self.service) {
            path.push(self.service.clone());
        }
        path
    }
}

async fn traces(State(inbox): State<Inbox>, headers: HeaderMap, body: Bytes) {
    let request = ExportTraceServiceRequest::decode(body).expect("protobuf");
    let mut received = lock(&inbox);
    received.keys.push(key(&headers));
    for sent in request.resource_spans {
        let resource = sent.resource.expect("a resource");
        let spans = sent.scope_spans.into_iter().flat_map(|scope| scope.spans);
        received.spans.extend(spans.map(|span| ReceivedSpan {
            service: of(&resource, "service.name"),
            region: of(&resource, "cloud.region"),
            name: span.name,
            trace: hex(&span.trace_id),
            id: hex(&span.span_id),
            parent: hex(&span.parent_span_id),
            start_unix_nano: span.start_time_unix_nano,
            millis: (span.end_time_unix_nano - span.start_time_unix_nano) as f64 / 1e6,
            attributes: span.attributes,
        }));
    }
}

async fn logs(State(inbox): State<Inbox>, body: Bytes) {
    let request = ExportLogsServiceRequest::decode(body).expect("protobuf");
    for sent in request.resource_logs {
        let service = of(&sent.resource.expect("a resource"), "service.name");
        let records = sent.scope_logs.into_iter().flat_map(|scope| scope.log_records);
        lock(&inbox).logs.extend(records.map(|record| ReceivedLog {
            service: service.clone(),
            body: record.body.and_then(|body| body.value).map(written).unwrap_or_default(),
            trace: hex(&record.trace_id),
        }));
    }
}

async fn metrics(State(inbox): State<Inbox>, body: Bytes) {
    let request = ExportMetricsServiceRequest::decode(body).expect("protobuf");
    let scopes = request.resource_metrics.into_iter().flat_map(|sent| sent.scope_metrics);
    lock(&inbox).metrics.extend(scopes.flat_map(|scope| scope.metrics).map(|metric| metric.name));
}

fn of(resource: &Resource, name: &str) -> String {
    text(&resource.attributes, name)
}

fn text(attributes: &[KeyValue], name: &str) -> String {
    let found = attributes.iter().find(|attribute| attribute.key == name);
    found.and_then(|attribute| attribute.value.clone()?.value).map(written).unwrap_or_default()
}

fn written(value: Value) -> String {
    match value {
        Value::StringValue(text) => text,
        Value::IntValue(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

fn key(headers: &HeaderMap) -> String {
    headers.get("limen-key").and_then(|key| key.to_str().ok()).unwrap_or_default().to_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn lock(inbox: &Inbox) -> std::sync::MutexGuard<'_, Received> {
    inbox.lock().unwrap_or_else(PoisonError::into_inner)
}
