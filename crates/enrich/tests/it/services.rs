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
fn a_histogram_that_does_not_add_up_is_refused_and_a_number_that_is_not_finite_is_one() {
    let json = read("service-metrics.json")
        .replace(r#""explicitBounds""#, r#""otherBounds""#)
        .replace(r#""asDouble": 42.0"#, r#""asDouble": "NaN""#);
    let batch = enrich(&json, Format::Json, Signal::Metrics, &request());
    assert_eq!(batch.metrics.len(), 4);
    assert!(batch.metrics[1].value.is_nan());
    assert_eq!(batch.rejections.iter().collect::<Vec<_>>(), [(Signal::Metrics, Outcome::MetricInvalid, 1)]);
}

#[test]
fn a_point_keeps_its_integer_its_end_and_the_spans_behind_it_but_no_address_of_a_user() {
    let json = read("service-metrics.json")
        .replace(r#""asInt": "1048576""#, r#""asInt": "9007199254740993""#)
        .replace(r#""asDouble": 42.0"#, r#""flags": 1"#)
        .replace(
            r#""count": "3","#,
            r#""count": "3", "attributes": [{"key": "client.address", "value": {"stringValue": "203.0.113.9"}}],
               "exemplars": [{"timeUnixNano": "1763830000050000000", "asDouble": 0.3,
                 "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": "00f067aa0ba902b7",
                 "filteredAttributes": [{"key": "client.address", "value": {"stringValue": "203.0.113.9"}},
                                        {"key": "page", "value": {"stringValue": "https://a.example/?q=secret"}}]},
                {"asInt": "7"}, {"timeUnixNano": "1763830000050000000"}],"#,
        );
    let batch = enrich(&json, Format::Json, Signal::Metrics, &request());
    let [gauge, sum, histogram, ..] = &*batch.metrics else { panic!("three points") };
    assert_eq!((gauge.value, gauge.value_int), (9_007_199_254_740_992.0, Some(9_007_199_254_740_993)));
    assert_eq!((sum.stale, sum.value, sum.value_int), (true, 0.0, None));
    let [one, other] = &*histogram.exemplars else { panic!("two exemplars") };
    assert_eq!((one.time_unix_nano, one.value), (START + 50_000_000, 0.3));
    assert!(one.trace_id.is_some() && one.span_id.is_some());
    assert_eq!((other.time_unix_nano, other.value, other.trace_id), (histogram.time_unix_nano, 7.0, None));
    assert_eq!(one.attributes.0.len(), 1, "{one:?}");
    assert!(!format!("{batch:?}").contains("203.0.113.9") && !format!("{batch:?}").contains("secret"), "{one:?}");
}
