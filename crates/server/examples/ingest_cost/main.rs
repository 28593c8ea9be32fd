//! Measures what an event costs from HTTP body to committed row, beside two floors of the same run: decoding alone, and
//! inserting the same prepared rows straight into the engine. Prints one line of JSON per format and batch size. JSON comes
//! packed with gzip, as agents send it, and what the engine does includes merging all rows into one part.
//!
//! Costs are processor time (user and system) of the processes that do the work, never wall time.

mod load;
#[allow(dead_code)]
mod processes;
mod records;

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use limen_enrich::{EnrichOptions, Enricher, HintHeaders, Request};
use limen_ingest::{Format, Limits};
use limen_model::{AppId, Signal};
use limen_store::{EncodedBatch, EncodedRows, Store, Table, engine};
use serde_json::json;

use load::send_all;
use processes::{Engine, Server, own_cpu};
use records::Body;

/// Events per measurement: enough for the clock's 10 ms ticks to be below a percent.
const EVENTS: usize = 200_000;

/// Batches of this many events, from this many senders at once, each waiting for its answer. The senders decide how many
/// rows a group commit has: at most 20,000, which is what a busy server writes. The floor inserts groups of the same size.
const CASES: [(usize, usize, usize); 3] = [(20, 1_000, 20_000), (20, 256, 5_120), (500, 40, 20_000)];

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        for (batch, senders, group_rows) in CASES {
            for format in [Format::Json, Format::Protobuf] {
                measure(format, batch, senders, group_rows).await?;
            }
        }
        Ok(())
    })
}

async fn measure(format: Format, batch: usize, senders: usize, group_rows: usize) -> Result<()> {
    let bodies: Vec<Body> = (0..EVENTS / batch).map(|n| Body::build(format, batch, n)).collect();
    let decode = decode_cost(&bodies, format)?;
    let insert = insert_cost(&bodies, format, group_rows).await?;
    let whole = whole_cost(bodies, senders).await?;
    let line = json!({
        "table": "ingest",
        "format": if format == Format::Json { "json" } else { "protobuf" },
        "batch": batch,
        "group_rows": group_rows,
        "whole_us_per_event": round(whole.total()),
        "server_us_per_event": round(whole.server),
        "engine_us_per_event": round(whole.engine),
        "decode_us_per_event": round(decode),
        "insert_us_per_event": round(insert),
        "ratio": round(whole.total() / (decode + insert)),
    });
    println!("{line}");
    Ok(())
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Microseconds of processor time per event.
struct Whole {
    server: f64,
    engine: f64,
}

impl Whole {
    fn total(&self) -> f64 {
        self.server + self.engine
    }
}

/// The first floor: unpacking and reading the bodies and nothing else.
fn decode_cost(bodies: &[Body], format: Format) -> Result<f64> {
    let started = own_cpu()?;
    let wall = Instant::now();
    let mut records = 0;
    for body in bodies {
        let opened = limen_ingest::open(&body.bytes, body.encoding, &Limits::BACKEND)?;
        let batch = limen_ingest::decode(&opened, format, Signal::Logs, &Limits::BACKEND)?;
        records += batch.logs.iter().map(|group| group.records.len()).sum::<usize>();
    }
    ensure!(records == EVENTS, "{records} records decoded in {:?}", wall.elapsed());
    Ok(per_event(own_cpu()? - started))
}

/// The second floor: the same rows, prepared beforehand, straight into an engine in groups of the same size.
async fn insert_cost(bodies: &[Body], format: Format, group_rows: usize) -> Result<f64> {
    let groups = prepare(bodies, format, group_rows)?;
    let engine = Engine::start().await?;
    let started = engine.cpu()? + own_cpu()?;
    for (number, group) in groups.into_iter().enumerate() {
        for (table, statement, block) in group {
            let token = format!("floor-{number}-{}", table.name());
            engine::insert(engine.store.client(), &statement, &token, block.into()).await?;
        }
    }
    merge(&engine.store).await?;
    let cost = engine.cpu()? + own_cpu()? - started;
    engine.stop()?;
    Ok(per_event(cost))
}

fn prepare(bodies: &[Body], format: Format, group_rows: usize) -> Result<Vec<Vec<Prepared>>> {
    let enricher = Enricher::new(EnrichOptions::default())?;
    let mut groups: Vec<EncodedBatch> = Vec::new();
    for body in bodies {
        let opened = limen_ingest::open(&body.bytes, body.encoding, &Limits::BACKEND)?;
        let batch = limen_ingest::decode(&opened, format, Signal::Logs, &Limits::BACKEND)?;
        let request = Request {
            app: AppId::parse("bench")?,
            received_unix_nano: records::now_nano(),
            sent_unix_milli: None,
            peer: std::net::Ipv4Addr::LOCALHOST.into(),
            forwarded_for: None,
            user_agent: None,
            hints: HintHeaders::default(),
            browser: false,
            rules: Default::default(),
        };
        let encoded = EncodedBatch::encode(&enricher.enrich(batch, &request));
        match groups.last_mut() {
            Some(group) if group.rows() < group_rows => group.append(&encoded),
            _ => groups.push(encoded),
        }
    }
    ensure!(groups.iter().map(EncodedBatch::rows).sum::<usize>() == EVENTS, "an event became no row");
    groups.into_iter().map(columns).collect()
}

/// A block of columns with its statement.
type Prepared = (Table, String, Vec<u8>);

fn columns(group: EncodedBatch) -> Result<Vec<Prepared>> {
    let of = |(table, rows): (Table, EncodedRows)| {
        let (statement, block) = table.columns_of(&table.insert_statement(), &rows.bytes).context("not whole rows")?;
        Ok((table, statement, block))
    };
    group.into_tables().map(of).collect()
}

/// The whole way, through a real `limen serve` over HTTP.
async fn whole_cost(bodies: Vec<Body>, senders: usize) -> Result<Whole> {
    let server = Server::start().context("starting limen serve")?;
    let before = server.cpu()?;
    let accepted = send_all(&server, bodies, senders).await?;
    ensure!(accepted, "a batch was not taken");
    merge(&server.store()?).await?;
    let after = server.cpu()?;
    server.stop()?;
    Ok(Whole { server: per_event(after.server - before.server), engine: per_event(after.engine - before.engine) })
}

/// What the engine would do later otherwise, some of it after the clock has stopped.
async fn merge(store: &Store) -> Result<()> {
    Ok(engine::execute(store.client(), "OPTIMIZE TABLE events FINAL").await?)
}

/// Seconds of all events to microseconds of one.
fn per_event(seconds: f64) -> f64 {
    seconds * 1e6 / EVENTS as f64
}
