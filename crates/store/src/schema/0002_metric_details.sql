-- What points of metrics carry beside their values: where a series ends, integers beyond 53 bits, the width of zero,
-- and exemplars, which link a measurement to the span it was made in.
ALTER TABLE metrics
    ADD COLUMN IF NOT EXISTS stale Bool AFTER monotonic,
    ADD COLUMN IF NOT EXISTS value_int Nullable(Int64) AFTER value,
    ADD COLUMN IF NOT EXISTS zero_threshold Float64 AFTER zero_count,
    ADD COLUMN IF NOT EXISTS exemplar_times Array(DateTime64(9, 'UTC')) AFTER negative_counts,
    ADD COLUMN IF NOT EXISTS exemplar_values Array(Float64) AFTER exemplar_times,
    ADD COLUMN IF NOT EXISTS exemplar_trace_ids Array(FixedString(16)) AFTER exemplar_values,
    ADD COLUMN IF NOT EXISTS exemplar_span_ids Array(FixedString(8)) AFTER exemplar_trace_ids,
    ADD COLUMN IF NOT EXISTS exemplar_attributes Array(Map(LowCardinality(String), String)) AFTER exemplar_span_ids;
