//! Prometheus's remote write, both versions: series of samples become metrics of one point or a few.
//!
//! <https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/>. The labels `job` and `instance` become the resource, as
//! OpenTelemetry's "Prometheus and OpenMetrics compatibility" has it.

mod histogram;
mod series;

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use limen_model::received::{Group, Metric, MetricData, Scope};
use limen_model::{Attributes, Outcome, Signal, Value};

use super::wire::Reader;
use crate::budget::Budget;
use crate::error::WireError;
use series::{Labels, Series};

/// Which message it is: only the content type says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    One,
    Two,
}

pub(super) fn read<'a>(
    mut request: Reader<'a>,
    version: Version,
    budget: &mut Budget,
    groups: &mut Vec<Group<'a, Metric<'a>>>,
) -> Result<(), WireError> {
    let (symbols, number) = match version {
        Version::One => (Vec::new(), 1),
        Version::Two => (symbols(request, budget)?, 5),
    };
    let mut found = Found::default();
    let mut alone = Vec::new();
    while let Some(field) = request.next()? {
        if field.number == number {
            let message = field.message()?;
            budget.begin_record();
            let series = Series::read(message, version, &symbols, budget)?;
            match (series.points(), series.exemplars.len()) {
                (0, 0) => {}
                (0, exemplars) if !budget.take_record() => {
                    budget.reject(Signal::Metrics, Outcome::BatchTooLong, exemplars as u64);
                }
                (0, _) => alone.push(series),
                _ => found.add(series, budget),
            }
        }
    }
    found.attach(alone, budget);
    groups.append(&mut found.groups);
    Ok(())
}

fn symbols<'a>(mut request: Reader<'a>, budget: &Budget) -> Result<Vec<&'a str>, WireError> {
    let max = budget.limits.symbols_max;
    let mut symbols = Vec::new();
    while let Some(field) = request.next()? {
        if field.number == 4 {
            if symbols.len() >= max {
                return Err(WireError::SymbolsTooMany(max));
            }
            symbols.push(field.text()?);
        }
    }
    Ok(symbols)
}

/// The metrics so far, one group for each job and instance.
#[derive(Default)]
struct Found<'a> {
    groups: Vec<Group<'a, Metric<'a>>>,
    by_source: HashMap<(&'a str, &'a str), usize>,
    /// Where each series is by the hash of its labels, for exemplars that come apart from their samples.
    by_labels: HashMap<u64, (usize, usize)>,
    hashing: RandomState,
}

impl<'a> Found<'a> {
    fn add(&mut self, series: Series<'a>, budget: &mut Budget) {
        let points = series.points();
        let flaw = budget.flaw().or_else(|| series.name().is_none().then_some(Outcome::MetricInvalid));
        let group = match flaw {
            Some(outcome) => Err(outcome),
            None => self.group_of(&series.labels, budget).ok_or(Outcome::BatchTooLong),
        };
        match group {
            Ok(group) => {
                let records = &mut self.groups[group].records;
                self.by_labels.insert(self.hashing.hash_one(&series.labels), (group, records.len()));
                records.extend(series.into_metrics(budget));
            }
            Err(outcome) => budget.reject(Signal::Metrics, outcome, points),
        }
    }

    fn group_of(&mut self, labels: &Labels<'a>, budget: &mut Budget) -> Option<usize> {
        let label = |name| labels.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| *value);
        let source = (label("job"), label("instance"));
        if let Some(group) = self.by_source.get(&source) {
            return Some(*group);
        }
        if !budget.take_group() {
            return None;
        }
        self.groups.push(Group { resource: resource(source, budget), scope: Scope::default(), records: Vec::new() });
        self.by_source.insert(source, self.groups.len() - 1);
        Some(self.groups.len() - 1)
    }

    /// Senders queue samples and exemplars one by one, so those of one series may come in separate messages.
    fn attach(&mut self, alone: Vec<Series<'a>>, budget: &mut Budget) {
        for series in alone {
            let place = self.by_labels.get(&self.hashing.hash_one(&series.labels)).copied();
            let exemplars = place.and_then(|(group, at)| last_exemplars(&mut self.groups[group].records[at].data));
            let Some(exemplars) = exemplars else {
                budget.reject(Signal::Metrics, Outcome::ExemplarAlone, series.exemplars.len() as u64);
                continue;
            };
            let room = budget.limits.exemplars_max.saturating_sub(exemplars.len());
            let over = series.exemplars.len().saturating_sub(room);
            exemplars.extend(series.exemplars.into_iter().take(room));
            budget.reject(Signal::Metrics, Outcome::AttributesTooMany, over as u64);
        }
    }
}

fn last_exemplars<'m, 'a>(data: &'m mut MetricData<'a>) -> Option<&'m mut Vec<limen_model::received::Exemplar<'a>>> {
    let base = match data {
        MetricData::Gauge(points) | MetricData::Sum { points, .. } => &mut points.last_mut()?.base,
        MetricData::Histogram { points, .. } => &mut points.last_mut()?.base,
        MetricData::ExponentialHistogram { points, .. } => &mut points.last_mut()?.base,
        MetricData::Summary(points) => &mut points.last_mut()?.base,
    };
    Some(&mut base.exemplars)
}

/// `job` is `namespace/name` where there is a namespace.
fn resource<'a>((job, instance): (&'a str, &'a str), budget: &Budget) -> Attributes<'a> {
    let (namespace, name) = job.split_once('/').unwrap_or(("", job));
    let mut attributes = Attributes::default();
    for (key, value) in [("service.namespace", namespace), ("service.name", name), ("service.instance.id", instance)] {
        if !value.is_empty() {
            budget.add_attribute(&mut attributes, key.into(), Value::Text(value.into()));
        }
    }
    attributes
}
