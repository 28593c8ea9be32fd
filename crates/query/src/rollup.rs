//! Where an answer is read from: the views themselves, or the sums that are kept of them by hour and day.
//!
//! Sums are read when they exist for the question's dimensions and there is so much that reading the views would be slow.
//! What they do not cover, a part of an hour at either end and the time since they were made, is summed up on the spot.

mod pieces;
mod sketch;

use std::ops::Range as Places;

use clickhouse::Row;
use limen_store::Store;
use limen_store::rollup::{
    Classes, DIMENSION_SETS, MARK, SKETCH_ERROR, bind_sums, closed_until, places, set_name, sums_sql,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::buckets::Buckets;
use crate::limits::{SUMS_WORTH_NANOS, SUMS_WORTH_VIEWS};
use crate::precision::{Interval, share_interval};
use crate::prepare::prepare;
use crate::scope::Range;
use crate::visitors::Visitors;
use crate::{Dimension, Metric, QueryError, Scope, ScopeError, Time};

use pieces::Pieces;
pub(crate) use sketch::Sketch;

/// Where the question wants its answer to be read from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Whatever is quicker.
    #[default]
    Any,
    /// The views, however many there are.
    Views,
    /// The sums, if there are any for the question.
    Sums,
}

impl Wanted {
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        match text {
            "views" => Ok(Wanted::Views),
            "sums" => Ok(Wanted::Sums),
            other => Err(ScopeError::Source { value: crate::scope::clipped(other) }),
        }
    }
}

/// What an answer was read from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Source {
    pub kind: SourceKind,
    /// The most by which a quantile may differ from that of the views, as a part of it. Counts and shares do not, but that
    /// a session which pauses for more than four hours counts as two.
    pub quantile_error: f64,
    /// Up to when sums were read; null when views were. What came since is read from views.
    pub sums_until: Option<Time>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    Views,
    Sums,
}

impl Source {
    pub(crate) const VIEWS: Source = Source { kind: SourceKind::Views, quantile_error: 0.0, sums_until: None };
}

/// The decision to read sums, and all that is needed for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    set: &'static [&'static str],
    closed_seconds: i64,
}

/// Whether quantiles are asked for too: the bins that they come from are most of what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum With {
    Counts,
    CountsAndQuantiles,
}

/// One row for each value of a dimension, each bucket of time, or one in all.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By {
    Nothing,
    Dimension(Dimension),
    Bucket(Buckets),
}

#[derive(Debug, Row, Deserialize)]
struct State {
    mark: i64,
    views: u64,
    kept_from: i64,
}

/// The sums of a group as the engine adds them up.
#[derive(Debug, Row, Deserialize)]
struct ReadRow {
    value: String,
    bucket: i64,
    /// Sessions that were counted in an hour before, of the bucket and of the range.
    again: f64,
    again_in_range: f64,
    sums: Vec<f64>,
    /// The bins of all hours and days, each as often as it is in one.
    bin_keys: Vec<u32>,
    bin_weights: Vec<f64>,
}

/// Sums over all views of a group. What is in them stands in `places` of the store.
#[derive(Debug, Default, Clone)]
pub(crate) struct SumRow {
    pub value: String,
    pub bucket: i64,
    /// Sessions that an hour of the range before its bucket has counted.
    again_in_range: f64,
    sums: Vec<f64>,
    /// Keys and weights, in the order of the keys.
    bins: Vec<(u32, f64)>,
}

impl From<ReadRow> for SumRow {
    fn from(row: ReadRow) -> Self {
        let ReadRow { value, bucket, again, again_in_range, mut sums, bin_keys, bin_weights } = row;
        if let Some(sessions) = sums.get_mut(places::SESSIONS) {
            *sessions -= again;
        }
        let again_in_range = again_in_range - again;
        Self { value, bucket, again_in_range, sums, bins: sketch::added_up(bin_keys, bin_weights) }
    }
}

/// The thresholds of all vitals, as sums are kept by them.
pub fn classes() -> Classes {
    Classes {
        good_max: Metric::ALL.map(|metric| metric.thresholds().good),
        poor_min: Metric::ALL.map(|metric| metric.thresholds().poor),
    }
}

impl Plan {
    /// Decides for the question about a scope, which may be broken down by a dimension; none means to read views.
    pub(crate) async fn of(store: &Store, scope: &Scope, by: By) -> Result<Option<Self>, QueryError> {
        let Some(set) = set_for(scope, by) else { return Ok(None) };
        let short = scope.range.to.0 - scope.range.from.0 < SUMS_WORTH_NANOS;
        if scope.wanted == Wanted::Views || scope.wanted == Wanted::Any && short {
            return Ok(None);
        }
        let state: State = scope
            .bind(prepare(store, include_str!("rollup/state.sql")).param("mark", MARK))
            .fetch_optional()
            .await?
            .unwrap_or(State { mark: 0, views: 0, kept_from: 0 });
        let plan = Self { set, closed_seconds: closed_until(state.mark) };
        // The range before is compared with, and views of it that were dropped count nothing.
        let length = scope.range.to.0.saturating_sub(scope.range.from.0);
        let only_sums = scope.range.from.0.saturating_sub(length) < state.kept_from;
        let worth = scope.wanted == Wanted::Sums || state.views >= SUMS_WORTH_VIEWS || only_sums;
        Ok((worth && !plan.pieces(scope.range, by).is_all_views()).then_some(plan))
    }

