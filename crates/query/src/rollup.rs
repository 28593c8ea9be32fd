//! Where an answer is read from: the views themselves, or the sums that are kept of them by hour and day.
//!
//! Sums are read when they exist for the question's dimensions and there is so much that reading the views would be slow.
//! What they do not cover, a part of an hour at either end and the time since they were made, is summed up on the spot.

mod pieces;
mod sketch;

use clickhouse::Row;
use limen_store::Store;
use limen_store::rollup::{Classes, DIMENSION_SETS, SKETCH_ERROR, SUMMED, bind_sums, closed_until, set_name, sums_sql};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::buckets::Buckets;
use crate::limits::SUMS_WORTH_VIEWS;
use crate::precision::Sums;
use crate::prepare::prepare;
use crate::scope::Range;
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
}

/// Sums over all views of a group, as the engine adds them up. Lists are in the order of `SUMMED`.
#[derive(Debug, Default, Clone, Row, Deserialize)]
pub(crate) struct SumRow {
    pub value: String,
    pub bucket: i64,
    pub sessions: f64,
    pub views: f64,
    pub failed_views: f64,
    pub requests: f64,
    pub failed_requests: f64,
    pub errors: f64,
    pub seen: Vec<f64>,
    pub variances: Vec<f64>,
    pub failed_squares: Vec<f64>,
    pub n: Vec<u64>,
    pub units: Vec<u64>,
    pub weight: Vec<f64>,
    pub weight_squares: Vec<f64>,
    pub good: Vec<f64>,
    pub good_squares: Vec<f64>,
    pub good_products: Vec<f64>,
    pub poor: Vec<f64>,
    pub poor_squares: Vec<f64>,
    pub poor_products: Vec<f64>,
    pub bin_keys: Vec<u32>,
    pub bin_weights: Vec<f64>,
}

/// The thresholds of all vitals, as sums are kept by them. Changes of route have no classes.
pub fn classes() -> Classes {
    let mut classes = Classes { good_max: [f64::MAX; SUMMED.len()], poor_min: [f64::MAX; SUMMED.len()] };
    for (place, metric) in Metric::ALL.into_iter().enumerate() {
        classes.good_max[place] = metric.thresholds().good;
        classes.poor_min[place] = metric.thresholds().poor;
    }
    classes
}

impl Plan {
    /// Decides for the question about a scope, which may be broken down by a dimension; none means to read views.
    pub(crate) async fn of(store: &Store, scope: &Scope, by: By) -> Result<Option<Self>, QueryError> {
        let Some(set) = set_for(scope, by) else { return Ok(None) };
        if scope.wanted == Wanted::Views {
            return Ok(None);
        }
        let state: State = scope
            .bind(prepare(store, include_str!("rollup/state.sql")))
            .fetch_optional()
            .await?
            .unwrap_or(State { mark: 0, views: 0 });
        let plan = Self { set, closed_seconds: closed_until(state.mark) };
        let worth = scope.wanted == Wanted::Sums || state.views >= SUMS_WORTH_VIEWS;
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
    ) -> Result<Vec<SumRow>, QueryError> {
        let pieces = self.pieces(range, by);
        let [value, bucket, bucket_start] = self.columns(by);
        let sql = include_str!("rollup/read.sql")
            .replace("{value}", &value)
            .replace("{bucket}", &bucket)
            .replace("{bucket_start}", &bucket_start)
            .replace("{stored}", &pieces.stored())
            .replace("{key_filters}", &self.key_filters(scope))
            .replace("{on_the_spot}", &sums_sql(&[self.set], &pieces.views(), &scope.conditions()));
        let query = scope.bind(bind_sums(prepare(store, &sql), &classes()));
        Ok(query.param("dims", set_name(self.set)).param("first", pieces.first_hour()).fetch_all().await?)
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
    pub(crate) fn sketch(&self, place: usize) -> Sketch {
        Sketch::of(&self.bin_keys, &self.bin_weights, place)
    }

    /// What there is at that place of a list, or nothing if the group never had any.
    pub(crate) fn at<T: Copy + Default>(list: &[T], place: usize) -> T {
        list.get(place).copied().unwrap_or_default()
    }

    pub(crate) fn good_sums(&self, place: usize) -> Sums {
        self.class_sums(place, [&self.good, &self.good_squares, &self.good_products])
    }

    pub(crate) fn poor_sums(&self, place: usize) -> Sums {
        self.class_sums(place, [&self.poor, &self.poor_squares, &self.poor_products])
    }

    fn class_sums(&self, place: usize, [a, aa, ab]: [&Vec<f64>; 3]) -> Sums {
        Sums {
            a: Self::at(a, place),
            b: Self::at(&self.weight, place),
            aa: Self::at(aa, place),
            ab: Self::at(ab, place),
            bb: Self::at(&self.weight_squares, place),
        }
    }

    /// How many independent visits say as much about a quantile if all views of a session are alike (Kish, "Survey
    /// Sampling", 1965, §11.7): which of them are below it is not kept, so this is the least that it can be.
    pub(crate) fn quantile_n(&self, place: usize) -> f64 {
        let (whole, squares) = (Self::at(&self.weight, place), Self::at(&self.weight_squares, place));
        if squares > 0.0 { (whole * whole / squares).min(Self::at(&self.n, place) as f64) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use limen_model::AppId;
    use time::macros::datetime;

    use super::*;
    use crate::ScopeRequest;

    fn scope(filters: &[&str]) -> Scope {
        let filters: Vec<String> = filters.iter().map(|&filter| filter.to_owned()).collect();
        let request = ScopeRequest { from: None, to: None, filters: &filters, source: None };
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
    }

    #[test]
    fn every_set_is_made_of_dimensions_and_thresholds_are_those_of_the_vitals() {
        assert!(DIMENSION_SETS.iter().flat_map(|set| set.iter()).all(|name| Dimension::parse(name).is_ok()));
        assert_eq!(SUMMED[..5], Metric::ALL.map(Metric::name));
        assert_eq!(classes().good_max[..2], [2500.0, 200.0]);
    }
}
