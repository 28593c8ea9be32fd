//! `Metric` with the points of its five kinds.

use limen_model::Outcome;
use limen_model::received::{
    Exemplar, ExponentialPoint, HistogramPoint, Metric, MetricData, Number, NumberPoint, PointBase, SummaryPoint,
    Temporality,
};
use limen_model::{SpanId, TraceId};

use super::envelope::Read;
use super::value::add_attribute;
use super::wire::{Field, Reader};
use crate::budget::Budget;
use crate::error::WireError;
use crate::records::{MetricDraft, Record, close_point, is_stale, temporality};

impl<'a> Read<'a> for Metric<'a> {
    fn read(mut message: Reader<'a>, budget: &mut Budget) -> Result<Option<Self>, WireError> {
        let mut metric = MetricDraft::default();
        while let Some(field) = message.next()? {
            match field.number {
                1 => metric.name = budget.name(field.text()?.into()),
                2 => metric.description = budget.text(field.text()?.into()),
                3 => metric.unit = budget.name(field.text()?.into()),
                5 => metric.data = Some(MetricData::Gauge(Data::read(field, budget, number)?.points)),
                7 => {
                    let Data { points, temporality, monotonic } = Data::read(field, budget, number)?;
                    metric.data = Some(MetricData::Sum { points, temporality, monotonic });
                }
                9 => {
                    let Data { points, temporality, .. } = Data::read(field, budget, histogram)?;
                    metric.data = Some(MetricData::Histogram { points, temporality });
                }
                10 => {
                    let Data { points, temporality, .. } = Data::read(field, budget, exponential)?;
                    metric.data = Some(MetricData::ExponentialHistogram { points, temporality });
                }
                11 => metric.data = Some(MetricData::Summary(Data::read(field, budget, summary)?.points)),
                _ => {}
            }
        }
        match metric.finish() {
            Ok(metric) => Ok(Some(metric)),
            Err(lost) => {
                budget.reject(Self::SIGNAL, Outcome::MetricInvalid, lost);
                Ok(None)
            }
        }
    }
}

/// `data_points = 1; aggregation_temporality = 2; is_monotonic = 3`, of which not every kind has all.
struct Data<P> {
    points: Vec<P>,
    temporality: Temporality,
    monotonic: bool,
}

impl<P> Data<P> {
    fn read<'a>(
        field: Field<'a>,
        budget: &mut Budget,
        read: impl Fn(Reader<'a>, &mut Budget) -> Result<P, WireError>,
    ) -> Result<Self, WireError> {
        let mut data = Data { points: Vec::new(), temporality: Temporality::default(), monotonic: false };
        let mut message = field.message()?;
        while let Some(field) = message.next()? {
            match field.number {
                1 => {
                    let message = field.message()?;
                    budget.begin_record();
                    budget.take_point();
                    let point = read(message, budget)?;
                    data.points.extend(close_point(point, budget));
                }
                2 => data.temporality = temporality(field.int64()?),
                3 => data.monotonic = field.bool()?,
                _ => {}
            }
        }
        Ok(data)
    }
}

fn number<'a>(mut message: Reader<'a>, budget: &mut Budget) -> Result<NumberPoint<'a>, WireError> {
    let mut base = PointBase::default();
    let mut value = None;
    while let Some(field) = message.next()? {
        match field.number {
            2 => base.start_time_unix_nano = field.fixed64()?,
            3 => base.time_unix_nano = field.fixed64()?,
            4 => value = Some(Number::Double(field.double()?)),
            5 => add_exemplar(field.message()?, &mut base, budget)?,
            6 => value = Some(Number::Int(field.fixed64()? as i64)),
            7 => add_attribute(field.message()?, &mut base.attributes, budget)?,
            8 => base.stale = is_stale(field.varint()?),
            _ => {}
        }
    }
    let value = budget.demand(value, base.stale);
    Ok(NumberPoint { base, value })
}

/// One exemplar without a value says nothing and is left out.
fn add_exemplar<'a>(mut message: Reader<'a>, base: &mut PointBase<'a>, budget: &mut Budget) -> Result<(), WireError> {
    if !budget.may_add_exemplar(base.exemplars.len()) {
        return Ok(());
    }
    let mut exemplar = Exemplar::default();
    let mut value = None;
    while let Some(field) = message.next()? {
        match field.number {
            2 => exemplar.time_unix_nano = field.fixed64()?,
            3 => value = Some(Number::Double(field.double()?)),
            4 => exemplar.span_id = SpanId::from_bytes(field.bytes()?),
            5 => exemplar.trace_id = TraceId::from_bytes(field.bytes()?),
            6 => value = Some(Number::Int(field.fixed64()? as i64)),
            7 => add_attribute(field.message()?, &mut exemplar.attributes, budget)?,
            _ => {}
        }
    }
    base.exemplars.extend(value.map(|value| Exemplar { value, ..exemplar }));
    Ok(())
}