    pub(crate) fn source(&self, range: Range) -> Source {
        let until = Time(self.pieces(range, By::Nothing).sums_until());
        Source { kind: SourceKind::Sums, quantile_error: SKETCH_ERROR, sums_until: Some(until) }
    }

    fn pieces(&self, range: Range, by: By) -> Pieces {
        let days = !matches!(by, By::Bucket(buckets) if buckets.step_seconds % 86_400 != 0);
        Pieces::of(range, self.closed_seconds, days)
    }

    /// The sums of a range, which need not be the one of the scope.
    pub(crate) async fn sums(
        &self,
        store: &Store,
        scope: &Scope,
        range: Range,
        by: By,
        with: With,
    ) -> Result<Vec<SumRow>, QueryError> {
        let pieces = self.pieces(range, by);
        let [value, bucket, bucket_start] = self.columns(by);
        // To prepare that statement takes longer than to read a week of sums: a range of whole hours goes without it.
        let on_the_spot = match pieces.views() {
            parts if parts.is_empty() => String::new(),
            parts => format!("UNION ALL\n{}", sums_sql(&[self.set], &parts, pieces.first_hour(), &scope.conditions())),
        };
        let [keys, weights] = match with {
            With::CountsAndQuantiles => ["bin_keys", "bin_weights"],
            With::Counts => ["CAST([], 'Array(UInt32)')", "CAST([], 'Array(Float64)')"],
        };
        let sql = include_str!("rollup/read.sql")
            .replace("{value}", &value)
            .replace("{keys}", keys)
            .replace("{weights}", weights)
            .replace("{bucket}", &bucket)
            .replace("{bucket_start}", &bucket_start)
            .replace("{stored}", &pieces.stored())
            .replace("{key_filters}", &self.key_filters(scope))
            .replace("{on_the_spot}", &on_the_spot);
        let query = scope.bind(bind_sums(prepare(store, &sql), &classes()));
        let query = query.param("dims", set_name(self.set)).param("first", pieces.first_hour());
        Ok(query.fetch_all::<ReadRow>().await?.into_iter().map(SumRow::from).collect())
    }

    /// What the rows are grouped by, a value and the number of a bucket, and where that bucket starts.
    fn columns(&self, by: By) -> [String; 3] {
        let [nothing, first] = ["''", "0"].map(str::to_owned);
        match by {
            By::Nothing => [nothing, first.clone(), first],
            By::Dimension(dimension) => [self.key(dimension), first.clone(), first],
            By::Bucket(buckets) => {
                let (origin, step) = (buckets.origin.0 / 1_000_000_000, buckets.step_seconds);
                let number = format!("intDiv(hour - {origin}, {step})");
                [nothing, number.clone(), format!("({origin} + {number} * {step})")]
            }
        }
    }

    /// The column that a dimension is in, which is a part of the set.
    fn key(&self, dimension: Dimension) -> String {
        let place = self.set.iter().position(|name| *name == dimension.name()).unwrap_or_default();
        format!("key{}", place + 1)
    }

    fn key_filters(&self, scope: &Scope) -> String {
        let one = |dimension: Dimension| {
            format!("\n    AND {} IN {{filter_{}:Array(String)}}", self.key(dimension), dimension.name())
        };
        scope.filters.iter().map(|filter| one(filter.dimension)).collect()
    }
}

/// The set that has the filters' dimensions, and the one to break down by, and no other: sessions can be in several groups.
/// For the same reason not several routes at once; in the other dimensions a session hardly ever changes.
fn set_for(scope: &Scope, by: By) -> Option<&'static [&'static str]> {
    if let By::Bucket(buckets) = by
        && buckets.step_seconds % 3600 != 0
    {
        return None;
    }
    // Sums are those of people.
    if scope.visitors != Visitors::People {
        return None;
    }
    if scope.filters.iter().any(|filter| filter.dimension == Dimension::Route && filter.values.len() > 1) {
        return None;
    }
    let mut needed: Vec<&str> = scope.filters.iter().map(|filter| filter.dimension.name()).collect();
    if let By::Dimension(dimension) = by
        && !needed.contains(&dimension.name())
    {
        needed.push(dimension.name());
    }
    let fits = |set: &&&[&str]| set.len() == needed.len() && set.iter().all(|name| needed.contains(name));
    DIMENSION_SETS.iter().find(fits).copied()
}

