//! Browser events as an agent sends them: sessions, views, vitals, clicks, requests, about 1.3 KB of JSON each.

use libdeflater::{CompressionLvl, Compressor};
use limen_ingest::{Encoding, Format};
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::resource::v1::Resource;
use prost::Message;
use std::time::{SystemTime, UNIX_EPOCH};

pub struct Body {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
    pub encoding: Encoding,
}

impl Body {
    pub fn build(format: Format, events: usize, number: usize) -> Self {
        let request = request(events, number);
        match format {
            Format::Protobuf => Self {
                bytes: request.encode_to_vec(),
                content_type: "application/x-protobuf",
                encoding: Encoding::Identity,
            },
            // Serialising these generated types cannot fail, and the packed ones fit their bound.
            _ => Self {
                bytes: gzip(&serde_json::to_vec(&request).unwrap_or_default()),
                content_type: "application/json",
                encoding: Encoding::Gzip,
            },
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = Compressor::new(CompressionLvl::default());
    let mut packed = vec![0; packer.gzip_compress_bound(bytes.len())];
    let length = packer.gzip_compress(bytes, &mut packed).unwrap_or_default();
    packed.truncate(length);
    packed
}

pub fn now_nano() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_nanos()).unwrap_or(i64::MAX)
}

fn request(events: usize, number: usize) -> ExportLogsServiceRequest {
    let resource = Resource {
        attributes: vec![
            text("service.name", "shop-web"),
            text("service.version", "1.42.0"),
            text("deployment.environment.name", "production"),
            text("telemetry.sdk.name", "limen"),
            text("browser.language", "en-SG"),
            text(
                "user_agent.original",
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
            ),
        ],
        ..Resource::default()
    };
    let log_records = (0..events).map(|index| record(number * events + index)).collect();
    let scope = InstrumentationScope { name: "limen".to_owned(), ..InstrumentationScope::default() };
    let scope_logs = vec![ScopeLogs { scope: Some(scope), log_records, schema_url: String::new() }];
    ExportLogsServiceRequest {
        resource_logs: vec![ResourceLogs { resource: Some(resource), scope_logs, schema_url: String::new() }],
    }
}

/// Twenty events to a view, five views to a session.
fn record(number: usize) -> LogRecord {
    let view = number / 20;
    let mut attributes = vec![
        text("session.id", &format!("{:032x}", view / 5 + 1)),
        text("limen.view.id", &format!("{:016x}", view + 1)),
        integer("limen.event.id", number as i64),
        text("browser.document.url.full", &format!("https://shop.example/product/{}?ref=&campaign=", view % 500)),
    ];
    let name = match number % 4 {
        0 => vital(&mut attributes, number),
        1 => click(&mut attributes, number),
        2 => navigation(&mut attributes, view),
        _ => exception(&mut attributes, number),
    };
    LogRecord {
        time_unix_nano: now_nano() as u64,
        observed_time_unix_nano: now_nano() as u64,
        severity_number: 9,
        event_name: name.to_owned(),
        attributes,
        trace_id: (view as u128 + 1).to_be_bytes().to_vec(),
        span_id: (number as u64 + 1).to_be_bytes().to_vec(),
        ..LogRecord::default()
    }
}

fn vital(attributes: &mut Vec<KeyValue>, number: usize) -> &'static str {
    attributes.extend([
        text("browser.web_vital.name", "lcp"),
        double("browser.web_vital.value", 900.0 + (number % 3000) as f64 + 0.5),
        double("browser.web_vital.delta", 900.5),
        text("browser.web_vital.id", &format!("v6-17321{number}-4031")),
        text("browser.web_vital.rating", "good"),
        text("browser.web_vital.navigation_type", "navigate"),
        text("limen.web_vital.target", "main>article.product>img#hero"),
        text("limen.web_vital.lcp.url", "https://cdn.shop.example/img/hero.webp"),
        double("limen.web_vital.lcp.resource_load_delay", 120.25),
        double("limen.web_vital.lcp.resource_load_duration", 310.5),
        double("limen.web_vital.lcp.element_render_delay", 80.125),
    ]);
    "browser.web_vital"
}

fn click(attributes: &mut Vec<KeyValue>, number: usize) -> &'static str {
    attributes.extend([
        text("browser.css_selector", "main>section.buy>button.add-to-cart"),
        text("browser.tag_name", "BUTTON"),
        text("limen.action.name", "add-to-cart"),
        integer("browser.page.x", (number % 1200) as i64),
        integer("browser.page.y", (number % 800) as i64),
    ]);
    "browser.user_action.click"
}

fn navigation(attributes: &mut Vec<KeyValue>, view: usize) -> &'static str {
    attributes.extend([
        text("url.full", &format!("https://shop.example/product/{}", view % 500)),
        KeyValue {
            value: Some(AnyValue { value: Some(Value::BoolValue(true)) }),
            ..text("browser.navigation.same_document", "")
        },
        text("browser.navigation.type", "push"),
    ]);
    "browser.navigation"
}

fn exception(attributes: &mut Vec<KeyValue>, number: usize) -> &'static str {
    let stack = "TypeError: Cannot read properties of undefined (reading 'guide')\n    at openGuide (https://shop.example/assets/product-4f2a.js:12:3401)\n    at HTMLButtonElement.<anonymous> (https://shop.example/assets/app-91bc.js:1:20433)";
    attributes.extend([
        text("exception.type", "TypeError"),
        text("exception.message", &format!("Cannot read properties of undefined (reading 'guide{}')", number % 7)),
        text("exception.stacktrace", stack),
        text("limen.exception.mechanism", "onerror"),
    ]);
    "exception"
}

fn text(key: &str, value: &str) -> KeyValue {
    pair(key, Value::StringValue(value.to_owned()))
}

fn integer(key: &str, value: i64) -> KeyValue {
    pair(key, Value::IntValue(value))
}

fn double(key: &str, value: f64) -> KeyValue {
    pair(key, Value::DoubleValue(value))
}

fn pair(key: &str, value: Value) -> KeyValue {
    KeyValue { key: key.to_owned(), value: Some(AnyValue { value: Some(value) }), ..KeyValue::default() }
}
