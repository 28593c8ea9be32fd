//! Arbitrary OTLP, made with the types of the OpenTelemetry project, which also write it as protobuf and as JSON.

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{
    AnyValue, ArrayValue, InstrumentationScope, KeyValue, KeyValueList, any_value::Value,
};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::metrics::v1::{
    Exemplar, ExponentialHistogram, ExponentialHistogramDataPoint, Gauge, Histogram, HistogramDataPoint, Metric,
    NumberDataPoint, ResourceMetrics, ScopeMetrics, Sum, Summary, SummaryDataPoint, exemplar,
    exponential_histogram_data_point::Buckets, metric, number_data_point, summary_data_point::ValueAtQuantile,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status, span};
use proptest::collection::vec;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z.]{0,12}", "\\PC{0,8}", Just("line\n\"quoted\"\t\\".to_owned()), Just("x".repeat(5000))]
}

/// Doubles that survive the way through decimal digits in any parser.
fn double() -> impl Strategy<Value = f64> {
    any::<i32>().prop_map(|number| f64::from(number) / 8.0)
}

fn value() -> impl Strategy<Value = AnyValue> {
    let leaf = prop_oneof![
        text().prop_map(Value::StringValue),
        any::<bool>().prop_map(Value::BoolValue),
        any::<i64>().prop_map(Value::IntValue),
        double().prop_map(Value::DoubleValue),
        vec(any::<u8>(), 0..8).prop_map(Value::BytesValue),
    ];
    let value = leaf.prop_recursive(10, 24, 3, |inner| {
        let any = inner.prop_map(|value| AnyValue { value: Some(value) });
        let pair = ("[a-z]{1,4}", any.clone());
        let pair = pair.prop_map(|(key, value)| KeyValue { key, value: Some(value), ..KeyValue::default() });
        prop_oneof![
            vec(any, 0..3).prop_map(|values| Value::ArrayValue(ArrayValue { values })),
            vec(pair, 0..3).prop_map(|values| Value::KvlistValue(KeyValueList { values })),
        ]
    });
    proptest::option::weighted(0.9, value).prop_map(|value| AnyValue { value })
}

fn attributes() -> impl Strategy<Value = Vec<KeyValue>> {
    let key = prop_oneof![5 => "[a-z.]{1,12}", 1 => Just("exception.stacktrace".to_owned()), 1 => text()];
    let pair = (key, value()).prop_map(|(key, value)| KeyValue { key, value: Some(value), ..KeyValue::default() });
    vec(pair, 0..5)
}

fn resource() -> impl Strategy<Value = Option<Resource>> {
    proptest::option::of(attributes().prop_map(|attributes| Resource { attributes, ..Resource::default() }))
}

fn scope() -> impl Strategy<Value = Option<InstrumentationScope>> {
    let scope = (text(), text()).prop_map(|(name, version)| InstrumentationScope {
        name,
        version,
        ..InstrumentationScope::default()
    });
    proptest::option::of(scope)
}

/// Mostly ids; sometimes what is none.
fn id(length: usize) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![8 => vec(any::<u8>(), length), 1 => Just(vec![0; length]), 1 => vec(any::<u8>(), 0..20)]
}

pub fn logs() -> impl Strategy<Value = ExportLogsServiceRequest> {
    let times = (any::<u64>(), any::<u64>());
    let record = (times, -2..30_i32, text(), text(), proptest::option::of(value()), attributes(), id(16), id(8));
    let record =
        record.prop_map(|(times, severity, severity_text, event_name, body, attributes, trace_id, span_id)| {
            LogRecord {
                time_unix_nano: times.0,
                observed_time_unix_nano: times.1,
                severity_number: severity,
                severity_text,
                event_name,
                body,
                attributes,
                trace_id,
                span_id,
                ..LogRecord::default()
            }
        });
    let scoped = (scope(), vec(record, 0..4));
    let scoped = scoped.prop_map(|(scope, log_records)| ScopeLogs { scope, log_records, ..ScopeLogs::default() });
    let group = (resource(), vec(scoped, 0..3));
    let group =
        group.prop_map(|(resource, scope_logs)| ResourceLogs { resource, scope_logs, ..ResourceLogs::default() });
    vec(group, 0..3).prop_map(|resource_logs| ExportLogsServiceRequest { resource_logs })
}

