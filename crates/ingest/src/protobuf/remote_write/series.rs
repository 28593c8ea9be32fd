//! One series with its samples, histograms and exemplars.

use limen_model::received::{
    Exemplar, ExponentialPoint, HistogramPoint, Metric, MetricData, Number, NumberPoint, PointBase, Temporality,
};
use limen_model::{Attributes, Outcome, Signal, SpanId, Text, TraceId, Value};

use super::super::wire::{Field, Reader};
use super::Version;
use super::histogram::{Native, Shape};
use crate::budget::Budget;
use crate::error::WireError;

pub(super) type Labels<'a> = Vec<(&'a str, &'a str)>;

/// The NaN that Prometheus writes where a series ends.
pub(super) const STALE_BITS: u64 = 0x7ff0_0000_0000_0002;

const COUNTER: u64 = 1;
const HISTOGRAM: u64 = 3;
const SUMMARY: u64 = 5;

#[derive(Default)]
pub(super) struct Series<'a> {
    pub labels: Labels<'a>,
    pub exemplars: Vec<Exemplar<'a>>,
    samples: Vec<NumberPoint<'a>>,
    explicit: Vec<HistogramPoint<'a>>,
    exponential: Vec<ExponentialPoint<'a>>,
    temporality: Temporality,
    kind: u64,
    help: &'a str,
    unit: &'a str,
    /// When it began, if all of its points say so together.
    created_unix_nano: u64,
}

impl<'a> Series<'a> {
    pub fn read(
        mut message: Reader<'a>,
        version: Version,
        symbols: &[&'a str],
        budget: &mut Budget,
    ) -> Result<Self, WireError> {
        let mut series = Self::default();
        while let Some(field) = message.next()? {
            match (version, field.number) {
                (_, 1) => series.labels = add_labels(series.labels, field, version, symbols, budget)?,
                (_, 2) => series.add_sample(field.message()?, budget)?,
                (Version::One, 4) | (Version::Two, 3) => series.add_histogram(field.message()?, budget)?,
                (Version::One, 3) | (Version::Two, 4) => {
                    let exemplar = read_exemplar(field.message()?, version, symbols, budget)?;
                    if budget.may_add_exemplar(series.exemplars.len()) {
                        series.exemplars.push(exemplar);
                    }
                }
                (Version::Two, 5) => series.read_metadata(field.message()?, symbols)?,
                (Version::Two, 6) => series.created_unix_nano = nanos(field.int64()?),
                _ => {}
            }
        }
        Ok(series)
    }

    fn add_sample(&mut self, mut message: Reader<'a>, budget: &mut Budget) -> Result<(), WireError> {
        let mut point = NumberPoint::default();
        while let Some(field) = message.next()? {
            match field.number {
                1 => {
                    let bits = field.fixed64()?;
                    point.base.stale = bits == STALE_BITS;
                    point.value = Number::Double(if point.base.stale { 0.0 } else { f64::from_bits(bits) });
                }
                2 => point.base.time_unix_nano = nanos(field.int64()?),
                3 => point.base.start_time_unix_nano = nanos(field.int64()?),
                _ => {}
            }
        }
        if take_point(budget) {
            self.samples.push(point);
        }
        Ok(())
    }

    fn add_histogram(&mut self, message: Reader<'a>, budget: &mut Budget) -> Result<(), WireError> {
        let native = Native::read(message, budget.limits.buckets_max)?;
        if !take_point(budget) {
            return Ok(());
        }
        self.temporality = if native.is_gauge() { Temporality::Unspecified } else { Temporality::Cumulative };
        match native.into_shape(budget.limits.buckets_max) {
            Some(Shape::Explicit(point)) => self.explicit.push(point),
            Some(Shape::Exponential(point)) => self.exponential.push(point),
            None => budget.reject(Signal::Metrics, Outcome::MetricInvalid, 1),
        }
        Ok(())
    }

    /// `type = 1; help_ref = 3; unit_ref = 4`.
    fn read_metadata(&mut self, mut message: Reader<'a>, symbols: &[&'a str]) -> Result<(), WireError> {
        while let Some(field) = message.next()? {
            match field.number {
                1 => self.kind = field.varint()?,
                3 => self.help = symbol(symbols, field.varint()?)?,
                4 => self.unit = symbol(symbols, field.varint()?)?,
                _ => {}
            }
        }
        Ok(())
    }

