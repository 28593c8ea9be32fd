//! What services send: spans, logs and metrics.

use limen_ingest::Format;
use limen_model::{Outcome, Signal};

use crate::samples::{START, enrich, read, request};

#[test]
fn old_names_of_http_and_databases_fill_the_columns() {
    let json = read("service-traces-old-names.json");
    let batch = enrich(&json, Format::Json, Signal::Traces, &request());
    let [server, database] = &*batch.spans else { panic!("two spans") };
    assert_eq!((&*server.service, &*server.release, &*server.environment), ("cart", "7", "production"));
    assert_eq!((&*server.http_method, server.http_status), ("GET", 200));
    assert_eq!((&*server.url_template, &*server.url), ("/cart/:user", "/cart/4711"));
    assert_eq!((&*server.server_address, &*server.country), ("cart.internal", ""));
    assert_eq!(
        (&*database.db_system, &*database.db_statement),
        ("postgresql", "SELECT * FROM cart WHERE user_id = $1")
    );
    assert_eq!((database.status_code, &*database.status_message), (2, "timed out"));
    assert_eq!((database.events[0].0, &*database.events[0].1), (START + 50_000_000, "exception"));
}

#[test]
fn the_address_of_a_user_that_a_service_passes_on_is_dropped() {
    let json = read("service-traces-old-names.json");
    let batch = enrich(&json, Format::Json, Signal::Traces, &request());
    assert!(!format!("{batch:?}").contains("203.0.113.7"));
}

#[test]
fn a_log_line_keeps_its_trace_and_the_same_line_twice_is_two() {
    let json = read("service-logs.json");
    let batch = enrich(&json, Format::Json, Signal::Logs, &request());
    let [one, other] = &*batch.logs else { panic!("two lines") };
    assert_eq!((&*one.body, &*one.severity_text, one.severity_number), ("pool exhausted", "WARN", 13));
    assert_eq!((&*one.service, &*one.scope_name), ("cart", "cart"));
    assert!(one.trace_id.is_some() && one.span_id.is_some());
    assert_ne!(one.log_id, other.log_id);
    let again = enrich(&json, Format::Json, Signal::Logs, &request());
    assert_eq!((one.log_id, other.log_id), (again.logs[0].log_id, again.logs[1].log_id));
}

#[test]
fn every_kind_of_metric_has_its_columns() {
    let json = read("service-metrics.json");
    let batch = enrich(&json, Format::Json, Signal::Metrics, &request());
    let [gauge, sum, histogram, exponential, summary] = &*batch.metrics else { panic!("five points") };
    assert_eq!((&*gauge.kind, gauge.value, &*gauge.unit), ("gauge", 1_048_576.0, "By"));
    assert_eq!((&*sum.kind, &*sum.temporality, sum.monotonic, sum.value), ("sum", "cumulative", true, 42.0));
    assert_eq!((&*histogram.bounds, &*histogram.bucket_counts), (&[0.2, 0.5][..], &[1, 2, 0][..]));
    assert_eq!((histogram.sum, histogram.max), (Some(0.75), Some(0.5)));
    assert_eq!((exponential.scale, exponential.positive_offset, &*exponential.positive_counts), (3, -1, &[1, 1][..]));
    assert_eq!((&*summary.bounds, &*summary.quantile_values), (&[0.5, 1.0][..], &[1.5, 2.0][..]));
    assert!(batch.metrics.iter().all(|point| point.service == "cart"));
}

#[test]
fn a_histogram_that_does_not_add_up_and_a_number_that_is_none_are_refused() {
    let json = read("service-metrics.json")
        .replace(r#""explicitBounds""#, r#""otherBounds""#)
        .replace(r#""asDouble": 42.0"#, r#""asDouble": "NaN""#);
    let batch = enrich(&json, Format::Json, Signal::Metrics, &request());
    assert_eq!(batch.metrics.len(), 3);
    assert_eq!(batch.rejections.iter().collect::<Vec<_>>(), [(Signal::Metrics, Outcome::MetricInvalid, 2)]);
}
