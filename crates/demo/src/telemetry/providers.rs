//! OpenTelemetry providers of one service: nothing global, so that many services can live in one process.

use std::collections::HashMap;
use std::sync::Arc;

use opentelemetry::KeyValue;
use opentelemetry_http::HttpClient;
use opentelemetry_otlp::{LogExporter, MetricExporter, RetryPolicy, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::{BatchConfigBuilder as LogBatch, BatchLogProcessor, SdkLoggerProvider};
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};
use opentelemetry_sdk::resource::TelemetryResourceDetector;
use opentelemetry_sdk::trace::{BatchConfigBuilder as SpanBatch, BatchSpanProcessor, SdkTracerProvider};

use crate::Error;
use crate::limits::{EXPORT_EVERY, EXPORT_WAIT_MAX, METRICS_EVERY};

/// Where telemetry goes and how it gets there; the same for all services.
#[derive(Debug, Clone)]
pub struct Destination {
    pub otlp: String,
    pub key: Option<String>,
    pub client: Arc<dyn HttpClient>,
}

/// Who reports.
#[derive(Debug, Clone)]
pub struct Identity {
    pub service: &'static str,
    pub region: &'static str,
    pub release: String,
}

#[derive(Debug, Clone)]
pub struct Providers {
    pub spans: SdkTracerProvider,
    pub logs: SdkLoggerProvider,
    pub metrics: SdkMeterProvider,
}

impl Providers {
    pub fn new(identity: &Identity, destination: &Destination) -> Result<Self, Error> {
        let resource = resource(identity)?;
        let span_batch = SpanBatch::default().with_scheduled_delay(EXPORT_EVERY).build();
        let log_batch = LogBatch::default().with_scheduled_delay(EXPORT_EVERY).build();

        let spans = to(destination, "traces", SpanExporter::builder().with_http())?.build().map_err(refused)?;
        let logs = to(destination, "logs", LogExporter::builder().with_http())?.build().map_err(refused)?;
        let metrics = to(destination, "metrics", MetricExporter::builder().with_http())?.build().map_err(refused)?;

        Ok(Self {
            spans: SdkTracerProvider::builder()
                .with_resource(resource.clone())
                .with_span_processor(BatchSpanProcessor::builder(spans).with_batch_config(span_batch).build())
                .build(),
            logs: SdkLoggerProvider::builder()
                .with_resource(resource.clone())
                .with_log_processor(BatchLogProcessor::builder(logs).with_batch_config(log_batch).build())
                .build(),
            metrics: SdkMeterProvider::builder()
                .with_resource(resource)
                .with_reader(PeriodicReader::builder(metrics).with_interval(METRICS_EVERY).build())
                .build(),
        })
    }

    /// Sends what is left and ends. Blocks until it is sent or given up.
    pub fn stop(&self) {
        // A receiver that is away was already mentioned by the client; what is left is lost then.
        let _ = self.spans.shutdown();
        let _ = self.logs.shutdown();
        let _ = self.metrics.shutdown();
    }
}

fn resource(identity: &Identity) -> Result<Resource, Error> {
    let instance = crate::random::hex::<8>()?;
    Ok(Resource::builder_empty()
        .with_detector(Box::new(TelemetryResourceDetector))
        .with_attributes([
            KeyValue::new("service.name", identity.service),
            KeyValue::new("service.namespace", "shop"),
            KeyValue::new("service.version", identity.release.clone()),
            KeyValue::new("service.instance.id", instance),
            KeyValue::new("deployment.environment.name", "demo"),
            KeyValue::new("cloud.region", identity.region),
        ])
        .build())
}

/// The same address, key and patience for each of the three signals.
fn to<B: WithExportConfig + WithHttpConfig>(destination: &Destination, signal: &str, builder: B) -> Result<B, Error> {
    let endpoint = format!("{}/v1/{signal}", destination.otlp.trim_end_matches('/'));
    if let Err(wrong) = reqwest::Url::parse(&endpoint) {
        return Err(Error::Export { endpoint, detail: wrong.to_string() });
    }
    let headers: HashMap<String, String> =
        destination.key.iter().map(|key| ("limen-key".to_owned(), key.clone())).collect();
    Ok(builder
        .with_shared_http_client(Arc::clone(&destination.client))
        .with_endpoint(endpoint)
        .with_timeout(EXPORT_WAIT_MAX)
        .with_retry_policy(RetryPolicy::recommended())
        .with_headers(headers))
}

fn refused(cause: opentelemetry_otlp::ExporterBuildError) -> Error {
    Error::Export { endpoint: "the given address".to_owned(), detail: cause.to_string() }
}
