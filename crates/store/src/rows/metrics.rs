//! The table of metrics: one row per point.

use limen_model::enriched::{EnrichedBatch, MetricPoint};

use super::Row;
use crate::encode::RowWriter;

impl Row for MetricPoint<'_> {
    const TABLE: &'static str = "metrics";
    const COLUMNS: &'static [&'static str] = &[
        "app",
        "received",
        "name",
        "kind",
        "unit",
        "description",
        "service",
        "release",
        "environment",
        "scope_name",
        "series",
        "time",
        "start",
        "temporality",
        "monotonic",
        "stale",
        "value",
        "value_int",
        "count",
        "sum",
        "min",
        "max",
        "bounds",
        "bucket_counts",
        "quantile_values",
        "scale",
        "zero_count",
        "zero_threshold",
        "positive_offset",
        "positive_counts",
        "negative_offset",
        "negative_counts",
        "exemplar_times",
        "exemplar_values",
        "exemplar_trace_ids",
        "exemplar_span_ids",
        "exemplar_attributes",
        "attributes",
        "resource",
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
