//! How does one metric go over time? As a rate, a quantile of its histograms or the values themselves, by an attribute.

mod distribution;
mod increase;
mod reading;
mod rows;

use std::collections::BTreeMap;

use limen_store::Store;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::buckets::Buckets;
use crate::limits::{
    METRIC_ATTRIBUTES_MAX, METRIC_ATTRIBUTES_SHOWN_MAX, METRIC_EXEMPLARS_MAX, METRIC_GROUPS_MAX, METRIC_KEY_BYTES_MAX,
    METRIC_LOOKBACK_NANOS, METRIC_ROWS_MAX,
};
use crate::prepare::prepare;
use crate::scope::{Range, clipped};
use crate::{MetricSummary, QueryError, Scope, ScopeError, Time, metrics};
pub use reading::MetricReading;
use reading::Step;
use rows::{ExemplarRow, SeriesRow};

const NANOS: i64 = 1_000_000_000;

/// Which metric, and how it is read.
#[derive(Debug, Clone, Default)]
pub struct MetricQuestion {
    pub name: String,
    /// Empty for all services together.
    pub service: String,
    /// None for the usual one.
    pub reading: Option<MetricReading>,
    /// An attribute of points or of their resource, or `service`, `release` or `environment`; empty for all in one line.
    pub by: String,
    /// Only points with these attributes.
    pub attributes: Vec<(String, String)>,
}

/// A metric over time.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MetricSeriesAnswer {
    pub name: String,
    pub kind: String,
    pub description: String,
    pub reading: MetricReading,
    /// Those that fit this metric, the usual one first.
    pub readings: Vec<MetricReading>,
    /// Of the figures, which for a rate is not that of the metric.
    pub unit: String,
    pub range: Range,
    pub step_seconds: i64,
    /// Start of each step; the first and the last may be cut by the range.
    pub times: Vec<Time>,
    /// The largest first.
    pub groups: Vec<MetricGroup>,
    /// Groups that did not fit into the answer.
    pub left_out: u64,
    /// Whether there were more points than are read; the end of the time is then missing.
    pub truncated: bool,
    /// Attributes of its points that tell series apart, to be asked `by`.
    pub attributes: Vec<MetricAttribute>,
    /// Measurements that were taken inside of a trace, the largest first.
    pub exemplars: Vec<MetricExemplar>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MetricGroup {
    /// Of the attribute; empty when the points have none, or without one.
    pub value: String,
    /// How many series are in it.
    pub series: u64,
    /// One per step; null where there is none.
    pub points: Vec<Option<f64>>,
}

/// An attribute of points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MetricAttribute {
    pub key: String,
    /// How many values it has in the range.
    pub values: u64,
}

/// A measurement with its trace.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MetricExemplar {
    pub time: Time,
    pub value: f64,
    pub trace_id: String,
}

/// The filters of a scope are about views; metrics have none of their dimensions but are of the same application.
pub async fn metric_series(
    store: &Store,
    scope: &Scope,
    question: &MetricQuestion,
) -> Result<MetricSeriesAnswer, QueryError> {
    let MetricQuestion { name, by, attributes, .. } = question;
    if let Some((key, _)) = attributes.iter().find(|(key, _)| key.is_empty() || key.len() > METRIC_KEY_BYTES_MAX) {
        return Err(ScopeError::AttributeFilter { value: clipped(key) }.into());
    }
    if attributes.len() > METRIC_ATTRIBUTES_MAX || by.len() > METRIC_KEY_BYTES_MAX {
        return Err(ScopeError::AttributeFilter { value: clipped(by) }.into());
    }
    // A name stands for one kind and unit: the one with the most points, of services that disagree.
    let known = metrics(store, scope).await?.metrics;
    let of_name = known.iter().filter(|metric| metric.name == *name);
    let fits = of_name.filter(|metric| question.service.is_empty() || metric.service == question.service);
    let metric = fits.max_by_key(|metric| metric.points).ok_or_else(|| ScopeError::NoMetric { name: clipped(name) })?;
    let asked = Asked { store, scope, question, metric, buckets: Buckets::of(scope.range) };
    let rows = asked.rows().await?;
    let mut answer = asked.answer(&rows)?;
    answer.attributes = asked.attributes().await?;
    answer.exemplars = asked.exemplars().await?;
    Ok(answer)
}

struct Asked<'a> {
    store: &'a Store,
    scope: &'a Scope,
    question: &'a MetricQuestion,
    metric: &'a MetricSummary,
    buckets: Buckets,
}