pub fn spans() -> impl Strategy<Value = ExportTraceServiceRequest> {
    let event = (any::<u64>(), text(), attributes());
    let event = event.prop_map(|(time_unix_nano, name, attributes)| span::Event {
        time_unix_nano,
        name,
        attributes,
        ..span::Event::default()
    });
    let link = (id(16), id(8), attributes());
    let link = link.prop_map(|(trace_id, span_id, attributes)| span::Link {
        trace_id,
        span_id,
        attributes,
        ..span::Link::default()
    });
    let ids = (id(16), id(8), id(8));
    let status = proptest::option::of((text(), -1..4_i32).prop_map(|(message, code)| Status { message, code }));
    let span =
        (ids, text(), text(), -1..7_i32, any::<(u64, u64)>(), attributes(), vec(event, 0..3), vec(link, 0..3), status);
    let span = span.prop_map(|(ids, trace_state, name, kind, times, attributes, events, links, status)| Span {
        trace_id: ids.0,
        span_id: ids.1,
        parent_span_id: ids.2,
        trace_state,
        name,
        kind,
        start_time_unix_nano: times.0,
        end_time_unix_nano: times.1,
        attributes,
        events,
        links,
        status,
        ..Span::default()
    });
    let scoped = (scope(), vec(span, 0..4));
    let scoped = scoped.prop_map(|(scope, spans)| ScopeSpans { scope, spans, ..ScopeSpans::default() });
    let group = (resource(), vec(scoped, 0..3));
    let group =
        group.prop_map(|(resource, scope_spans)| ResourceSpans { resource, scope_spans, ..ResourceSpans::default() });
    vec(group, 0..3).prop_map(|resource_spans| ExportTraceServiceRequest { resource_spans })
}

fn exemplars() -> impl Strategy<Value = Vec<Exemplar>> {
    let number =
        prop_oneof![double().prop_map(exemplar::Value::AsDouble), any::<i64>().prop_map(exemplar::Value::AsInt),];
    let exemplar = (attributes(), any::<u64>(), proptest::option::of(number), id(16), id(8));
    let exemplar = exemplar.prop_map(|(filtered_attributes, time_unix_nano, value, trace_id, span_id)| Exemplar {
        filtered_attributes,
        time_unix_nano,
        span_id,
        trace_id,
        value,
    });
    vec(exemplar, 0..3)
}

fn number_points() -> impl Strategy<Value = Vec<NumberDataPoint>> {
    let number = prop_oneof![
        double().prop_map(number_data_point::Value::AsDouble),
        any::<i64>().prop_map(number_data_point::Value::AsInt),
    ];
    let times = (any::<u64>(), any::<u64>(), 0..4_u32);
    let point = (attributes(), times, proptest::option::of(number), exemplars());
    let point = point.prop_map(|(attributes, times, value, exemplars)| NumberDataPoint {
        attributes,
        start_time_unix_nano: times.0,
        time_unix_nano: times.1,
        flags: times.2,
        value,
        exemplars,
    });
    vec(point, 0..3)
}

fn histogram_points() -> impl Strategy<Value = Vec<HistogramDataPoint>> {
    let some = || proptest::option::of(double());
    let numbers = (any::<u64>(), some(), some(), some(), vec(any::<u64>(), 0..4), vec(double(), 0..4));
    let point = (attributes(), any::<(u64, u64, u32)>(), numbers, exemplars());
    let point = point.prop_map(|(attributes, times, numbers, exemplars)| HistogramDataPoint {
        attributes,
        start_time_unix_nano: times.0,
        time_unix_nano: times.1,
        flags: times.2,
        exemplars,
        count: numbers.0,
        sum: numbers.1,
        min: numbers.2,
        max: numbers.3,
        bucket_counts: numbers.4,
        explicit_bounds: numbers.5,
    });
    vec(point, 0..3)
}