impl SumRow {
    /// The sums of the whole range from those of all its buckets, without quantiles.
    pub(crate) fn of_range(buckets: &[SumRow]) -> SumRow {
        let mut whole = SumRow { sums: vec![0.0; places::EXPERIENCES.end], ..SumRow::default() };
        for row in buckets {
            whole.sums.iter_mut().zip(&row.sums).for_each(|(whole, part)| *whole += part);
            whole.sums[places::SESSIONS] -= row.again_in_range;
        }
        whole
    }

    pub(crate) fn sketch(&self, vital: usize) -> Sketch {
        Sketch::of(&self.bins, vital)
    }

    /// The figure at a place; nothing if the group never had any.
    pub(crate) fn at(&self, place: usize) -> f64 {
        self.sums.get(place).copied().unwrap_or_default()
    }

    pub(crate) fn list(&self, places: Places<usize>) -> Vec<f64> {
        places.map(|place| self.at(place)).collect()
    }

    /// How many values of a vital there are, as they are stored.
    pub(crate) fn n(&self, vital: usize) -> u64 {
        self.at(places::N.start + vital) as u64
    }

    /// The share of a vital's values in the class whose weights begin at a place; none without values.
    fn share(&self, class: &Places<usize>, vital: usize) -> Option<f64> {
        let whole = self.at(places::WEIGHT.start + vital);
        (whole > 0.0).then(|| self.at(class.start + vital) / whole)
    }

    /// The shares of good values, of those that need improvement, and of poor ones; none without values.
    pub(crate) fn shares(&self, vital: usize) -> Option<[f64; 3]> {
        let (good, poor) = (self.share(&places::GOOD, vital)?, self.share(&places::POOR, vital)?);
        Some([good, (1.0 - good - poor).max(0.0), poor])
    }

    /// The intervals of the shares of good and of poor values.
    pub(crate) fn share_intervals(&self, vital: usize) -> [Option<Interval>; 2] {
        let n = self.effective_n(vital);
        [places::GOOD, places::POOR].map(|class| share_interval(self.share(&class, vital)?, n))
    }

    /// Experiences as they are stored, the weight of all, and how many independent visits say as much.
    pub(crate) fn experiences(&self) -> (u64, f64, f64) {
        let [n, whole, squares] = [0, 1, 2].map(|place| self.at(places::EXPERIENCES.start + place));
        (n as u64, whole, if squares > 0.0 { (whole * whole / squares).min(n) } else { 0.0 })
    }

    /// How many independent visits say as much if all views of a session are alike (Kish, "Survey Sampling", 1965, §11.7): which
    /// of them belong to a class is not kept, so this is the least that it can be.
    pub(crate) fn effective_n(&self, vital: usize) -> f64 {
        let (whole, squares) = (self.at(places::WEIGHT.start + vital), self.at(places::WEIGHT_SQUARES.start + vital));
        if squares > 0.0 { (whole * whole / squares).min(self.n(vital) as f64) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use limen_model::AppId;
    use limen_store::rollup::SUMMED;
    use time::macros::datetime;

    use super::*;
    use crate::ScopeRequest;

    fn scope(filters: &[&str]) -> Scope {
        let filters: Vec<String> = filters.iter().map(|&filter| filter.to_owned()).collect();
        let request = ScopeRequest { from: None, to: None, filters: &filters, source: None, visitors: None };
        Scope::parse(AppId::parse("shop").expect("valid"), request, datetime!(2026-03-01 12:00 UTC)).expect("valid")
    }

    #[test]
    fn a_set_has_what_the_question_names_and_no_more() {
        let of = |filters: &[&str], by: By| set_for(&scope(filters), by);
        assert_eq!(of(&[], By::Nothing), Some([].as_slice()));
        assert_eq!(of(&["country:SG", "country:MY"], By::Nothing), Some(["country"].as_slice()));
        assert_eq!(of(&["route:/", "route:/cart"], By::Nothing), None);
        assert_eq!(of(&["country:SG"], By::Dimension(Dimension::Route)), Some(["route", "country"].as_slice()));
        assert_eq!(of(&["route:/"], By::Dimension(Dimension::Route)), Some(["route"].as_slice()));
        assert_eq!(of(&["country:SG", "device:mobile"], By::Nothing), None);
        let bots = Scope { visitors: Visitors::All, ..scope(&[]) };
        assert_eq!(set_for(&bots, By::Nothing), None);
    }

    #[test]
    fn every_set_is_made_of_dimensions_and_thresholds_are_those_of_the_vitals() {
        assert!(DIMENSION_SETS.iter().flat_map(|set| set.iter()).all(|name| Dimension::parse(name).is_ok()));
        assert_eq!(SUMMED, Metric::ALL.map(Metric::name));
        assert_eq!(classes().good_max[..2], [2500.0, 200.0]);
    }
}
