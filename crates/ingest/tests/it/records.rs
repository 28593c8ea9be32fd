//! Single bad records are dropped under a name and the good ones beside them are kept.

use limen_ingest::{Format, Limits, decode};
use limen_model::received::ReceivedBatch;
use limen_model::{Outcome, Signal};

const GOOD_LOG: &str = r#"{"eventName":"good"}"#;
const GOOD_SPAN: &str = r#"{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7"}"#;

/// Sends the record between two good ones and expects that only those come through.
fn check(signal: Signal, record: &str, outcome: Outcome) {
    let (resources, scopes, records, good) = match signal {
        Signal::Logs => ("resourceLogs", "scopeLogs", "logRecords", GOOD_LOG),
        Signal::Traces => ("resourceSpans", "scopeSpans", "spans", GOOD_SPAN),
        Signal::Metrics => {
            ("resourceMetrics", "scopeMetrics", "metrics", r#"{"name":"m","gauge":{"dataPoints":[{"asInt":1}]}}"#)
        }
    };
    let json = format!(r#"{{"{resources}":[{{"{scopes}":[{{"{records}":[{good},{record},{good}]}}]}}]}}"#);
    let batch = decode(json.as_bytes(), Format::Json, signal, &Limits::BROWSER).expect("decodes");
    assert_eq!(kept(&batch), 2, "{record}");
    assert_eq!(batch.rejections.iter().collect::<Vec<_>>(), vec![(signal, outcome, 1)], "{record}");
}

fn kept(batch: &ReceivedBatch<'_>) -> usize {
    batch.logs.iter().map(|group| group.records.len()).sum::<usize>()
        + batch.spans.iter().map(|group| group.records.len()).sum::<usize>()
        + batch.metrics.iter().map(|group| group.records.len()).sum::<usize>()
}

fn nested(levels: usize) -> String {
    let open = r#"{"arrayValue":{"values":["#.repeat(levels);
    format!(r#"{{"body":{open}{{"intValue":1}}{}}}"#, "]}}".repeat(levels))
}

#[test]
fn a_span_without_valid_ids_is_dropped() {
    check(Signal::Traces, r#"{"name":"no ids"}"#, Outcome::SpanIdInvalid);
    check(Signal::Traces, r#"{"traceId":"abc","spanId":"00f067aa0ba902b7"}"#, Outcome::SpanIdInvalid);
}

#[test]
fn a_span_that_ends_before_it_starts_is_dropped() {
    let record = GOOD_SPAN.replace('}', r#","startTimeUnixNano":"2000000000","endTimeUnixNano":"1000000000"}"#);
    check(Signal::Traces, &record, Outcome::DurationNegative);
}

#[test]
fn a_log_record_with_a_broken_trace_id_is_kept_without_trace() {
    let json = r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"abc","spanId":""}]}]}]}"#;
    let batch = decode(json.as_bytes(), Format::Json, Signal::Logs, &Limits::BROWSER).expect("decodes");
    assert_eq!((batch.logs[0].records[0].trace_id, batch.rejections.is_empty()), (None, true));
}

#[test]
fn a_record_with_too_many_attributes_is_dropped() {
    let attributes = vec![r#"{"key":"a","value":{"intValue":1}}"#; 129].join(",");
    check(Signal::Logs, &format!(r#"{{"attributes":[{attributes}]}}"#), Outcome::AttributesTooMany);
    let values = vec![r#"{"intValue":1}"#; 513].join(",");
    check(Signal::Logs, &format!(r#"{{"body":{{"arrayValue":{{"values":[{values}]}}}}}}"#), Outcome::AttributesTooMany);
    let record = GOOD_SPAN.replace('}', &format!(r#","events":[{}]}}"#, ["{}"; 129].join(",")));
    check(Signal::Traces, &record, Outcome::AttributesTooMany);
}

#[test]
fn a_value_nested_too_deep_drops_its_record() {
    check(Signal::Logs, &nested(9), Outcome::ValueTooDeep);
    let json = format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{}]}}]}}]}}"#, nested(8));
    assert_eq!(kept(&decode(json.as_bytes(), Format::Json, Signal::Logs, &Limits::BROWSER).expect("decodes")), 1);
}

#[test]
fn a_metric_without_name_or_data_and_a_point_without_value_are_dropped() {
    check(Signal::Metrics, r#"{"name":"no data"}"#, Outcome::MetricInvalid);
    check(Signal::Metrics, r#"{"gauge":{"dataPoints":[{"asInt":1}]}}"#, Outcome::MetricInvalid);
    let json = r#"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{},{"asDouble":0.5}]}}]}]}]}"#;
    let batch = decode(json.as_bytes(), Format::Json, Signal::Metrics, &Limits::BROWSER).expect("decodes");
    assert_eq!(batch.rejections.count(Signal::Metrics), 1);
}

#[test]
fn records_beyond_the_limit_of_a_batch_are_dropped() {
    let limits = Limits { records_max: 3, ..Limits::BROWSER };
    let json = format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{}]}}]}}]}}"#, ["{}"; 5].join(","));
    let batch = decode(json.as_bytes(), Format::Json, Signal::Logs, &limits).expect("decodes");
    assert_eq!(kept(&batch), 3);
    assert_eq!(batch.rejections.iter().collect::<Vec<_>>(), vec![(Signal::Logs, Outcome::BatchTooLong, 2)]);
}

#[test]
fn groups_beyond_the_limit_of_a_batch_are_dropped() {
    let limits = Limits { groups_max: 2, ..Limits::BROWSER };
    let scopes = [r#"{"logRecords":[{},{}]}"#; 3].join(",");
    let json = format!(r#"{{"resourceLogs":[{{"scopeLogs":[{scopes}]}}]}}"#);
    let batch = decode(json.as_bytes(), Format::Json, Signal::Logs, &limits).expect("decodes");
    assert_eq!((batch.logs.len(), batch.rejections.count(Signal::Logs)), (2, 2));
}

#[test]
fn a_resource_with_too_many_attributes_drops_all_its_records() {
    let attributes = vec![r#"{"key":"a","value":{"intValue":1}}"#; 129].join(",");
    let json = format!(
        r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{}},{{}}]}}],"resource":{{"attributes":[{attributes}]}}}}]}}"#
    );
    let batch = decode(json.as_bytes(), Format::Json, Signal::Logs, &Limits::BROWSER).expect("decodes");
    assert_eq!(kept(&batch), 0);
    assert_eq!(batch.rejections.iter().collect::<Vec<_>>(), vec![(Signal::Logs, Outcome::AttributesTooMany, 2)]);
}
