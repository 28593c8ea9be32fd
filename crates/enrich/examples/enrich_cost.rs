//! Measures what enriching costs beside decoding: nanoseconds per record of a page load as the agent sends it.
//!
//! `cargo run --release -p limen-enrich --example enrich_cost` prints one JSON line per stage.

use std::fs;
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;

use limen_enrich::{EnrichOptions, Enricher, HintHeaders, Request};
use limen_ingest::{Format, Limits, decode};
use limen_model::received::ReceivedBatch;
use limen_model::{AppId, Signal};

/// The best of many short rounds is the cost; the rest is what else the machine did.
const ROUNDS: usize = 200;
const TIMES: usize = 150;

fn main() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/otlp/agent-page-load.json");
    let body = fs::read_to_string(path).expect("the fixture is part of the repository");
    // Without the white space of the fixture, as it is sent.
    let body: String = body.lines().map(str::trim).collect();
    let enricher = Enricher::new(EnrichOptions::default()).expect("no options");
    let request = Request {
        app: AppId::parse("shop").expect("a name"),
        received_unix_nano: 1_763_830_010_000_000_000,
        sent_unix_milli: Some(1_763_830_010_000),
        peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
        forwarded_for: None,
        user_agent: None,
        hints: HintHeaders::default(),
        browser: true,
        rules: Default::default(),
    };
    let records = records(&read(&body));
    let both = best(records, || {
        black_box(enricher.enrich(read(black_box(&body)), &request));
    });
    let decoding = best(records, || {
        black_box(read(black_box(&body)));
    });
    for (stage, cost) in [("decode", decoding), ("enrich", both - decoding)] {
        println!(
            r#"{{"table":"enrich","stage":"{stage}","records":{records},"bytes":{},"ns_per_record":{cost:.0}}}"#,
            body.len()
        );
    }
}

fn read(body: &str) -> ReceivedBatch<'_> {
    decode(body.as_bytes(), Format::AgentJson, Signal::Logs, &Limits::BROWSER).expect("decodes")
}

fn records(batch: &ReceivedBatch<'_>) -> usize {
    let logs = batch.logs.iter().map(|group| group.records.len());
    logs.chain(batch.spans.iter().map(|group| group.records.len())).sum()
}

fn best(records: usize, work: impl Fn()) -> f64 {
    let round = |_| {
        let start = Instant::now();
        (0..TIMES).for_each(|_| work());
        start.elapsed().as_nanos() as f64 / (TIMES * records) as f64
    };
    (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
}
