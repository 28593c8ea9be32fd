//! Measures what questions about a week cost, from the views and from the sums by hour and day, with the job that makes the
//! sums and the bytes that all of it takes. Prints one line of JSON per figure.
//!
//! Costs are processor time (user and system) of the engine and of this process, never wall time. The rows are made inside of
//! the engine from numbered hashes, so every run has the same ones.

#[path = "../ingest_cost/processes.rs"]
#[allow(dead_code)]
mod processes;

use anyhow::{Context, Result, ensure};
use limen_model::AppId;
use limen_query::{
    BreakdownOrder, Dimension, ExplainedMetric, Metric, QueryError, Scope, ScopeRequest, breakdown, classes, explain,
    session, trace, traffic, vitals, vitals_series,
};
use limen_store::Store;
use limen_store::rollup::Rollups;
use serde_json::json;
use time::OffsetDateTime;
use time::macros::datetime;

use processes::{Engine, own_cpu};

const FROM: OffsetDateTime = datetime!(2026-03-02 00:00 UTC);
const DAYS: u64 = 7;
/// How often each question is asked; the clock ticks every 10 ms.
const TIMES: u32 = 10;
/// Events that are no views, for each view; with the view itself and a span for every second view.
const EVENTS_PER_VIEW: u64 = 8;

fn main() -> Result<()> {
    let events: u64 =
        std::env::args().nth(1).map_or(Ok(20_000_000), |text| text.parse()).context("number of events")?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(measure(events))
}

async fn measure(events: u64) -> Result<()> {
    let engine = Engine::start().await?;
    let views = events / (EVENTS_PER_VIEW + 1);
    plant(&engine.store, views).await?;
    job(&engine, views, events).await?;
    bytes(&engine.store, events).await?;
    questions(&engine).await?;
    by_id(&engine).await?;
    explanation(&engine).await?;
    engine.stop()
}

async fn plant(store: &Store, views: u64) -> Result<()> {
    let from = FROM.unix_timestamp();
    for day in 0..DAYS {
        for statement in include_str!("plant.sql").split(";\n").filter(|text| !text.trim().is_empty()) {
            let query = store.client().query(statement).param("from", from).param("views", views);
            // Blocks that the engine's memory, which is that of a small server, has room for.
            let query = query.with_setting("min_insert_block_size_rows", "200000");
            let query = query.with_setting("min_insert_block_size_bytes", "64000000");
            let query = query.param("first", views * day / DAYS).param("count", views / DAYS);
            query.execute().await.with_context(|| format!("planting day {day}"))?;
        }
    }
    for table in ["views", "events", "spans"] {
        store
            .client()
            .query(&format!("OPTIMIZE TABLE {table} FINAL"))
            .execute()
            .await
            .with_context(|| format!("merging {table}"))?;
    }
    Ok(())
}

async fn job(engine: &Engine, views: u64, events: u64) -> Result<()> {
    let before = engine.cpu()?;
    let rollups = Rollups::new(engine.store.clone(), classes());
    let round =
        rollups.round((FROM + time::Duration::days(8)).unix_timestamp_nanos() as i64).await.context("summing up")?;
    let seconds = engine.cpu()? - before;
    ensure!(round.hours as u64 >= DAYS * 24, "{} hours were computed", round.hours);
    engine.store.client().query("OPTIMIZE TABLE views_rollup FINAL").execute().await?;
    let per = |count: u64| seconds * 1e6 / count as f64;
    println!(
        "{}",
        json!({ "table": "job", "seconds": seconds, "us_per_view": per(views), "us_per_event": per(events) })
    );
    Ok(())
}

async fn bytes(store: &Store, events: u64) -> Result<()> {
    let sql = "SELECT table, sum(rows), sum(bytes_on_disk) FROM system.parts \
               WHERE active AND database = 'limen' AND table IN ('views', 'events', 'spans', 'views_rollup') \
               GROUP BY table ORDER BY table";
    for (table, rows, bytes) in store.client().query(sql).fetch_all::<(String, u64, u64)>().await? {
        let per_event = bytes as f64 / events as f64;
        println!("{}", json!({ "table": "bytes", "of": table, "rows": rows, "bytes": bytes, "per_event": per_event }));
    }
    Ok(())
}

/// What the overview asks.
#[derive(Debug, Clone, Copy)]
enum Ask {
    Vitals,
    Series,
    Traffic,
    By(Dimension),
}