fn exponential_points() -> impl Strategy<Value = Vec<ExponentialHistogramDataPoint>> {
    let buckets = || {
        let buckets = (any::<i32>(), vec(any::<u64>(), 0..4));
        proptest::option::of(buckets.prop_map(|(offset, bucket_counts)| Buckets { offset, bucket_counts }))
    };
    let some = || proptest::option::of(double());
    let sums = (some(), some(), some());
    let numbers = any::<(u64, u64, u64, u64, u32)>();
    let point = (attributes(), numbers, sums, (any::<i32>(), double()), buckets(), buckets(), exemplars());
    let point = point.prop_map(|(attributes, numbers, sums, scale, positive, negative, exemplars)| {
        ExponentialHistogramDataPoint {
            attributes,
            time_unix_nano: numbers.0,
            count: numbers.1,
            zero_count: numbers.2,
            sum: sums.0,
            min: sums.1,
            max: sums.2,
            scale: scale.0,
            zero_threshold: scale.1,
            start_time_unix_nano: numbers.3,
            flags: numbers.4,
            positive,
            negative,
            exemplars,
        }
    });
    vec(point, 0..3)
}

fn summary_points() -> impl Strategy<Value = Vec<SummaryDataPoint>> {
    let quantile = (double(), double()).prop_map(|(quantile, value)| ValueAtQuantile { quantile, value });
    let point = (attributes(), any::<(u64, u64, u64, u32)>(), double(), vec(quantile, 0..4));
    let point = point.prop_map(|(attributes, numbers, sum, quantile_values)| SummaryDataPoint {
        attributes,
        time_unix_nano: numbers.0,
        count: numbers.1,
        sum,
        quantile_values,
        start_time_unix_nano: numbers.2,
        flags: numbers.3,
    });
    vec(point, 0..3)
}

pub fn metrics() -> impl Strategy<Value = ExportMetricsServiceRequest> {
    let data = prop_oneof![
        number_points().prop_map(|data_points| metric::Data::Gauge(Gauge { data_points })),
        (number_points(), 0..4_i32, any::<bool>()).prop_map(|(data_points, aggregation_temporality, is_monotonic)| {
            metric::Data::Sum(Sum { data_points, aggregation_temporality, is_monotonic })
        }),
        (histogram_points(), 0..4_i32).prop_map(|(data_points, aggregation_temporality)| {
            metric::Data::Histogram(Histogram { data_points, aggregation_temporality })
        }),
        (exponential_points(), 0..4_i32).prop_map(|(data_points, aggregation_temporality)| {
            metric::Data::ExponentialHistogram(ExponentialHistogram { data_points, aggregation_temporality })
        }),
        summary_points().prop_map(|data_points| metric::Data::Summary(Summary { data_points })),
    ];
    let metric = (text(), text(), text(), proptest::option::weighted(0.9, data));
    let metric = metric.prop_map(|(name, description, unit, data)| Metric {
        name,
        description,
        unit,
        data,
        ..Metric::default()
    });
    let scoped = (scope(), vec(metric, 0..4));
    let scoped = scoped.prop_map(|(scope, metrics)| ScopeMetrics { scope, metrics, ..ScopeMetrics::default() });
    let group = (resource(), vec(scoped, 0..3));
    let group = group.prop_map(|(resource, scope_metrics)| ResourceMetrics {
        resource,
        scope_metrics,
        ..ResourceMetrics::default()
    });
    vec(group, 0..3).prop_map(|resource_metrics| ExportMetricsServiceRequest { resource_metrics })
}
