//! Whose is the time of many views? The ledger near their p75, beside that of another time or of others.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clickhouse::Row;
use limen_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::changes::{OwnerChange, changes};
use super::{BlamedVital, Owner, blame_all};
use crate::limits::BLAME_POPULATION_VIEWS;
use crate::prepare::prepare_scoped;
use crate::scope::Range;
use crate::words::owner;
use crate::{BlameAnswer, QueryError, Scope};

/// The ledger of a population, compared with another one.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PopulationBlame {
    pub vital: BlamedVital,
    /// In one sentence.
    pub verdict: String,
    pub now: Population,
    /// What it is compared with.
    pub before: Population,
    /// By owner, those that changed most first; empty when one of the two has no views that can be divided.
    pub owners: Vec<OwnerChange>,
    /// What would be needed to say more, most frequent first.
    pub missing: Vec<String>,
}

/// Some views, and those of them that were divided.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Population {
    pub range: Range,
    /// `dimension:value`; of several values of one dimension any.
    pub filters: Vec<String>,
    /// Weighted number of views with the vital.
    pub views: f64,
    /// Milliseconds; null without such views.
    pub p75: Option<f64>,
    /// How many views between the 70th and the 80th percentile stand for it, …
    pub divided: u64,
    /// … and their mean, to which the ledger sums; null when none could be divided.
    pub divided_mean: Option<f64>,
    /// What each owner took of them on average, most first.
    pub ledger: Vec<PopulationLine>,
}

/// What one owner took.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PopulationLine {
    pub owner: Owner,
    /// Milliseconds.
    pub mean: f64,
}

#[derive(Debug, Row, Deserialize)]
struct PopulationRow {
    p75: f64,
    views: f64,
    /// Session, view, whether it has no trace.
    samples: Vec<(String, String, bool)>,
}

/// `scope` beside `baseline`, of the same application.
pub async fn population_blame(
    store: &Store,
    scope: &Scope,
    baseline: &Scope,
    vital: BlamedVital,
) -> Result<PopulationBlame, QueryError> {
    let (now, divided) = population(store, scope, vital).await?;
    let (before, divided_before) = population(store, baseline, vital).await?;
    let owners = changes(&divided_before, &divided);
    let missing = missing(divided.iter().chain(&divided_before));
    Ok(PopulationBlame { vital, verdict: verdict(vital, &now, &before, &owners), now, before, owners, missing })
}

fn verdict(vital: BlamedVital, now: &Population, before: &Population, owners: &[OwnerChange]) -> String {
    let name = vital.name();
    let Some(p75) = now.p75 else { return format!("No view of the range has {name}.") };
    let mut text = format!("{name} p75 {p75:.0} ms");
    let Some(former) = before.p75 else { return text + "; there is nothing to compare it with." };
    let _ = write!(text, ", {:+.0} ms", p75 - former);
    // The first clear change in the direction of the whole; what grew while all shrank explains nothing.
    let clear = |change: &&OwnerChange| {
        (change.change_low > 0.0 || change.change_high < 0.0) && (change.change > 0.0) == (p75 > former)
    };
    match owners.iter().find(clear) {
        Some(change) => {
            let _ = write!(text, "; {:+.0} ms near it in {}.", change.change, owner(&change.owner));
            text
        }
        None => text + "; no owner changed clearly.",
    }
}

async fn population(
    store: &Store,
    scope: &Scope,
    vital: BlamedVital,
) -> Result<(Population, Vec<BlameAnswer>), QueryError> {
    // The name of the column comes from a list of ours.
    let sql = include_str!("../blame_population.sql").replace("{vital}", vital.column());
    let row: Option<PopulationRow> =
        prepare_scoped(store, &sql, scope).param("limit", BLAME_POPULATION_VIEWS).fetch_optional().await?;
    let samples = row.as_ref().map_or(&[][..], |row| &row.samples);
    let views: Vec<(&str, &str)> = samples.iter().map(|(session, view, _)| (session.as_str(), view.as_str())).collect();
    let divided = blame_all(store, &scope.app, &views, scope.range, vital).await?;
    let filters = scope
        .filters
        .iter()
        .flat_map(|filter| filter.values.iter().map(|value| format!("{}:{value}", filter.dimension.name())));
    let sum: u64 = divided.iter().map(|view| view.total).sum();
    let population = Population {
        range: scope.range,
        filters: filters.collect(),
        views: row.as_ref().map_or(0.0, |row| row.views),
        p75: row.as_ref().map(|row| row.p75),
        divided: divided.len() as u64,
        divided_mean: (!divided.is_empty()).then(|| sum as f64 / divided.len() as f64),
        ledger: ledger(&divided),
    };
    Ok((population, divided))
}

fn ledger(divided: &[BlameAnswer]) -> Vec<PopulationLine> {
    let mut sums = BTreeMap::<&Owner, u64>::new();
    divided.iter().flat_map(|view| &view.ledger).for_each(|line| *sums.entry(&line.owner).or_default() += line.millis);
    let mean =
        |(owner, sum): (&Owner, u64)| PopulationLine { owner: owner.clone(), mean: sum as f64 / divided.len() as f64 };
    let mut lines: Vec<PopulationLine> = sums.into_iter().map(mean).collect();
    lines.sort_by(|a, b| b.mean.total_cmp(&a.mean));
    lines
}

/// What is missing in most views comes first.
fn missing<'a>(views: impl Iterator<Item = &'a BlameAnswer>) -> Vec<String> {
    let mut counts = BTreeMap::<&str, usize>::new();
    views.flat_map(|view| &view.missing).for_each(|what| *counts.entry(what).or_default() += 1);
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(what, _)| what.to_owned()).collect()
}
