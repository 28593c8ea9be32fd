//! Prometheus's native histograms, whose buckets are written as spans and differences.

use limen_model::received::{ExponentialPoint, HistogramPoint, PointBase};

use super::super::wire::Reader;
use super::series::{STALE_BITS, nanos};
use crate::error::WireError;

/// The schema whose bounds are listed.
const CUSTOM_BOUNDS: i32 = -53;
/// The schemas that are powers of two.
const EXPONENTIAL: std::ops::RangeInclusive<i32> = -4..=8;
const RESET_HINT_GAUGE: u64 = 3;
/// Up to here every whole number is a double.
const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;

/// As it is on the wire; the fields have the same numbers in both versions.
#[derive(Default)]
pub(super) struct Native {
    count: Option<u64>,
    sum_bits: u64,
    schema: i32,
    zero_threshold: f64,
    zero_count: Option<u64>,
    negative: Side,
    positive: Side,
    reset_hint: u64,
    time_unix_nano: u64,
    start_time_unix_nano: u64,
    custom_bounds: Vec<f64>,
    /// All lists were within their limit.
    whole: bool,
}

/// The buckets on one side of zero.
#[derive(Default)]
struct Side {
    spans: Vec<(i32, u32)>,
    deltas: Vec<u64>,
    counts: Vec<f64>,
}

/// What it is in terms of OTLP.
pub(super) enum Shape<'a> {
    Explicit(HistogramPoint<'a>),
    Exponential(ExponentialPoint<'a>),
}

impl Native {
    pub fn read(mut message: Reader<'_>, max: usize) -> Result<Self, WireError> {
        let mut native = Self { count: Some(0), zero_count: Some(0), whole: true, ..Self::default() };
        while let Some(field) = message.next()? {
            let fits = match field.number {
                9 => field.varints(&mut native.negative.deltas, max)?,
                10 => field.fixed64s(&mut native.negative.counts, max, f64::from_bits)?,
                12 => field.varints(&mut native.positive.deltas, max)?,
                13 => field.fixed64s(&mut native.positive.counts, max, f64::from_bits)?,
                16 => field.fixed64s(&mut native.custom_bounds, max, f64::from_bits)?,
                8 => add_span(&mut native.negative.spans, field.message()?, max)?,
                11 => add_span(&mut native.positive.spans, field.message()?, max)?,
                number => {
                    match number {
                        1 => native.count = Some(field.varint()?),
                        2 => native.count = whole(field.double()?),
                        3 => native.sum_bits = field.fixed64()?,
                        4 => native.schema = field.sint32()?,
                        5 => native.zero_threshold = field.double()?,
                        6 => native.zero_count = Some(field.varint()?),
                        7 => native.zero_count = whole(field.double()?),
                        14 => native.reset_hint = field.varint()?,
                        15 => native.time_unix_nano = nanos(field.int64()?),
                        17 => native.start_time_unix_nano = nanos(field.int64()?),
                        _ => {}
                    }
                    true
                }
            };
            native.whole &= fits;
        }
        Ok(native)
    }

    pub fn is_gauge(&self) -> bool {
        self.reset_hint == RESET_HINT_GAUGE
    }

    /// `None` when it has parts of counts, more buckets than the limit, or does not add up.
    pub fn into_shape<'a>(self, max: usize) -> Option<Shape<'a>> {
        let base = PointBase {
            stale: self.sum_bits == STALE_BITS,
            time_unix_nano: self.time_unix_nano,
            start_time_unix_nano: self.start_time_unix_nano,
            ..PointBase::default()
        };
        if base.stale {
            return Some(Shape::Exponential(ExponentialPoint { base, ..ExponentialPoint::default() }));
        }
        if !self.whole {
            return None;
        }
        let (count, sum) = (self.count?, Some(f64::from_bits(self.sum_bits)));
        let positive = self.positive.buckets(max)?;
        if self.schema == CUSTOM_BOUNDS {
            let bucket_counts = placed(positive, self.custom_bounds.len() + 1)?;
            let explicit_bounds = self.custom_bounds;
            let point = HistogramPoint { base, count, sum, bucket_counts, explicit_bounds, min: None, max: None };
            return Some(Shape::Explicit(point));
        }
        if !EXPONENTIAL.contains(&self.schema) {
            return None;
        }
        let negative = self.negative.buckets(max)?;
        Some(Shape::Exponential(ExponentialPoint {
            base,
            count,
            sum,
            min: None,
            max: None,
            scale: self.schema,
            zero_count: self.zero_count?,
            zero_threshold: self.zero_threshold,
            // Prometheus numbers a bucket by its upper bound, OpenTelemetry by its lower one.
            positive_offset: positive.0.checked_sub(1)?,
            positive_counts: positive.1,
            negative_offset: negative.0.checked_sub(1)?,
            negative_counts: negative.1,
        }))
    }
}

impl Side {
    /// The number of the first bucket, and the counts from there on without gaps.
    fn buckets(self, max: usize) -> Option<(i32, Vec<u64>)> {
        let counts: Vec<u64> = if self.counts.is_empty() {
            let running = |sum: &mut i64, delta: u64| {
                // Zigzag: the lowest bit is the sign.
                *sum = sum.checked_add((delta >> 1) as i64 ^ -((delta & 1) as i64))?;
                Some(u64::try_from(*sum).ok())
            };
            self.deltas.into_iter().scan(0, |sum, delta| Some(running(sum, delta).flatten())).collect::<Option<_>>()?
        } else {
            self.counts.into_iter().map(whole).collect::<Option<_>>()?
        };
        let mut counts = counts.into_iter();
        let mut dense = Vec::new();
        for (at, (offset, length)) in self.spans.iter().enumerate() {
            if at > 0 {
                let gap = usize::try_from(*offset).ok().filter(|gap| gap + dense.len() <= max)?;
                dense.resize(dense.len() + gap, 0);
            }
            for _ in 0..*length {
                dense.push(counts.next()?);
            }
        }
        let first = self.spans.first().map_or(1, |(offset, _)| *offset);
        (counts.next().is_none() && dense.len() <= max).then_some((first, dense))
    }
}

/// Buckets from the first of all on.
fn placed((first, counts): (i32, Vec<u64>), length: usize) -> Option<Vec<u64>> {
    if counts.is_empty() {
        return Some(vec![0; length]);
    }
    let first = usize::try_from(first).ok()?;
    let after = length.checked_sub(first.checked_add(counts.len())?)?;
    Some([vec![0; first], counts, vec![0; after]].concat())
}

/// `offset = 1; length = 2`.
fn add_span(spans: &mut Vec<(i32, u32)>, mut message: Reader<'_>, max: usize) -> Result<bool, WireError> {
    let mut span = (0, 0);
    while let Some(field) = message.next()? {
        match field.number {
            1 => span.0 = field.sint32()?,
            2 => span.1 = u32::try_from(field.varint()?).unwrap_or(u32::MAX),
            _ => {}
        }
    }
    let fits = spans.len() < max;
    spans.extend(fits.then_some(span));
    Ok(fits)
}

/// A count that recording rules may have made a fraction of is none that can be kept exactly.
fn whole(count: f64) -> Option<u64> {
    ((0.0..=WHOLE_MAX).contains(&count) && count.fract() == 0.0).then_some(count as u64)
}
