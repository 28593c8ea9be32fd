//! Ids are stored in databases: if a test here fails, the hash has changed and every retry would count twice.

use limen_ingest::Format;
use limen_model::Signal;

use crate::samples::{START, enrich, from_agent, one_log, request, text};

#[test]
fn the_id_of_an_event_with_a_number_never_changes() {
    let attributes =
        [("session.id", &*text("s")), ("limen.view.id", &text("v")), ("limen.event.id", r#"{"intValue":7}"#)];
    let json = one_log("click", START, &attributes);
    assert_eq!(
        enrich(&json, Format::AgentJson, Signal::Logs, &from_agent()).events[0].event_id,
        15_993_021_320_250_524_796
    );
}

#[test]
fn the_id_of_an_event_without_a_number_never_changes() {
    let json = one_log("click", START, &[("session.id", &text("s")), ("a", r#"{"doubleValue":0.5}"#)]);
    assert_eq!(
        enrich(&json, Format::AgentJson, Signal::Logs, &from_agent()).events[0].event_id,
        10_444_020_459_183_496_222
    );
}

#[test]
fn the_id_of_a_log_line_never_changes() {
    let json = one_log("", START, &[("a", r#"{"boolValue":true}"#), ("b", r#"{"intValue":"-1"}"#)]);
    assert_eq!(enrich(&json, Format::Json, Signal::Logs, &request()).logs[0].log_id, 9_177_999_118_203_187_269);
}

#[test]
fn the_id_of_a_series_never_changes() {
    let json = format!(
        r#"{{"resourceMetrics":[{{"scopeMetrics":[{{"metrics":[{{"name":"m","gauge":{{"dataPoints":[{{"timeUnixNano":"{START}","asInt":1,"attributes":[{{"key":"pool","value":{{"stringValue":"heap"}}}}]}}]}}}}]}}]}}]}}"#
    );
    assert_eq!(enrich(&json, Format::Json, Signal::Metrics, &request()).metrics[0].series, 6_022_017_940_995_259_169);
}
