//! The payloads that the agent's own tests write: what the agent sends is what the server understands.

use std::fs;

use limen_enrich::{EnrichOptions, Enricher, Request};
use limen_ingest::{Format, Limits, decode};
use limen_model::Signal;

use crate::samples::{folder, from_agent};

#[test]
fn every_payload_of_the_agent_is_understood_and_one_holds_a_view_with_its_lcp() {
    let Ok(entries) = fs::read_dir(folder().join("agent")) else { return };
    let mut lcps = 0;
    for entry in entries {
        let path = entry.expect("an entry").path();
        let body = fs::read(&path).expect("a payload");
        let batch = decode(&body, Format::AgentJson, Signal::Logs, &Limits::BROWSER).expect("decodes");
        // The payloads were written on some day after the first commit; the year 2100 accepts them all.
        let request = Request { received_unix_nano: 4_102_444_800_000_000_000, ..from_agent() };
        let rows = Enricher::new(EnrichOptions::default()).expect("no options").enrich(batch, &request);
        assert!(rows.rejections.is_empty(), "{}: {}", path.display(), rows.rejections.message());
        lcps += rows.views.iter().filter(|view| view.lcp.is_some()).count();
    }
    assert!(lcps > 0, "no payload holds a view with an LCP");
}