fn histogram<'a>(mut message: Reader<'a>, budget: &mut Budget) -> Result<HistogramPoint<'a>, WireError> {
    let mut point = HistogramPoint::default();
    let max = budget.limits.buckets_max;
    while let Some(field) = message.next()? {
        match field.number {
            2 => point.base.start_time_unix_nano = field.fixed64()?,
            3 => point.base.time_unix_nano = field.fixed64()?,
            4 => point.count = field.fixed64()?,
            5 => point.sum = Some(field.double()?),
            6 => budget.demand_fit(field.fixed64s(&mut point.bucket_counts, max, |bits| bits)?),
            7 => budget.demand_fit(field.fixed64s(&mut point.explicit_bounds, max, f64::from_bits)?),
            8 => add_exemplar(field.message()?, &mut point.base, budget)?,
            9 => add_attribute(field.message()?, &mut point.base.attributes, budget)?,
            10 => point.base.stale = is_stale(field.varint()?),
            11 => point.min = Some(field.double()?),
            12 => point.max = Some(field.double()?),
            _ => {}
        }
    }
    Ok(point)
}

fn exponential<'a>(mut message: Reader<'a>, budget: &mut Budget) -> Result<ExponentialPoint<'a>, WireError> {
    let mut point = ExponentialPoint::default();
    while let Some(field) = message.next()? {
        match field.number {
            1 => add_attribute(field.message()?, &mut point.base.attributes, budget)?,
            2 => point.base.start_time_unix_nano = field.fixed64()?,
            3 => point.base.time_unix_nano = field.fixed64()?,
            4 => point.count = field.fixed64()?,
            5 => point.sum = Some(field.double()?),
            6 => point.scale = field.sint32()?,
            7 => point.zero_count = field.fixed64()?,
            8 => buckets(field.message()?, &mut point.positive_offset, &mut point.positive_counts, budget)?,
            9 => buckets(field.message()?, &mut point.negative_offset, &mut point.negative_counts, budget)?,
            10 => point.base.stale = is_stale(field.varint()?),
            11 => add_exemplar(field.message()?, &mut point.base, budget)?,
            12 => point.min = Some(field.double()?),
            13 => point.max = Some(field.double()?),
            14 => point.zero_threshold = field.double()?,
            _ => {}
        }
    }
    Ok(point)
}

/// `offset = 1; bucket_counts = 2`.
fn buckets(
    mut message: Reader<'_>,
    offset: &mut i32,
    counts: &mut Vec<u64>,
    budget: &mut Budget,
) -> Result<(), WireError> {
    while let Some(field) = message.next()? {
        match field.number {
            1 => *offset = field.sint32()?,
            2 => budget.demand_fit(field.varints(counts, budget.limits.buckets_max)?),
            _ => {}
        }
    }
    Ok(())
}

fn summary<'a>(mut message: Reader<'a>, budget: &mut Budget) -> Result<SummaryPoint<'a>, WireError> {
    let mut point = SummaryPoint::default();
    while let Some(field) = message.next()? {
        match field.number {
            2 => point.base.start_time_unix_nano = field.fixed64()?,
            3 => point.base.time_unix_nano = field.fixed64()?,
            4 => point.count = field.fixed64()?,
            5 => point.sum = field.double()?,
            6 => {
                let mut pair = (0.0, 0.0);
                let mut message = field.message()?;
                while let Some(field) = message.next()? {
                    match field.number {
                        1 => pair.0 = field.double()?,
                        2 => pair.1 = field.double()?,
                        _ => {}
                    }
                }
                let fits = point.quantiles.len() < budget.limits.buckets_max;
                budget.demand_fit(fits);
                point.quantiles.extend(fits.then_some(pair));
            }
            7 => add_attribute(field.message()?, &mut point.base.attributes, budget)?,
            8 => point.base.stale = is_stale(field.varint()?),
            _ => {}
        }
    }
    Ok(point)
}
