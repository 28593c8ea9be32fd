//! What do pages load, from whom, and what does it cost? By host, and the resources of one host.

use std::collections::HashMap;

use clickhouse::Row;
use limen_model::attributes::THIRD_PARTY;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{HOST_BYTES_MAX, ORIGINS_MAX, RESOURCES_MAX};
use crate::prepare::prepare_scoped;
use crate::scope::Range;
use crate::{Metric, QueryError, Scope, ScopeError};

/// The hosts that pages of a range load from.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OriginsAnswer {
    pub range: Range,
    /// Those that most is loaded from first.
    pub origins: Vec<Origin>,
}

/// One host.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Origin {
    pub host: String,
    pub third_party: bool,
    /// Views that load from it, not weighted.
    pub views: u64,
    pub loads: Loads,
    /// What asks for it, most often first: `script`, `img`, `link`, `css` and so on.
    pub kinds: Vec<String>,
    /// How long its scripts ran inside frames of more than 50 ms, weighted, in milliseconds.
    pub script_time: f64,
    /// Weighted number of views whose INP is above 200 ms and blamed on a script of it.
    pub slow_interactions: f64,
}

/// What was loaded. Every number but `n` is weighted.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Loads {
    /// As they are stored (not weighted).
    pub n: u64,
    pub count: f64,
    /// The median, in milliseconds; null where the browser tells none.
    pub p50: Option<f64>,
    /// The 75th percentile, in milliseconds.
    pub p75: Option<f64>,
    /// Bytes over the network, of those whose size is told.
    pub bytes: f64,
    /// Share that held back the first paint, 0 to 1.
    pub blocking: f64,
    /// Share answered with a status of 400 and above, 0 to 1.
    pub failed: f64,
    /// Share out of the browser's cache, 0 to 1.
    pub cached: f64,
    /// Share whose sizes and parts the browser hides, 0 to 1: their host sends no `Timing-Allow-Origin`.
    pub hidden: f64,
}

/// What pages load from one host.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ResourcesAnswer {
    pub range: Range,
    pub host: String,
    pub resources: Vec<LoadedResource>,
}

/// One resource.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LoadedResource {
    /// Without its query's values.
    pub url: String,
    pub loads: Loads,
    /// `h2`, `h3`, `http/1.1`; empty when unknown.
    pub protocol: String,
    /// What asks for it: `script`, `img`, `link`, `css` and so on.
    pub kind: String,
}

#[derive(Debug, Row, Deserialize)]
struct OriginRow {
    host: String,
    third_party: bool,
    n: u64,
    loads: f64,
    in_views: u64,
    quantiles: Vec<Option<f64>>,
    bytes: f64,
    blocking_loads: f64,
    failed: f64,
    cached: f64,
    hidden: f64,
    kinds: Vec<String>,
}

#[derive(Debug, Row, Deserialize)]
struct ScriptRow {
    host: String,
    script_time: f64,
    slow_interactions: f64,
}

#[derive(Debug, Row, Deserialize)]
struct ResourceRow {
    address: String,
    n: u64,
    loads: f64,
    quantiles: Vec<Option<f64>>,
    bytes: f64,
    blocking_loads: f64,
    failed: f64,
    cached: f64,
    hidden: f64,
    next_hop: String,
    initiator: String,
}

pub async fn origins(store: &Store, scope: &Scope) -> Result<OriginsAnswer, QueryError> {
    let rows: Vec<OriginRow> = prepare_scoped(store, include_str!("origins.sql"), scope)
        .param("third_party", THIRD_PARTY)
        .param("limit", ORIGINS_MAX)
        .fetch_all()
        .await?;
    let scripts: Vec<ScriptRow> = prepare_scoped(store, include_str!("origins_scripts.sql"), scope)
        .param("inp_good_max", Metric::Inp.thresholds().good)
        .fetch_all()
        .await?;
    let scripts: HashMap<String, (f64, f64)> =
        scripts.into_iter().map(|row| (row.host, (row.script_time, row.slow_interactions))).collect();
    let origin = |row: OriginRow| {
        let (script_time, slow_interactions) = scripts.get(&row.host).copied().unwrap_or_default();
        let shares = [row.blocking_loads, row.failed, row.cached, row.hidden];
        Origin {
            third_party: row.third_party,
            views: row.in_views,
            loads: loads(row.n, row.loads, &row.quantiles, row.bytes, shares),
            kinds: row.kinds,
            script_time,
            slow_interactions,
            host: row.host,
        }
    };
    Ok(OriginsAnswer { range: scope.range, origins: rows.into_iter().map(origin).collect() })
}

pub async fn resources(store: &Store, scope: &Scope, host: &str) -> Result<ResourcesAnswer, QueryError> {
    if host.is_empty() || host.len() > HOST_BYTES_MAX {
        return Err(ScopeError::Host { max: HOST_BYTES_MAX }.into());
    }
    let rows: Vec<ResourceRow> = prepare_scoped(store, include_str!("origins_resources.sql"), scope)
        .param("host", host)
        .param("limit", RESOURCES_MAX)
        .fetch_all()
        .await?;
    let resource = |row: ResourceRow| {
        let shares = [row.blocking_loads, row.failed, row.cached, row.hidden];
        LoadedResource {
            loads: loads(row.n, row.loads, &row.quantiles, row.bytes, shares),
            url: row.address,
            protocol: row.next_hop,
            kind: row.initiator,
        }
    };
    Ok(ResourcesAnswer {
        range: scope.range,
        host: host.to_owned(),
        resources: rows.into_iter().map(resource).collect(),
    })
}

fn loads(
    n: u64,
    count: f64,
    quantiles: &[Option<f64>],
    bytes: f64,
    [blocking, failed, cached, hidden]: [f64; 4],
) -> Loads {
    let share = |part: f64| if count > 0.0 { part / count } else { 0.0 };
    let quantile = |at: usize| quantiles.get(at).copied().flatten().filter(|millis| millis.is_finite());
    Loads {
        n,
        count,
        p50: quantile(0),
        p75: quantile(1),
        bytes,
        blocking: share(blocking),
        failed: share(failed),
        cached: share(cached),
        hidden: share(hidden),
    }
}
