//! Figures and slow work as OTLP's JSON. Names become OpenTelemetry's: points instead of underscores, units apart.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use limen_store::SlowInsert;
use serde_json::{Value as Json, json};

use super::figures::{Family, Kind, Labels, Value};
use super::slow::SlowQuestion;

const CUMULATIVE: u8 = 2;
const SERVER: u8 = 2;
const CLIENT: u8 = 3;
const ERROR: u8 = 2;

/// An `ExportMetricsServiceRequest`.
pub fn metrics(families: &[Family], started: SystemTime, now: SystemTime) -> Json {
    let metrics: Vec<Json> = families
        .iter()
        .filter(|family| !family.samples.is_empty())
        .map(|family| metric(family, started, now))
        .collect();
    json!({ "resourceMetrics": [{
        "resource": resource(),
        "scopeMetrics": [{ "scope": { "name": "limen" }, "metrics": metrics }],
    }] })
}

/// An `ExportTraceServiceRequest`, or nothing when there is nothing to tell. `id` gives random numbers.
pub fn spans(questions: &[SlowQuestion], inserts: &[SlowInsert], mut id: impl FnMut() -> u128) -> Option<Json> {
    let questions = questions.iter().map(question);
    let all: Vec<Json> = questions
        .chain(inserts.iter().map(insert))
        .map(|mut span| {
            span["traceId"] = format!("{:032x}", id()).into();
            // Neither may be zero.
            span["spanId"] = format!("{:016x}", (id() as u64).max(1)).into();
            span
        })
        .collect();
    (!all.is_empty()).then(|| {
        json!({ "resourceSpans": [{
            "resource": resource(),
            "scopeSpans": [{ "scope": { "name": "limen" }, "spans": all }],
        }] })
    })
}

fn resource() -> Json {
    json!({ "attributes": [text("service.name", "limen"), text("service.version", env!("CARGO_PKG_VERSION"))] })
}

fn metric(family: &Family, started: SystemTime, now: SystemTime) -> Json {
    let definition = &family.definition;
    let points: Vec<Json> = family.samples.iter().map(|(labels, value)| point(labels, value, started, now)).collect();
    let (kind, data) = match definition.kind {
        Kind::Counter => {
            ("sum", json!({ "aggregationTemporality": CUMULATIVE, "isMonotonic": true, "dataPoints": points }))
        }
        Kind::Gauge | Kind::Info => ("gauge", json!({ "dataPoints": points })),
        Kind::Histogram => ("histogram", json!({ "aggregationTemporality": CUMULATIVE, "dataPoints": points })),
    };
    let unit = match definition.unit {
        "seconds" => "s",
        "bytes" => "By",
        _ => "1",
    };
    json!({ "name": name(definition.name, definition.unit), "description": definition.help, "unit": unit, kind: data })
}

/// As a receiver that translates it for Prometheus would name it again.
fn name(name: &str, unit: &str) -> String {
    let name = name.strip_suffix("_total").unwrap_or(name);
    let name = name.strip_suffix(unit).unwrap_or(name).trim_end_matches('_');
    name.replace('_', ".")
}

fn point(labels: &Labels, value: &Value, started: SystemTime, now: SystemTime) -> Json {
    let attributes: Vec<Json> = labels.iter().map(|(key, value)| text(key, value)).collect();
    let mut point = json!({
        "attributes": attributes,
        "startTimeUnixNano": nano(started),
        "timeUnixNano": nano(now),
    });
    match value {
        Value::Count(count) => point["asInt"] = count.to_string().into(),
        Value::Number(number) => point["asDouble"] = (*number).into(),
        Value::Histogram { bounds, counts, sum } => {
            point["explicitBounds"] = bounds.to_vec().into();
            point["bucketCounts"] = counts.iter().map(u64::to_string).collect::<Vec<_>>().into();
            point["count"] = counts.iter().sum::<u64>().to_string().into();
            point["sum"] = (*sum).into();
        }
    }
    point
}

