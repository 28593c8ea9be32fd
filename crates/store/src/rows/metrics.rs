//! The table of metrics: one row per point.

use limen_model::enriched::{EnrichedBatch, MetricPoint};

use super::{Column, Row};
use crate::encode::RowWriter;
use crate::native::Kind::{Attributes, Bool, F64, I32, List, MaybeF64, MaybeI64, SpanId, Time, TraceId, U64, Word};

impl Row for MetricPoint<'_> {
    const TABLE: &'static str = "metrics";
    const COLUMNS: &'static [Column] = &[
        Column::new("app", Word),
        Column::new("received", Time),
        Column::new("name", Word),
        Column::new("kind", Word),
        Column::new("unit", Word),
        Column::new("description", Word),
        Column::new("service", Word),
        Column::new("release", Word),
        Column::new("environment", Word),
        Column::new("scope_name", Word),
        Column::new("series", U64),
        Column::new("time", Time),
        Column::new("start", Time),
        Column::new("temporality", Word),
        Column::new("monotonic", Bool),
        Column::new("stale", Bool),
        Column::new("value", F64),
        Column::new("value_int", MaybeI64),
        Column::new("count", U64),
        Column::new("sum", MaybeF64),
        Column::new("min", MaybeF64),
        Column::new("max", MaybeF64),
        Column::new("bounds", List(&F64)),
        Column::new("bucket_counts", List(&U64)),
        Column::new("quantile_values", List(&F64)),
        Column::new("scale", I32),
        Column::new("zero_count", U64),
        Column::new("zero_threshold", F64),
        Column::new("positive_offset", I32),
        Column::new("positive_counts", List(&U64)),
        Column::new("negative_offset", I32),
        Column::new("negative_counts", List(&U64)),
        Column::new("exemplar_times", List(&Time)),
        Column::new("exemplar_values", List(&F64)),
        Column::new("exemplar_trace_ids", List(&TraceId)),
        Column::new("exemplar_span_ids", List(&SpanId)),
        Column::new("exemplar_attributes", List(&Attributes)),
        Column::new("attributes", Attributes),
        Column::new("resource", Attributes),
    ];

    fn write(&self, batch: &EnrichedBatch<'_>, out: &mut RowWriter) {
        out.text(batch.app.as_str());
        out.time(batch.received_unix_nano);
        out.text(&self.name);
        out.text(&self.kind);
        out.text(&self.unit);
        out.text(&self.description);
        out.text(&self.service);
        out.text(&self.release);
        out.text(&self.environment);
        out.text(&self.scope_name);
        out.u64(self.series);
        out.time(self.time_unix_nano);
        out.time(self.start_unix_nano);
        out.text(&self.temporality);
        out.bool(self.monotonic);
        out.bool(self.stale);
        out.f64(self.value);
        out.maybe_i64(self.value_int);
        out.u64(self.count);
        out.maybe_f64(self.sum);
        out.maybe_f64(self.min);
        out.maybe_f64(self.max);
        out.array(&self.bounds, |out, item| out.f64(*item));
        out.array(&self.bucket_counts, |out, item| out.u64(*item));
        out.array(&self.quantile_values, |out, item| out.f64(*item));
        out.i32(self.scale);
        out.u64(self.zero_count);
        out.f64(self.zero_threshold);
        out.i32(self.positive_offset);
        out.array(&self.positive_counts, |out, item| out.u64(*item));
        out.i32(self.negative_offset);
        out.array(&self.negative_counts, |out, item| out.u64(*item));
        out.array(&self.exemplars, |out, exemplar| out.time(exemplar.time_unix_nano));
        out.array(&self.exemplars, |out, exemplar| out.f64(exemplar.value));
        out.array(&self.exemplars, |out, exemplar| out.trace_id(exemplar.trace_id));
        out.array(&self.exemplars, |out, exemplar| out.span_id(exemplar.span_id));
        out.array(&self.exemplars, |out, exemplar| out.attributes(&exemplar.attributes));
        out.attributes(&self.attributes);
        out.attributes(&self.resource);
    }
}
