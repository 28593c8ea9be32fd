//! What the agent sends is what the server understands: its recorded payloads, and those its own tests write.

use std::fs;
use std::path::PathBuf;

use limen_enrich::{EnrichOptions, Enricher, Request};
use limen_ingest::{Format, Limits, decode};
use limen_model::Signal;

use crate::samples::{folder, from_agent};

fn payloads() -> Vec<PathBuf> {
    let written = fs::read_dir(folder().join("agent")).into_iter().flatten();
    let paths = written.map(|entry| entry.expect("an entry").path());
    let payloads = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    payloads.chain([folder().join("otlp/agent-page-load.json")]).collect()
}

#[test]
fn every_payload_of_the_agent_is_understood_and_holds_views_with_their_vitals() {
    let mut lcps = 0;
    for path in payloads() {
        let body = fs::read(&path).expect("a payload");
        let batch = decode(&body, Format::AgentJson, Signal::Logs, &Limits::BROWSER).expect("decodes");
        // The payloads were written on different days; a server in the year 2100 takes them all.
        let request = Request { received_unix_nano: 4_102_444_800_000_000_000, ..from_agent() };
        let rows = Enricher::new(EnrichOptions::default()).expect("no options").enrich(batch, &request);
        assert!(rows.rejections.is_empty(), "{}: {}", path.display(), rows.rejections.message());
        lcps += rows.views.iter().filter(|view| view.lcp.is_some()).count();
    }
    assert!(lcps > 0, "no payload holds a view with an LCP");
}