fn question(question: &SlowQuestion) -> Json {
    let name = format!("{} {}", question.method, question.route);
    let attributes = vec![
        text("http.request.method", &question.method),
        text("http.route", &question.route),
        number("http.response.status_code", question.status.into()),
    ];
    span(&name, SERVER, (question.began, question.took), question.status >= 500, attributes)
}

fn insert(insert: &SlowInsert) -> Json {
    let name = format!("INSERT {}", insert.table.name());
    let attributes = vec![
        text("db.system.name", "clickhouse"),
        text("db.collection.name", insert.table.name()),
        number("db.operation.batch.size", insert.rows),
        number("limen.insert.bytes", insert.bytes),
    ];
    span(&name, CLIENT, (insert.began, insert.took), insert.failed, attributes)
}

fn span(name: &str, kind: u8, (began, took): (SystemTime, Duration), failed: bool, attributes: Vec<Json>) -> Json {
    json!({
        "name": name,
        "kind": kind,
        "startTimeUnixNano": nano(began),
        "endTimeUnixNano": nano(began + took),
        "attributes": attributes,
        "status": if failed { json!({ "code": ERROR }) } else { json!({}) },
    })
}

fn text(key: &str, value: &str) -> Json {
    json!({ "key": key, "value": { "stringValue": value } })
}

fn number(key: &str, value: usize) -> Json {
    json!({ "key": key, "value": { "intValue": value.to_string() } })
}

fn nano(time: SystemTime) -> String {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_string()
}

#[cfg(test)]
mod tests {
    use limen_ingest::{Format, Limits, decode};
    use limen_model::Signal;
    use limen_model::received::MetricData;
    use limen_store::Table;

    use super::super::figures::families as define;
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn every_kind_of_figure_is_read_back_as_metric() {
        let histogram = Value::Histogram { bounds: &[0.5, 1.0], counts: vec![1, 0, 2], sum: 7.25 };
        let families = [
            Family::of(define::OUTCOMES, [(vec![("app", "shop".to_owned())], Value::Count(3))]),
            Family::single(define::SPOOL_AGE_SECONDS, Value::Number(1.5)),
            Family::single(define::COMMIT_SECONDS, histogram),
            Family::of(define::REQUESTS, []),
        ];
        let body = metrics(&families, at(1_767_225_600), at(1_767_225_630)).to_string();
        let batch = decode(body.as_bytes(), Format::Json, Signal::Metrics, &Limits::BACKEND).expect("valid OTLP");
        assert!(batch.rejections.is_empty());
        let found: Vec<_> = batch.metrics[0].records.iter().map(|metric| (&*metric.name, &*metric.unit)).collect();
        let expected = [("limen.outcomes", "1"), ("limen.spool.oldest.entry.age", "s"), ("limen.commit.duration", "s")];
        assert_eq!(found, expected);
        assert!(matches!(batch.metrics[0].records[2].data, MetricData::Histogram { .. }));
    }

    #[test]
    fn slow_work_is_read_back_as_spans() {
        let question = SlowQuestion {
            method: "GET".to_owned(),
            route: "/api/v1/traces/{id}".to_owned(),
            status: 503,
            began: at(1_767_225_600),
            took: Duration::from_secs(2),
        };
        let insert = SlowInsert {
            table: Table::Views,
            rows: 7,
            bytes: 700,
            began: at(1_767_225_600),
            took: Duration::from_secs(3),
            failed: false,
            only_app: None,
        };
        let mut last = 0;
        let body = spans(&[question], &[insert], || {
            last += 1;
            last
        });
        let body = body.expect("two spans").to_string();
        let batch = decode(body.as_bytes(), Format::Json, Signal::Traces, &Limits::BACKEND).expect("valid OTLP");
        assert!(batch.rejections.is_empty());
        let spans = &batch.spans[0].records;
        let told: Vec<_> = spans
            .iter()
            .map(|span| (&*span.name, span.end_time_unix_nano - span.start_time_unix_nano, span.status_code))
            .collect();
        assert_eq!(told, [("GET /api/v1/traces/{id}", 2_000_000_000, 2), ("INSERT views", 3_000_000_000, 0)]);
        assert_ne!(spans[0].trace_id, spans[1].trace_id);
        assert!(super::spans(&[], &[], || 1).is_none());
    }
}