impl Asked<'_> {
    /// What counts up needs the point before the first step.
    fn known_from(&self) -> i64 {
        self.buckets.origin.0 - self.buckets.step_nanos().max(METRIC_LOOKBACK_NANOS)
    }

    fn bound(&self, sql: &str) -> clickhouse::query::Query {
        let MetricSummary { name, kind, unit, .. } = self.metric;
        prepare(self.store, sql)
            .param("app", self.scope.app.as_str())
            .param("name", name.as_str())
            .param("kind", kind.as_str())
            .param("unit", unit.as_str())
            .param("service", self.question.service.as_str())
            .param("to", self.scope.range.to.0)
    }

    async fn rows(&self) -> Result<Vec<SeriesRow>, QueryError> {
        let (keys, values): (Vec<&str>, Vec<&str>) =
            self.question.attributes.iter().map(|(key, value)| (key.as_str(), value.as_str())).unzip();
        let query = self
            .bound(include_str!("metric_series.sql"))
            .param("by", self.question.by.as_str())
            .param("before", self.known_from())
            .param("origin", self.buckets.origin.0)
            .param("step", self.buckets.step_nanos())
            .param("keys", keys)
            .param("values", values)
            .param("limit", METRIC_ROWS_MAX + 1);
        Ok(query.fetch_all().await?)
    }

    async fn attributes(&self) -> Result<Vec<MetricAttribute>, QueryError> {
        let query = self
            .bound(include_str!("metric_attributes.sql"))
            .param("from", self.scope.range.from.0)
            .param("limit", METRIC_ATTRIBUTES_SHOWN_MAX);
        let rows: Vec<(String, u64)> = query.fetch_all().await?;
        Ok(rows.into_iter().map(|(key, values)| MetricAttribute { key, values }).collect())
    }

    async fn exemplars(&self) -> Result<Vec<MetricExemplar>, QueryError> {
        let query = self
            .bound(include_str!("metric_exemplars.sql"))
            .param("from", self.scope.range.from.0)
            .param("limit", METRIC_EXEMPLARS_MAX);
        let rows: Vec<ExemplarRow> = query.fetch_all().await?;
        let exemplar =
            |row: ExemplarRow| MetricExemplar { time: Time(row.time_nano), value: row.value, trace_id: row.trace };
        Ok(rows.into_iter().map(exemplar).collect())
    }

    fn answer(&self, rows: &[SeriesRow]) -> Result<MetricSeriesAnswer, QueryError> {
        let truncated = rows.len() > METRIC_ROWS_MAX as usize;
        let rows = &rows[..rows.len().min(METRIC_ROWS_MAX as usize)];
        let kind = self.metric.kind.as_str();
        let counts_up = rows.iter().any(|row| row.monotonic || row.delta == 1);
        let fitting = MetricReading::fitting(kind, counts_up);
        let reading = MetricReading::chosen(self.question.reading, fitting)?;
        let mut groups = self.groups(rows, reading);
        // Lines are ordered by what they come to, whatever the sign.
        let size = |group: &MetricGroup| group.points.iter().flatten().map(|value| value.abs()).sum::<f64>();
        groups.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.value.cmp(&b.value)));
        let left_out = groups.len().saturating_sub(METRIC_GROUPS_MAX) as u64;
        groups.truncate(METRIC_GROUPS_MAX);
        let times =
            (0..self.buckets.count as i64).map(|step| Time(self.buckets.origin.0 + step * self.buckets.step_nanos()));
        Ok(MetricSeriesAnswer {
            name: self.metric.name.clone(),
            kind: kind.to_owned(),
            description: self.metric.description.clone(),
            reading,
            readings: fitting.to_vec(),
            unit: reading.unit(&self.metric.unit, kind),
            range: self.scope.range,
            step_seconds: self.buckets.step_seconds,
            times: times.collect(),
            groups,
            left_out,
            truncated,
            attributes: Vec::new(),
            exemplars: Vec::new(),
        })
    }

    fn groups(&self, rows: &[SeriesRow], reading: MetricReading) -> Vec<MetricGroup> {
        let mut groups: BTreeMap<&str, (u64, BTreeMap<usize, Step>)> = BTreeMap::new();
        for series in rows.chunk_by(|one, next| one.series_name == next.series_name) {
            let mut counted = false;
            for (row, increase) in series.iter().zip(increase::increases(series, self.known_from())) {
                let Ok(step) = usize::try_from(row.step) else { continue };
                let (number, steps) = groups.entry(&row.named).or_default();
                *number += u64::from(!std::mem::replace(&mut counted, true));
                steps.entry(step).or_default().add(row, increase);
            }
        }
        let group = |(value, (series, steps)): (&str, (u64, BTreeMap<usize, Step>))| {
            let point = |step| steps.get(&step)?.read(reading, &self.metric.kind, self.seconds(step));
            MetricGroup { value: value.to_owned(), series, points: (0..self.buckets.count).map(point).collect() }
        };
        groups.into_iter().map(group).collect()
    }

    /// How much of a step is over and lies in what is looked at: the end of the range cuts the last one, its start cuts none,
    /// because what was before it is read.
    fn seconds(&self, step: usize) -> f64 {
        let start = self.buckets.origin.0 + step as i64 * self.buckets.step_nanos();
        let end = (start + self.buckets.step_nanos()).min(self.scope.range.to.0);
        // A clock that runs ahead of ours must not make a rate of no time.
        let now = Time::from(OffsetDateTime::now_utc()).0.max(start + NANOS);
        (end.min(now) - start) as f64 / 1e9
    }
}
