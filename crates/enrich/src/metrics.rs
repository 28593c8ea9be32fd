//! Points of metrics.

use limen_model::enriched::{EnrichedBatch, Exemplar, MetricPoint};
use limen_model::received::{
    self, ExponentialPoint, HistogramPoint, Metric, MetricData, NumberPoint, PointBase, SummaryPoint, Temporality,
};
use limen_model::{Attributes, Outcome, Signal};

use crate::clock::Clock;
use crate::limits::LABEL_BYTES_MAX;
use crate::logs::is_address_of_user;
use crate::origin::Origin;
use crate::{columns, text};
use limen_model::StableHash;

pub(crate) fn enrich<'a>(records: Vec<Metric<'a>>, origin: &Origin<'a>, clock: &Clock, rows: &mut EnrichedBatch<'a>) {
    for metric in records {
        let frame = Frame::new(&metric, origin);
        let mut add = |point: Result<MetricPoint<'a>, Outcome>| match point {
            Ok(point) => rows.metrics.push(point),
            Err(outcome) => rows.rejections.add(Signal::Metrics, outcome, 1),
        };
        match metric.data {
            MetricData::Gauge(points) => {
                points.into_iter().for_each(|point| add(frame.number("gauge", point, clock)));
            }
            MetricData::Sum { points, temporality, monotonic } => {
                let frame = Frame { temporality: name_of(temporality), monotonic, ..frame };
                points.into_iter().for_each(|point| add(frame.number("sum", point, clock)));
            }
            MetricData::Histogram { points, temporality } => {
                let frame = Frame { temporality: name_of(temporality), ..frame };
                points.into_iter().for_each(|point| add(frame.histogram(point, clock)));
            }
            MetricData::ExponentialHistogram { points, temporality } => {
                let frame = Frame { temporality: name_of(temporality), ..frame };
                points.into_iter().for_each(|point| add(frame.exponential(point, clock)));
            }
            MetricData::Summary(points) => points.into_iter().for_each(|point| add(frame.summary(point, clock))),
        }
    }
}

fn name_of(temporality: Temporality) -> &'static str {
    match temporality {
        Temporality::Unspecified => "unspecified",
        Temporality::Delta => "delta",
        Temporality::Cumulative => "cumulative",
    }
}

/// What all points of a metric have in common.
struct Frame<'x, 'a> {
    origin: &'x Origin<'a>,
    name: limen_model::Text<'a>,
    unit: limen_model::Text<'a>,
    description: limen_model::Text<'a>,
    temporality: &'static str,
    monotonic: bool,
    hash: StableHash,
}

impl<'x, 'a> Frame<'x, 'a> {
    fn new(metric: &Metric<'a>, origin: &'x Origin<'a>) -> Self {
        let dimensions = &origin.dimensions;
        let hash = StableHash::new()
            .text(&metric.name)
            .text(&dimensions.service)
            .text(&dimensions.release)
            .text(&dimensions.environment)
            .text(&origin.scope_name)
            .attributes(&origin.resource);
        Frame {
            origin,
            name: text::cut(metric.name.clone(), LABEL_BYTES_MAX),
            unit: text::cut(metric.unit.clone(), LABEL_BYTES_MAX),
            description: metric.description.clone(),
            temporality: "unspecified",
            monotonic: false,
            hash,
        }
    }