const OVERVIEW: [Ask; 8] = [
    Ask::Vitals,
    Ask::Series,
    Ask::Traffic,
    Ask::By(Dimension::Route),
    Ask::By(Dimension::Country),
    Ask::By(Dimension::Device),
    Ask::By(Dimension::Browser),
    Ask::By(Dimension::Release),
];

impl Ask {
    fn name(self) -> String {
        match self {
            Ask::By(dimension) => format!("breakdown by {}", dimension.name()),
            other => format!("{other:?}").to_lowercase(),
        }
    }

    async fn ask(self, store: &Store, scope: &Scope) -> Result<(), QueryError> {
        match self {
            Ask::Vitals => vitals(store, scope).await.map(drop),
            Ask::Series => vitals_series(store, scope, Metric::Lcp).await.map(drop),
            Ask::Traffic => traffic(store, scope).await.map(drop),
            Ask::By(dimension) => breakdown(store, scope, dimension, BreakdownOrder::Views, 50).await.map(drop),
        }
    }
}

async fn questions(engine: &Engine) -> Result<()> {
    for ask in OVERVIEW {
        let mut costs = Vec::new();
        for source in ["views", "sums"] {
            let scope = scope(source)?;
            // Warm.
            ask.ask(&engine.store, &scope).await?;
            let before = engine.cpu()? + own_cpu()?;
            for _ in 0..TIMES {
                ask.ask(&engine.store, &scope).await?;
            }
            costs.push((engine.cpu()? + own_cpu()? - before) * 1e3 / f64::from(TIMES));
        }
        println!("{}", json!({ "table": "question", "name": ask.name(), "views_ms": costs[0], "sums_ms": costs[1] }));
    }
    Ok(())
}

/// The week that ends in the middle of an hour, with all its edges.
fn scope(source: &str) -> Result<Scope> {
    let request = ScopeRequest {
        from: Some("2026-03-02T00:20:00Z"),
        to: Some("2026-03-08T23:40:00Z"),
        filters: &[],
        source: Some(source),
        visitors: None,
    };
    Ok(Scope::parse(AppId::parse("shop")?, request, FROM)?)
}

/// Why the last day was slower than the six before it.
async fn explanation(engine: &Engine) -> Result<()> {
    let request = ScopeRequest {
        from: Some("2026-03-08T00:00:00Z"),
        to: Some("2026-03-09T00:00:00Z"),
        filters: &[],
        source: None,
        visitors: None,
    };
    let scope = Scope::parse(AppId::parse("shop")?, request, FROM)?;
    let rest = engine.rest()?;
    let (before, begun) = (engine.cpu()? + own_cpu()?, std::time::Instant::now());
    let answer = explain(&engine.store, &scope, ExplainedMetric::Lcp).await?;
    let (seconds, cpu) = (begun.elapsed().as_secs_f64(), engine.cpu()? + own_cpu()? - before);
    ensure!(answer.verdict.contains("country SG"), "the fault was not found: {}", answer.verdict);
    let peak = engine.peak()?;
    println!("{}", json!({ "table": "explain", "seconds": seconds, "cpu": cpu, "rest_mib": rest, "peak_mib": peak }));
    Ok(())
}

async fn by_id(engine: &Engine) -> Result<()> {
    let app = AppId::parse("shop")?;
    let sql = "SELECT session_id, lower(hex(trace_id)) FROM spans ORDER BY cityHash64(span_id) LIMIT 20";
    let ids: Vec<(String, String)> = engine.store.client().query(sql).fetch_all().await?;
    let mut costs = Vec::new();
    for which in ["session", "trace"] {
        let before = engine.cpu()? + own_cpu()?;
        for (session_id, trace_id) in &ids {
            match which {
                "session" => {
                    ensure!(!session(&engine.store, &app, session_id).await?.views.is_empty(), "no {session_id}")
                }
                _ => ensure!(!trace(&engine.store, &app, trace_id).await?.spans.is_empty(), "no {trace_id}"),
            }
        }
        costs.push((which, (engine.cpu()? + own_cpu()? - before) * 1e3 / ids.len() as f64));
    }
    for (which, ms) in costs {
        println!("{}", json!({ "table": "id", "name": format!("{which} by id"), "ms": ms }));
    }
    Ok(())
}
