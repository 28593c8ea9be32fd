//! What every service reports: spans with W3C trace context, logs inside them, and a few metrics.

pub mod call;
pub mod export;
pub mod providers;
pub mod serve;

use std::sync::Arc;

use opentelemetry::logs::LoggerProvider;
use opentelemetry::metrics::{Counter, Gauge, Histogram, MeterProvider};
use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::logs::SdkLogger;
use opentelemetry_sdk::trace::SdkTracer;

use crate::Error;
use providers::{Destination, Identity, Providers};

const SCOPE: &str = "limen-demo";

/// Bounds that HTTP semantic conventions advise for durations, in seconds.
const DURATION_BOUNDS: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// The instruments of one service.
#[derive(Debug)]
pub struct Telemetry {
    pub tracer: SdkTracer,
    pub logger: SdkLogger,
    pub request_duration: Histogram<f64>,
    pub orders: Counter<u64>,
    pub stock: Gauge<i64>,
    providers: Providers,
}

impl Telemetry {
    pub fn new(identity: &Identity, destination: &Destination) -> Result<Arc<Self>, Error> {
        let providers = Providers::new(identity, destination)?;
        let meter = providers.metrics.meter(SCOPE);
        let request_duration = meter
            .f64_histogram("http.server.request.duration")
            .with_unit("s")
            .with_description("Duration of requests as the service saw them.")
            .with_boundaries(DURATION_BOUNDS.to_vec())
            .build();
        let orders = meter.u64_counter("shop.orders").with_unit("{order}").with_description("Orders placed.").build();
        let stock = meter
            .i64_gauge("shop.stock.available")
            .with_unit("{piece}")
            .with_description("Pieces of a product left after the last reservation.")
            .build();
        Ok(Arc::new(Self {
            tracer: providers.spans.tracer(SCOPE),
            logger: providers.logs.logger(SCOPE),
            request_duration,
            orders,
            stock,
            providers,
        }))
    }

    /// Sends what is left. Blocks, so it belongs on a thread for blocking work.
    pub fn stop(&self) {
        self.providers.stop();
    }
}
