//! What senders of JSON do, by the rules and beside them.

use limen_ingest::{Format, IngestError, Limits, decode};
use limen_model::received::{LogRecord, ReceivedBatch};
use limen_model::{Outcome, Signal, Value};

fn logs(json: &str) -> Result<ReceivedBatch<'_>, IngestError> {
    decode(json.as_bytes(), Format::Json, Signal::Logs, &Limits::BROWSER)
}

fn first_log<'a>(batch: &'a ReceivedBatch<'a>) -> &'a LogRecord<'a> {
    &batch.logs[0].records[0]
}

#[test]
fn an_empty_envelope_is_an_empty_batch() {
    for json in ["{}", r#"{"resourceLogs":[]}"#, r#"{"resourceLogs":null}"#, r#"{"resourceLogs":[{}]}"#, "null"] {
        assert_eq!(logs(json).expect(json), ReceivedBatch::default(), "{json}");
    }
}

#[test]
fn members_may_come_in_any_order() {
    let batch = logs(
        r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"value":{"intValue":7},"key":"a"}]}],
        "scope":{"version":"1","name":"late"}}],"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]}}]}"#,
    )
    .expect("decodes");
    assert_eq!(batch.logs[0].scope.name, "late");
    assert_eq!(batch.logs[0].resource.text("service.name"), Some("shop"));
    assert_eq!(first_log(&batch).attributes.get("a"), Some(&Value::Int(7)));
}

#[test]
fn null_means_default_and_unknown_members_are_passed_over() {
    let batch = logs(
        r#"{"new":{"deep":[1,{"x":null}]},"resourceLogs":[{"resource":null,"schemaUrl":"s","scopeLogs":[{"scope":null,
        "logRecords":[{"timeUnixNano":null,"body":{},"eventName":null,"attributes":null,"traceId":null,"flags":1,
        "severityNumber":9,"droppedAttributesCount":0}]}]}]}"#,
    )
    .expect("decodes");
    assert_eq!(first_log(&batch), &LogRecord { severity_number: 9, ..LogRecord::default() });
}

#[test]
fn a_null_beside_a_value_does_not_hide_it() {
    let batch = logs(
        r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"kept","arrayValue":null,"intValue":null}}]}]}]}"#,
    )
    .expect("decodes");
    assert_eq!(first_log(&batch).body, Value::Text("kept".into()));
}

#[test]
fn the_agents_form_holds_logs_and_spans() {
    let json = r#"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736",
        "spanId":"00F067AA0BA902B7","name":"documentLoad","startTimeUnixNano":"5","endTimeUnixNano":7}]}]}],
        "resourceLogs":[{"scopeLogs":[{"logRecords":[{"eventName":"limen.view"}]}]}]}"#;
    let batch = decode(json.as_bytes(), Format::AgentJson, Signal::Logs, &Limits::BROWSER).expect("decodes");
    assert_eq!(first_log(&batch).event_name, "limen.view");
    assert_eq!(batch.spans[0].records[0].span_id.to_string(), "00f067aa0ba902b7");
}

#[test]
fn an_envelope_of_another_signal_is_passed_over() {
    let json = r#"{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}"#;
    assert_eq!(logs(json).expect("decodes"), ReceivedBatch::default());
}

#[test]
fn broken_json_is_refused_with_a_place_and_a_hint() {
    for json in [
        "",
        "[]",
        "{\"resourceLogs\":[",
        "{\"resourceLogs\":{}}",
        "{} {}",
        r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}]}]}]}"#,
        r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":"SEVERITY_NUMBER_INFO"}]}]}]}"#,
        r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":"text"}]}]}]}"#,
    ] {
        let error = logs(json).expect_err(json);
        assert_eq!(error.outcome(), Outcome::JsonBroken, "{json}");
        assert!(error.to_string().contains("at line 1 column"), "{error}");
    }
    let error = decode(b"\x0a\xff\xff", Format::Json, Signal::Logs, &Limits::BROWSER).expect_err("no text");
    assert!(error.to_string().contains("application/x-protobuf"), "{error}");
}

#[test]
fn nesting_without_end_is_refused_and_harmless() {
    let deep = format!(
        r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{"body":{}"#,
        r#"{"arrayValue":{"values":["#.repeat(50_000)
    );
    assert_eq!(logs(&deep).expect_err("refused").outcome(), Outcome::JsonBroken);
    let unknown = format!(r#"{{"x":{}"#, "[".repeat(200_000));
    assert_eq!(logs(&unknown).expect_err("refused").outcome(), Outcome::JsonBroken);
}
