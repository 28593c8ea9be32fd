//! A batch as it came off the wire: OTLP, decoded, limits checked, nothing interpreted yet.

use crate::{Attributes, Rejections, SpanId, Text, TraceId, Value};

/// What one request carried. A browser's batch holds logs and spans at once; an OTLP request holds one signal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReceivedBatch<'a> {
    pub logs: Vec<Group<'a, LogRecord<'a>>>,
    pub spans: Vec<Group<'a, Span<'a>>>,
    pub metrics: Vec<Group<'a, Metric<'a>>>,
    /// Records that were dropped while decoding, so that the good ones of the batch are kept.
    pub rejections: Rejections,
}

/// Records of one resource and one instrumentation scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Group<'a, T> {
    pub resource: Attributes<'a>,
    pub scope: Scope<'a>,
    pub records: Vec<T>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scope<'a> {
    pub name: Text<'a>,
    pub version: Text<'a>,
}

/// OTLP `LogRecord`; an event when `event_name` is not empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LogRecord<'a> {
    /// Zero when the sender does not know it; then `observed_time_unix_nano` stands in.
    pub time_unix_nano: u64,
    pub observed_time_unix_nano: u64,
    pub severity_number: u8,
    pub severity_text: Text<'a>,
    pub event_name: Text<'a>,
    pub body: Value<'a>,
    pub attributes: Attributes<'a>,
    pub trace_id: Option<TraceId>,
    pub span_id: Option<SpanId>,
}

/// OTLP `Span`. One without valid ids is rejected while decoding.
#[derive(Debug, Clone, PartialEq)]
pub struct Span<'a> {
    pub trace_id: TraceId,
    pub span_id: SpanId,
    pub parent_span_id: Option<SpanId>,
    pub trace_state: Text<'a>,
    pub name: Text<'a>,
    /// 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer.
    pub kind: u8,
    pub start_time_unix_nano: u64,
    pub end_time_unix_nano: u64,
    pub attributes: Attributes<'a>,
    pub events: Vec<SpanEvent<'a>>,
    pub links: Vec<SpanLink<'a>>,
    /// 0 unset, 1 ok, 2 error.
    pub status_code: u8,
    pub status_message: Text<'a>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SpanEvent<'a> {
    pub time_unix_nano: u64,
    pub name: Text<'a>,
    pub attributes: Attributes<'a>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SpanLink<'a> {
    pub trace_id: TraceId,
    pub span_id: SpanId,
    pub attributes: Attributes<'a>,
}

/// OTLP `Metric` with its points.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric<'a> {
    pub name: Text<'a>,
    pub description: Text<'a>,
    pub unit: Text<'a>,
    pub data: MetricData<'a>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum MetricData<'a> {
    Gauge(Vec<NumberPoint<'a>>),
    Sum { points: Vec<NumberPoint<'a>>, temporality: Temporality, monotonic: bool },
    Histogram { points: Vec<HistogramPoint<'a>>, temporality: Temporality },
    ExponentialHistogram { points: Vec<ExponentialPoint<'a>>, temporality: Temporality },
    Summary(Vec<SummaryPoint<'a>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Temporality {
    #[default]
    Unspecified,
    Delta,
    Cumulative,
}

/// What every kind of metric point has.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PointBase<'a> {
    pub attributes: Attributes<'a>,
    pub start_time_unix_nano: u64,
    pub time_unix_nano: u64,
    /// The series ended: the point has a time and no value. OTLP's flag for "no recorded value", Prometheus's marker.
    pub stale: bool,
    pub exemplars: Vec<Exemplar<'a>>,
}

/// A measured number in the type it was sent in: not every 64-bit integer is a double.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    Double(f64),
    Int(i64),
}

impl Default for Number {
    fn default() -> Self {
        Number::Double(0.0)
    }
}

impl Number {
    pub fn as_f64(self) -> f64 {
        match self {
            Number::Double(number) => number,
            Number::Int(number) => number as f64,
        }
    }

    pub fn as_i64(self) -> Option<i64> {
        match self {
            Number::Double(_) => None,
            Number::Int(number) => Some(number),
        }
    }
}

/// One of the measurements behind a point, with the span in which it was made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exemplar<'a> {
    pub time_unix_nano: u64,
    pub value: Number,
    pub trace_id: Option<TraceId>,
    pub span_id: Option<SpanId>,
    /// What the series itself does not carry.
    pub attributes: Attributes<'a>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct NumberPoint<'a> {
    pub base: PointBase<'a>,
    pub value: Number,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct HistogramPoint<'a> {
    pub base: PointBase<'a>,
    pub count: u64,
    pub sum: Option<f64>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub bucket_counts: Vec<u64>,
    pub explicit_bounds: Vec<f64>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExponentialPoint<'a> {
    pub base: PointBase<'a>,
    pub count: u64,
    pub sum: Option<f64>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub scale: i32,
    pub zero_count: u64,
    /// Values no further from zero than this are counted as zero.
    pub zero_threshold: f64,
    pub positive_offset: i32,
    pub positive_counts: Vec<u64>,
    pub negative_offset: i32,
    pub negative_counts: Vec<u64>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct SummaryPoint<'a> {
    pub base: PointBase<'a>,
    pub count: u64,
    pub sum: f64,
    /// (quantile, value) pairs.
    pub quantiles: Vec<(f64, f64)>,
}
