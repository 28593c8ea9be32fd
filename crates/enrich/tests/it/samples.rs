//! The recorded bodies, and the request that brings them.

use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use limen_enrich::{EnrichOptions, Enricher, HintHeaders, Request};
use limen_ingest::{Format, Limits, decode};
use limen_model::enriched::EnrichedBatch;
use limen_model::{AppId, Signal};

/// The start of all fixtures.
pub const START: i64 = 1_763_830_000_000_000_000;
pub const SECOND: i64 = 1_000_000_000;

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

pub fn read(name: &str) -> String {
    fs::read_to_string(folder().join("otlp").join(name)).expect("a fixture")
}

/// Ten seconds after the start of all fixtures, from an address of the documentation's own range.
pub fn request() -> Request<'static> {
    Request {
        app: AppId::parse("shop").expect("a name"),
        received_unix_nano: START + 10 * SECOND,
        sent_unix_milli: None,
        peer: IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)),
        forwarded_for: None,
        user_agent: None,
        hints: HintHeaders::default(),
        browser: false,
        rules: Default::default(),
    }
}

pub fn from_agent() -> Request<'static> {
    Request { browser: true, ..request() }
}

pub fn enrich<'a>(json: &'a str, format: Format, signal: Signal, request: &Request<'_>) -> EnrichedBatch<'a> {
    let batch = decode(json.as_bytes(), format, signal, &Limits::BROWSER).expect("decodes");
    Enricher::new(EnrichOptions::default()).expect("default options").enrich(batch, request)
}

/// A batch of the agent with one record that has these attributes, as JSON.
pub fn one_log(name: &str, time: i64, attributes: &[(&str, &str)]) -> String {
    let pairs = attributes.iter().map(|(key, value)| format!(r#"{{"key":"{key}","value":{value}}}"#));
    let pairs = pairs.collect::<Vec<_>>().join(",");
    format!(
        r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{"eventName":"{name}","timeUnixNano":"{time}","attributes":[{pairs}]}}]}}]}}]}}"#
    )
}

pub fn text(text: &str) -> String {
    format!(r#"{{"stringValue":"{text}"}}"#)
}
