//! Measures what decoding costs: nanoseconds per event for batches like a browser's, in each format.
//!
//! `cargo run --release -p limen-ingest --example decode_cost` prints one JSON line per format and batch size.

use std::hint::black_box;
use std::time::Instant;

use libdeflater::{CompressionLvl, Compressor};
use limen_ingest::{Encoding, Format, Limits, decode, open};
use limen_model::Signal;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue, any_value::Value};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::resource::v1::Resource;
use prost::Message;

/// The best of several rounds is the cost; the rest is what else the machine did.
const ROUNDS: u32 = 15;
const EVENTS_PER_ROUND: usize = 40_000;

fn main() {
    for batch in [20, 500] {
        let request = request(batch);
        let protobuf = request.encode_to_vec();
        let json = serde_json::to_vec(&request).expect("OTLP serialises");
        let packed = gzip(&json);
        row("gunzip", batch, json.len(), || {
            black_box(open(black_box(&packed), Encoding::Gzip, &Limits::BACKEND).expect("opens"));
        });
        for (name, format, body) in [("json", Format::Json, &json), ("protobuf", Format::Protobuf, &protobuf)] {
            row(name, batch, body.len(), || {
                black_box(decode(black_box(body), format, Signal::Logs, &Limits::BACKEND).expect("decodes"));
            });
        }
    }
}

fn row(name: &str, batch: usize, bytes: usize, work: impl Fn()) {
    let times = EVENTS_PER_ROUND / batch;
    let round = |_| {
        let start = Instant::now();
        (0..times).for_each(|_| work());
        start.elapsed().as_nanos() as f64 / (times * batch) as f64
    };
    let best = (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min);
    println!(r#"{{"table":"decode","format":"{name}","batch":{batch},"bytes":{bytes},"ns_per_event":{best:.0}}}"#);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = Compressor::new(CompressionLvl::default());
    let mut packed = vec![0; compressor.gzip_compress_bound(bytes.len())];
    let length = compressor.gzip_compress(bytes, &mut packed).expect("fits its bound");
    packed.truncate(length);
    packed
}

fn request(records: usize) -> ExportLogsServiceRequest {
    let resource = [
        ("service.name", "shop"),
        ("service.version", "1.2.3"),
        ("deployment.environment.name", "production"),
        ("telemetry.sdk.name", "limen"),
        ("telemetry.sdk.language", "webjs"),
        ("browser.language", "en-GB"),
        (
            "user_agent.original",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        ),
    ];
    let resource = Resource { attributes: resource.map(|(key, text)| string(key, text)).into(), ..Resource::default() };
    let scope =
        InstrumentationScope { name: "limen".into(), version: "0.1.0".into(), ..InstrumentationScope::default() };
    let log_records = (0..records).map(record).collect();
    let scope_logs = vec![ScopeLogs { scope: Some(scope), log_records, ..ScopeLogs::default() }];
    let group = ResourceLogs { resource: Some(resource), scope_logs, ..ResourceLogs::default() };
    ExportLogsServiceRequest { resource_logs: vec![group] }
}

/// Vitals with an error among each ten: about 1.3 kB of JSON per event, as the agent sends.
fn record(number: usize) -> LogRecord {
    let mut attributes = vec![
        string("session.id", "8f14e45fceea167a5a36dedd4bea2543"),
        string("limen.view.id", "c9f0f895fb98ab91"),
        string("browser.document.url.full", "https://shop.example/product/4711?ref="),
        integer("limen.event.id", number as i64),
    ];
    let exception = number % 10 == 9;
    if exception {
        let frame = "    at HTMLButtonElement.onClick (https://shop.example/assets/checkout.3f2a9c1b.js:1:20533)\n";
        attributes.extend([
            string("exception.type", "TypeError"),
            string("exception.message", "Cannot read properties of undefined (reading 'price')"),
            string("exception.stacktrace", &format!("TypeError: Cannot read properties\n{}", frame.repeat(8))),
            KeyValue {
                key: "limen.exception.handled".into(),
                value: any(Value::BoolValue(false)),
                ..KeyValue::default()
            },
        ]);
    } else {
        attributes.extend([
            string("browser.web_vital.name", "lcp"),
            double("browser.web_vital.value", 2345.25 + number as f64),
            double("browser.web_vital.delta", 12.5),
            string("browser.web_vital.id", "v6-1763830000000-4711471147114"),
            string("browser.web_vital.rating", "good"),
            string("browser.web_vital.navigation_type", "navigate"),
            string("limen.web_vital.target", "main > section.hero > img"),
            double("limen.web_vital.lcp.resource_load_delay", 120.5),
            double("limen.web_vital.lcp.resource_load_duration", 310.25),
            double("limen.web_vital.lcp.element_render_delay", 42.0),
        ]);
    }
    LogRecord {
        time_unix_nano: 1_763_830_000_000_000_000 + number as u64,
        observed_time_unix_nano: 1_763_830_000_000_000_500,
        severity_number: if exception { 17 } else { 9 },
        event_name: if exception { "exception".into() } else { "browser.web_vital".into() },
        trace_id: vec![7; 16],
        span_id: vec![9; 8],
        attributes,
        ..LogRecord::default()
    }
}

fn any(value: Value) -> Option<AnyValue> {
    Some(AnyValue { value: Some(value) })
}

fn string(key: &str, text: &str) -> KeyValue {
    KeyValue { key: key.into(), value: any(Value::StringValue(text.into())), ..KeyValue::default() }
}

fn integer(key: &str, number: i64) -> KeyValue {
    KeyValue { key: key.into(), value: any(Value::IntValue(number)), ..KeyValue::default() }
}

fn double(key: &str, number: f64) -> KeyValue {
    KeyValue { key: key.into(), value: any(Value::DoubleValue(number)), ..KeyValue::default() }
}
