//! What makes a record complete, whatever it was encoded in.

use limen_model::received::{Group, LogRecord, Metric, MetricData, Scope, Span, SpanEvent, SpanLink, Temporality};
use limen_model::{Attributes, Outcome, Signal, SpanId, Text, TraceId};

use crate::budget::Budget;

/// How far a span may end before it starts and still be taken as one without duration: clocks of browsers are
/// coarse, and JavaScript without 64-bit integers rounds nanoseconds to 256.
const END_BEFORE_START_NANO_MAX: u64 = 1_000_000;

/// A record of one of the three signals.
pub(crate) trait Record {
    const SIGNAL: Signal;

    /// As how many records OTLP counts it: metrics are counted by their points.
    fn count(&self) -> u64 {
        1
    }
}

impl Record for LogRecord<'_> {
    const SIGNAL: Signal = Signal::Logs;
}

impl Record for Span<'_> {
    const SIGNAL: Signal = Signal::Traces;
}

impl Record for Metric<'_> {
    const SIGNAL: Signal = Signal::Metrics;

    fn count(&self) -> u64 {
        points(&self.data).max(1)
    }
}

fn points(data: &MetricData<'_>) -> u64 {
    let count = match data {
        MetricData::Gauge(points) | MetricData::Sum { points, .. } => points.len(),
        MetricData::Histogram { points, .. } => points.len(),
        MetricData::ExponentialHistogram { points, .. } => points.len(),
        MetricData::Summary(points) => points.len(),
    };
    count as u64
}

/// The records of one scope as they are read, before it is known whether they can be kept.
pub(crate) struct Scoped<'a, T> {
    pub scope: Scope<'a>,
    pub records: Vec<T>,
}

/// Gives every scope its resource. A flaw of the resource is one of each of its records.
pub(crate) fn close_resource<'a, T: Record>(
    mut resource: Attributes<'a>,
    flaw: Option<Outcome>,
    scopes: Vec<Scoped<'a, T>>,
    budget: &mut Budget,
    groups: &mut Vec<Group<'a, T>>,
) {
    let mut scopes = scopes.into_iter().filter(|scoped| !scoped.records.is_empty()).peekable();
    while let Some(Scoped { scope, records }) = scopes.next() {
        let flaw = flaw.or_else(|| (!budget.take_group()).then_some(Outcome::BatchTooLong));
        if let Some(outcome) = flaw {
            budget.reject(T::SIGNAL, outcome, records.iter().map(T::count).sum());
            continue;
        }
        // Most resources have one scope, which takes the attributes as they are.
        let resource = if scopes.peek().is_some() { resource.clone() } else { std::mem::take(&mut resource) };
        groups.push(Group { resource, scope, records });
    }
}

/// A span before its ids and times are known to be there.
#[derive(Default)]
pub(crate) struct SpanDraft<'a> {
    pub trace_id: Option<TraceId>,
    pub span_id: Option<SpanId>,
    pub parent_span_id: Option<SpanId>,
    pub trace_state: Text<'a>,
    pub name: Text<'a>,
    pub kind: u8,
    pub start_time_unix_nano: u64,
    pub end_time_unix_nano: u64,
    pub attributes: Attributes<'a>,
    pub events: Vec<SpanEvent<'a>>,
    pub links: Vec<SpanLink<'a>>,
    pub status_code: u8,
    pub status_message: Text<'a>,
}

impl<'a> SpanDraft<'a> {
    pub fn finish(self) -> Result<Span<'a>, Outcome> {
        let (Some(trace_id), Some(span_id)) = (self.trace_id, self.span_id) else {
            return Err(Outcome::SpanIdInvalid);
        };
        let start = self.start_time_unix_nano;
        if self.end_time_unix_nano.saturating_add(END_BEFORE_START_NANO_MAX) < start {
            return Err(Outcome::DurationNegative);
        }
        Ok(Span {
            trace_id,
            span_id,
            parent_span_id: self.parent_span_id,
            trace_state: self.trace_state,
            name: self.name,
            kind: self.kind,
            start_time_unix_nano: start,
            end_time_unix_nano: self.end_time_unix_nano.max(start),
            attributes: self.attributes,
            events: self.events,
            links: self.links,
            status_code: self.status_code,
            status_message: self.status_message,
        })
    }
}

/// A metric before its name and its data are known to be there.
#[derive(Default)]
pub(crate) struct MetricDraft<'a> {
    pub name: Text<'a>,
    pub description: Text<'a>,
    pub unit: Text<'a>,
    pub data: Option<MetricData<'a>>,
}

impl<'a> MetricDraft<'a> {
    /// The metric, or how many records are lost with it.
    pub fn finish(self) -> Result<Metric<'a>, u64> {
        match self.data {
            Some(data) if !self.name.is_empty() => {
                Ok(Metric { name: self.name, description: self.description, unit: self.unit, data })
            }
            Some(data) => Err(points(&data).max(1)),
            None => Err(1),
        }
    }
}

/// A point of a metric if nothing was wrong with it; else its loss is counted.
pub(crate) fn close_point<P>(point: P, budget: &mut Budget) -> Option<P> {
    match budget.flaw() {
        None => Some(point),
        Some(outcome) => {
            budget.reject(Signal::Metrics, outcome, 1);
            None
        }
    }
}

/// `DataPointFlags`: of its bits only the lowest is in use, which says that there is no value.
pub(crate) fn is_stale(flags: u64) -> bool {
    flags & 1 == 1
}

pub(crate) fn temporality(number: i64) -> Temporality {
    match number {
        1 => Temporality::Delta,
        2 => Temporality::Cumulative,
        _ => Temporality::Unspecified,
    }
}

/// OTLP's enums are open; a number this version does not know means "unspecified".
pub(crate) fn known(number: i64, highest: u8) -> u8 {
    u8::try_from(number).ok().filter(|number| *number <= highest).unwrap_or(0)
}

/// The highest `SeverityNumber`, `SpanKind` and `StatusCode`.
pub(crate) const SEVERITY_MAX: u8 = 24;
pub(crate) const SPAN_KIND_MAX: u8 = 5;
pub(crate) const STATUS_MAX: u8 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(start: u64, end: u64) -> SpanDraft<'static> {
        SpanDraft {
            trace_id: TraceId::from_bytes(&[1; 16]),
            span_id: SpanId::from_bytes(&[2; 8]),
            start_time_unix_nano: start,
            end_time_unix_nano: end,
            ..SpanDraft::default()
        }
    }

    #[test]
    fn a_span_that_ends_a_little_before_its_start_has_no_duration() {
        let span = draft(5_000_000, 4_999_000).finish().expect("kept");
        assert_eq!(span.end_time_unix_nano, 5_000_000);
    }

    #[test]
    fn a_span_that_ends_before_its_start_is_dropped() {
        assert_eq!(draft(5_000_000, 3_000_000).finish().err(), Some(Outcome::DurationNegative));
        assert_eq!(draft(u64::MAX, 0).finish().err(), Some(Outcome::DurationNegative));
    }

    #[test]
    fn a_span_without_ids_is_dropped() {
        assert_eq!(SpanDraft { span_id: None, ..draft(1, 2) }.finish().err(), Some(Outcome::SpanIdInvalid));
    }

    #[test]
    fn an_enum_beyond_the_known_is_unspecified() {
        assert_eq!(known(17, SEVERITY_MAX), 17);
        assert_eq!(known(25, SEVERITY_MAX), 0);
        assert_eq!(known(-1, SPAN_KIND_MAX), 0);
    }
}