    /// A point with nothing but its place. Its time must be known: a point stands for a moment of a series.
    fn point(&self, kind: &'static str, base: PointBase<'a>, clock: &Clock) -> Result<MetricPoint<'a>, Outcome> {
        let dimensions = &self.origin.dimensions;
        let time_unix_nano = clock.place(base.time_unix_nano)?;
        let exemplar = |exemplar| place_exemplar(exemplar, time_unix_nano, clock);
        Ok(MetricPoint {
            name: self.name.clone(),
            kind: kind.into(),
            unit: self.unit.clone(),
            description: self.description.clone(),
            service: dimensions.service.clone(),
            release: dimensions.release.clone(),
            environment: dimensions.environment.clone(),
            scope_name: self.origin.scope_name.clone(),
            series: self.hash.attributes(&base.attributes).finish(),
            time_unix_nano,
            start_unix_nano: clock.place_inside(base.start_time_unix_nano, time_unix_nano),
            temporality: self.temporality.into(),
            monotonic: self.monotonic,
            stale: base.stale,
            exemplars: base.exemplars.into_iter().map(exemplar).collect(),
            attributes: without_secrets(base.attributes),
            resource: self.origin.resource.clone(),
            ..MetricPoint::default()
        })
    }

    fn number(&self, kind: &'static str, point: NumberPoint<'a>, clock: &Clock) -> Result<MetricPoint<'a>, Outcome> {
        let NumberPoint { base, value } = point;
        // Not every number is finite: Prometheus writes NaN for a quantile of nothing, and that is what was measured.
        Ok(MetricPoint { value: value.as_f64(), value_int: value.as_i64(), ..self.point(kind, base, clock)? })
    }

    /// A histogram has one bucket more than bounds, or no buckets at all.
    fn histogram(&self, point: HistogramPoint<'a>, clock: &Clock) -> Result<MetricPoint<'a>, Outcome> {
        let HistogramPoint { base, count, sum, min, max, bucket_counts, explicit_bounds } = point;
        let whole =
            bucket_counts.is_empty() && explicit_bounds.is_empty() || bucket_counts.len() == explicit_bounds.len() + 1;
        let rising = explicit_bounds.is_sorted_by(|one, next| one < next);
        if !whole || !rising {
            return Err(Outcome::MetricInvalid);
        }
        let row = self.point("histogram", base, clock)?;
        Ok(MetricPoint {
            count,
            sum: finite(sum),
            min: finite(min),
            max: finite(max),
            bucket_counts,
            bounds: explicit_bounds,
            ..row
        })
    }

    fn exponential(&self, point: ExponentialPoint<'a>, clock: &Clock) -> Result<MetricPoint<'a>, Outcome> {
        let row = self.point("exponential_histogram", point.base, clock)?;
        Ok(MetricPoint {
            count: point.count,
            sum: finite(point.sum),
            min: finite(point.min),
            max: finite(point.max),
            scale: point.scale,
            zero_count: point.zero_count,
            zero_threshold: point.zero_threshold,
            positive_offset: point.positive_offset,
            positive_counts: point.positive_counts,
            negative_offset: point.negative_offset,
            negative_counts: point.negative_counts,
            ..row
        })
    }

    fn summary(&self, point: SummaryPoint<'a>, clock: &Clock) -> Result<MetricPoint<'a>, Outcome> {
        let SummaryPoint { base, count, sum, quantiles } = point;
        let (bounds, quantile_values) = quantiles.into_iter().unzip();
        let row = self.point("summary", base, clock)?;
        Ok(MetricPoint { count, sum: finite(Some(sum)), bounds, quantile_values, ..row })
    }
}

/// An exemplar whose time cannot be is at least as old as its point.
fn place_exemplar<'a>(exemplar: received::Exemplar<'a>, time_unix_nano: i64, clock: &Clock) -> Exemplar<'a> {
    Exemplar {
        time_unix_nano: clock.place_inside(exemplar.time_unix_nano, time_unix_nano),
        value: exemplar.value.as_f64(),
        trace_id: exemplar.trace_id,
        span_id: exemplar.span_id,
        attributes: without_secrets(exemplar.attributes),
    }
}

/// Series are told apart by all attributes, but not all may be kept.
fn without_secrets(mut attributes: Attributes<'_>) -> Attributes<'_> {
    attributes.0.retain_mut(|(key, value)| {
        columns::strip(key, value);
        !is_address_of_user(key)
    });
    attributes
}

fn finite(number: Option<f64>) -> Option<f64> {
    number.filter(|number| number.is_finite())
}