    pub fn name(&self) -> Option<&'a str> {
        self.labels.iter().find(|(key, name)| *key == "__name__" && !name.is_empty()).map(|(_, name)| *name)
    }

    pub fn points(&self) -> u64 {
        (self.samples.len() + self.explicit.len() + self.exponential.len()) as u64
    }

    /// One metric, or several in the rare case that a series has samples and histograms.
    pub fn into_metrics(mut self, budget: &mut Budget) -> Vec<Metric<'a>> {
        let name = self.name().unwrap_or_default();
        let is_counter = is_counter(name, self.kind);
        let mut attributes = Attributes::default();
        for (key, value) in &self.labels {
            if !matches!(*key, "__name__" | "job" | "instance") {
                budget.add_attribute(&mut attributes, (*key).into(), Value::Text((*value).into()));
            }
        }
        let bases = self.samples.iter_mut().map(|point| &mut point.base);
        let bases = bases.chain(self.explicit.iter_mut().map(|point| &mut point.base));
        let bases = bases.chain(self.exponential.iter_mut().map(|point| &mut point.base));
        // They come with the newest of the samples, if with any.
        let mut newest = None;
        for base in bases {
            base.attributes = attributes.clone();
            if base.start_time_unix_nano == 0 {
                base.start_time_unix_nano = self.created_unix_nano;
            }
            newest = Some(base);
        }
        if let Some(PointBase { exemplars, .. }) = newest {
            *exemplars = std::mem::take(&mut self.exemplars);
        }
        let temporality = self.temporality;
        let samples = if is_counter {
            MetricData::Sum { points: self.samples, temporality: Temporality::Cumulative, monotonic: true }
        } else {
            MetricData::Gauge(self.samples)
        };
        let kinds = [
            samples,
            MetricData::Histogram { points: self.explicit, temporality },
            MetricData::ExponentialHistogram { points: self.exponential, temporality },
        ];
        let metric = |data| Metric {
            name: budget.name(Text::from(name)),
            description: budget.text(Text::from(self.help)),
            unit: budget.name(Text::from(self.unit)),
            data,
        };
        kinds.into_iter().filter(has_points).map(metric).collect()
    }
}

fn has_points(data: &MetricData<'_>) -> bool {
    match data {
        MetricData::Gauge(points) | MetricData::Sum { points, .. } => !points.is_empty(),
        MetricData::Histogram { points, .. } => !points.is_empty(),
        MetricData::ExponentialHistogram { points, .. } => !points.is_empty(),
        MetricData::Summary(points) => !points.is_empty(),
    }
}

/// Version 1 says nothing of kinds beside the samples; then the name's ending does, which Prometheus has conventions for.
/// The sum of a histogram falls when something negative is measured.
fn is_counter(name: &str, kind: u64) -> bool {
    match kind {
        COUNTER => true,
        0 => ["_total", "_bucket", "_count"].iter().any(|ending| name.ends_with(ending)),
        HISTOGRAM | SUMMARY => name.ends_with("_bucket") || name.ends_with("_count"),
        _ => false,
    }
}

fn take_point(budget: &mut Budget) -> bool {
    let fits = budget.take_record();
    if !fits {
        budget.reject(Signal::Metrics, Outcome::BatchTooLong, 1);
    }
    fits
}

/// Adds the label of version 1, or the list of references of version 2, which may come in pieces of any size.
fn add_labels<'a>(
    mut labels: Labels<'a>,
    field: Field<'a>,
    version: Version,
    symbols: &[&'a str],
    budget: &mut Budget,
) -> Result<Labels<'a>, WireError> {
    let max = budget.limits.attributes_max;
    let too_many = match version {
        Version::One => {
            let mut message = field.message()?;
            let mut label = ("", "");
            while let Some(field) = message.next()? {
                match field.number {
                    1 => label.0 = field.text()?,
                    2 => label.1 = field.text()?,
                    _ => {}
                }
            }
            labels.push(label);
            labels.len() > max
        }
        Version::Two => {
            let mut references = Vec::new();
            let fits = field.varints(&mut references, 2 * max)?;
            for pair in references.chunks(2) {
                let [name, value] = *pair else { return Err(WireError::Reference) };
                labels.push((symbol(symbols, name)?, symbol(symbols, value)?));
            }
            !fits || labels.len() > max
        }
    };
    if too_many {
        budget.refuse_attributes();
        labels.truncate(max);
    }
    Ok(labels)
}

fn symbol<'a>(symbols: &[&'a str], reference: u64) -> Result<&'a str, WireError> {
    usize::try_from(reference).ok().and_then(|at| symbols.get(at).copied()).ok_or(WireError::Reference)
}

/// `labels = 1; value = 2; timestamp = 3` in both versions. The trace is a label by convention.
fn read_exemplar<'a>(
    mut message: Reader<'a>,
    version: Version,
    symbols: &[&'a str],
    budget: &mut Budget,
) -> Result<Exemplar<'a>, WireError> {
    let mut exemplar = Exemplar::default();
    let mut labels = Labels::new();
    while let Some(field) = message.next()? {
        match field.number {
            1 => labels = add_labels(labels, field, version, symbols, budget)?,
            2 => exemplar.value = Number::Double(field.double()?),
            3 => exemplar.time_unix_nano = nanos(field.int64()?),
            _ => {}
        }
    }
    for (key, value) in labels {
        match key {
            "trace_id" => exemplar.trace_id = TraceId::from_hex(value).ok(),
            "span_id" => exemplar.span_id = SpanId::from_hex(value).ok(),
            _ => budget.add_attribute(&mut exemplar.attributes, key.into(), Value::Text(value.into())),
        }
    }
    Ok(exemplar)
}

/// Milliseconds as nanoseconds; a time that cannot be is zero, which is refused later as no time.
pub(super) fn nanos(unix_milli: i64) -> u64 {
    u64::try_from(unix_milli).ok().and_then(|milli| milli.checked_mul(1_000_000)).unwrap_or(0)
}
