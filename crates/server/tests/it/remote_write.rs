//! Prometheus's remote write from outside: what is stored, what the headers say, and the status of every refusal.

use prost::encoding::encode_varint;
use reqwest::{Client, Response};

use crate::records::now_nano;
use crate::serving::Serving;

const VERSION_2: &str = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

/// A field that holds bytes.
fn field(number: u64, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    encode_varint(number << 3 | 2, &mut out);
    encode_varint(bytes.len() as u64, &mut out);
    [out, bytes.to_vec()].concat()
}

fn sample(value: f64, unix_milli: u64) -> Vec<u8> {
    let mut out = [&[0x09][..], &value.to_le_bytes(), &[0x10]].concat();
    encode_varint(unix_milli, &mut out);
    out
}

/// A `prometheus.WriteRequest` of one series.
fn first(name: &str, samples: &[(f64, u64)]) -> Vec<u8> {
    let label = |name: &str, value: &str| field(1, &[field(1, name.as_bytes()), field(2, value.as_bytes())].concat());
    let mut series = [label("__name__", name), label("job", "node")].concat();
    samples.iter().for_each(|(value, time)| series.extend(field(2, &sample(*value, *time))));
    field(1, &series)
}

/// An `io.prometheus.write.v2.Request` of one series with its kind.
fn second(name: &str, kind: u8, value: f64, unix_milli: u64) -> Vec<u8> {
    let symbols = ["", "__name__", name, "job", "node"].map(|symbol| field(4, symbol.as_bytes())).concat();
    let series = [field(1, &[1, 2, 3, 4]), field(2, &sample(value, unix_milli)), field(5, &[0x08, kind])].concat();
    [symbols, field(5, &series)].concat()
}

fn snappy(bytes: &[u8]) -> Vec<u8> {
    snap::raw::Encoder::new().compress_vec(bytes).expect("short")
}

async fn write(server: &Serving, kind: &str, encoding: &str, body: Vec<u8>) -> Response {
    let request = Client::new().post(format!("{}/api/v1/write", server.otlp)).bearer_auth(&server.key);
    let request = request.header("content-type", kind).header("content-encoding", encoding);
    request.body(body).send().await.expect("an answer")
}

fn written(response: &Response) -> [&str; 3] {
    ["samples", "histograms", "exemplars"].map(|what| {
        let header = &response.headers()[format!("x-prometheus-remote-write-{what}-written")];
        header.to_str().expect("text")
    })
}

#[tokio::test]
async fn both_versions_are_stored_as_metrics_of_their_job() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let now = now_nano() / 1_000_000;
    let body = first("node_load1", &[(0.5, now - 1), (0.75, now)]);
    let one = write(&server, "application/x-protobuf", "snappy", snappy(&body)).await;
    assert_eq!((one.status().as_u16(), written(&one)), (204, ["2", "0", "0"]));
    let two = write(&server, VERSION_2, "snappy", snappy(&second("odd", 1, 7.0, now))).await;
    assert_eq!((two.status().as_u16(), written(&two)), (204, ["1", "0", "0"]));
    let answer = server.ask("/metrics").await;
    let metric = |name: &str| {
        let found = answer["metrics"].as_array().and_then(|list| list.iter().find(|metric| metric["name"] == name));
        let found = found.unwrap_or_else(|| panic!("{name} in {answer}"));
        (found["kind"].clone(), found["service"].clone(), found["last_value"].clone())
    };
    assert_eq!(metric("node_load1"), ("gauge".into(), "node".into(), 0.75.into()));
    assert_eq!(metric("odd"), ("sum".into(), "node".into(), 7.0.into()));
}

#[tokio::test]
async fn a_partial_write_is_told_with_its_numbers_and_its_reason() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let body = first("up", &[(1.0, now_nano() / 1_000_000), (1.0, 5)]);
    let answer = write(&server, "application/x-protobuf", "snappy", snappy(&body)).await;
    assert_eq!((answer.status().as_u16(), written(&answer)), (400, ["1", "0", "0"]));
    let text = answer.text().await.expect("a reason");
    assert!(text.contains("time_out_of_range"), "{text}");
    assert_eq!(server.outcome("accepted").await, 1);
}

#[tokio::test]
async fn every_refusal_of_remote_write_has_its_status_and_its_count() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let good = snappy(&first("up", &[(1.0, now_nano() / 1_000_000)]));
    let version_3 = "application/x-protobuf;proto=io.prometheus.write.v3.Request";
    let bomb = snappy(&vec![0; 64 * 1024 * 1024]);
    let cases = [
        (version_3, "snappy", good.clone(), 415, "content_type_unsupported"),
        (VERSION_2, "lz4", good.clone(), 415, "encoding_unsupported"),
        (VERSION_2, "snappy", good[..20].to_vec(), 400, "snappy_broken"),
        (VERSION_2, "snappy", snappy(&[0x2A, 0x7F]), 400, "protobuf_broken"),
        (VERSION_2, "snappy", bomb, 413, "body_expands_too_much"),
    ];
    for (kind, encoding, body, status, outcome) in cases {
        let answer = write(&server, kind, encoding, body).await;
        assert_eq!((answer.status().as_u16(), written(&answer)), (status, ["0"; 3]), "{outcome}");
        assert!(answer.text().await.expect("a reason").len() > 20, "{outcome}");
        assert_eq!(server.outcome(outcome).await, 1, "{outcome}");
    }
    let keyless = Client::new().post(format!("{}/api/v1/write", server.otlp)).body(good);
    assert_eq!(keyless.send().await.expect("an answer").status(), 401);
}
