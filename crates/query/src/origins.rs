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

/// Of a host, or of one resource.
#[derive(Debug, Row, Deserialize)]
struct LoadsRow {
    named: String,
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
    protocol: String,
}

#[derive(Debug, Row, Deserialize)]
struct ScriptRow {
    host: String,
    script_time: f64,
    slow_interactions: f64,
}

pub async fn origins(store: &Store, scope: &Scope) -> Result<OriginsAnswer, QueryError> {
    let rows = rows(store, scope, "extract(address, {host_pattern})", "", ORIGINS_MAX).await?;
    let scripts: Vec<ScriptRow> = prepare_scoped(store, include_str!("origins_scripts.sql"), scope)
        .param("inp_good_max", Metric::Inp.thresholds().good)
        .fetch_all()
        .await?;
    let scripts: HashMap<String, (f64, f64)> =
        scripts.into_iter().map(|row| (row.host, (row.script_time, row.slow_interactions))).collect();
    let origin = |row: LoadsRow| {
        let (script_time, slow_interactions) = scripts.get(&row.named).copied().unwrap_or_default();
        Origin {
            third_party: row.third_party,
            views: row.in_views,
            loads: loads(&row),
            kinds: row.kinds,
            script_time,
            slow_interactions,
            host: row.named,
        }
    };
    Ok(OriginsAnswer { range: scope.range, origins: rows.into_iter().map(origin).collect() })
}

pub async fn resources(store: &Store, scope: &Scope, host: &str) -> Result<ResourcesAnswer, QueryError> {
    if host.is_empty() || host.len() > HOST_BYTES_MAX {
        return Err(ScopeError::Host { max: HOST_BYTES_MAX }.into());
    }
    let rows = rows(store, scope, "address", host, RESOURCES_MAX).await?;
    let resource = |row: LoadsRow| LoadedResource {
        loads: loads(&row),
        url: row.named,
        protocol: row.protocol,
        kind: row.kinds.into_iter().next().unwrap_or_default(),
    };
    Ok(ResourcesAnswer {
        range: scope.range,
        host: host.to_owned(),
        resources: rows.into_iter().map(resource).collect(),
    })
}

/// `by` is an expression of the statement; an empty host is any.
async fn rows(store: &Store, scope: &Scope, by: &str, host: &str, limit: u32) -> Result<Vec<LoadsRow>, QueryError> {
    let sql = include_str!("origins.sql").replace("{by}", by);
    let query = prepare_scoped(store, &sql, scope).param("third_party", THIRD_PARTY);
    Ok(query.param("host", host).param("limit", limit).fetch_all().await?)
}

fn loads(row: &LoadsRow) -> Loads {
    let share = |part: f64| if row.loads > 0.0 { part / row.loads } else { 0.0 };
    let quantile = |at: usize| row.quantiles.get(at).copied().flatten().filter(|millis| millis.is_finite());
    Loads {
        n: row.n,
        count: row.loads,
        p50: quantile(0),
        p75: quantile(1),
        bytes: row.bytes,
        blocking: share(row.blocking_loads),
        failed: share(row.failed),
        cached: share(row.cached),
        hidden: share(row.hidden),
    }
}
