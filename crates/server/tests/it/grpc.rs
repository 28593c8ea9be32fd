//! OTLP over gRPC, from a client of HTTP/2: what is kept, and the status of every refusal.

use futures_util::future::join_all;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http2;
use hyper::{HeaderMap, Request};
use hyper_util::rt::{TokioExecutor, TokioIo};
use libdeflater::{CompressionLvl, Compressor};
use opentelemetry_proto::tonic::collector::logs::v1::{ExportLogsServiceRequest, ExportLogsServiceResponse};
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse};
use prost::Message;
use serde_json::json;
use tokio::net::TcpStream;

use crate::records::{log, logs, now_nano, span, traces};
use crate::serving::Serving;

const TRACES: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const LOGS: &str = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
const METRICS: &str = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

struct Answer {
    /// `grpc-status`, wherever it stood.
    status: i32,
    headers: HeaderMap,
    message: Vec<u8>,
}

struct Client {
    sender: http2::SendRequest<Full<Bytes>>,
    key: String,
}

impl Client {
    async fn connect(server: &Serving) -> Self {
        let stream = TcpStream::connect(server.grpc.trim_start_matches("http://")).await.expect("connected");
        let (sender, connection) =
            http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.expect("it speaks HTTP/2");
        tokio::spawn(connection);
        Self { sender, key: server.key.clone() }
    }

    async fn call(&self, path: &str, metadata: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = Request::post(format!("http://limen{path}")).header("content-type", "application/grpc");
        for (name, value) in metadata {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::from(body))).expect("a request");
        let response = self.sender.clone().send_request(request).await.expect("an answer");
        assert_eq!(response.status(), 200, "of HTTP");
        let headers = response.headers().clone();
        let body = response.into_body().collect().await.expect("a whole body");
        let trailers = body.trailers().cloned().unwrap_or_default();
        let status = headers.get("grpc-status").or(trailers.get("grpc-status")).expect("a status");
        let status = status.to_str().expect("text").parse().expect("a number");
        let message = body.to_bytes().get(5..).unwrap_or_default().to_vec();
        Answer { status, headers, message }
    }

    async fn send(&self, path: &str, message: &[u8]) -> Answer {
        self.call(path, &[("limen-key", &self.key)], frame(0, message)).await
    }
}

fn frame(packed: u8, message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).expect("short");
    [&[packed][..], &length.to_be_bytes(), message].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = Compressor::new(CompressionLvl::default());
    let mut packed = vec![0; compressor.gzip_compress_bound(bytes.len())];
    let length = compressor.gzip_compress(bytes, &mut packed).expect("room enough");
    packed.truncate(length);
    packed
}

fn some_spans(spans: &[serde_json::Value]) -> Vec<u8> {
    let request: ExportTraceServiceRequest = serde_json::from_value(traces(spans)).expect("OTLP");
    request.encode_to_vec()
}

fn some_logs(body: &str) -> Vec<u8> {
    let request: ExportLogsServiceRequest = serde_json::from_value(logs(&[log(now_nano(), body)])).expect("OTLP");
    request.encode_to_vec()
}

fn a_metric() -> Vec<u8> {
    let point = json!({ "timeUnixNano": now_nano().to_string(), "asDouble": 1.5 });
    let metric = json!({ "name": "queue", "gauge": { "dataPoints": [point] } });
    let request = json!({ "resourceMetrics": [{ "scopeMetrics": [{ "metrics": [metric] }] }] });
    let request: ExportMetricsServiceRequest = serde_json::from_value(request).expect("OTLP");
    request.encode_to_vec()
}

#[tokio::test]
async fn all_three_signals_are_kept_on_one_connection_at_once_and_found_by_the_api() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let client = Client::connect(&server).await;
    let spans = some_spans(&[span(TRACE, "00f067aa0ba902b7", "by gRPC")]);
    let (logs, metric) = (some_logs("by gRPC"), a_metric());
    let (one, two, three) =
        tokio::join!(client.send(TRACES, &spans), client.send(LOGS, &logs), client.send(METRICS, &metric));
    for answer in [&one, &two, &three] {
        assert_eq!((answer.status, answer.message.len()), (0, 0));
        assert_eq!(answer.headers["content-type"], "application/grpc");
    }
    assert_eq!(server.outcome("accepted").await, 3);
    assert_eq!(server.ask(&format!("/traces/{TRACE}")).await["spans"][0]["name"], "by gRPC");
}

#[tokio::test]
async fn packed_messages_and_both_ways_to_send_the_key_are_taken() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let client = Client::connect(&server).await;
    let bearer = format!("Bearer {}", server.key);
    let zstd = zstd::encode_all(&*some_logs("zstd"), 3).expect("packed");
    for (encoding, message) in [("gzip", gzip(&some_logs("gzip"))), ("zstd", zstd)] {
        let metadata = [("authorization", bearer.as_str()), ("grpc-encoding", encoding)];
        assert_eq!(client.call(LOGS, &metadata, frame(1, &message)).await.status, 0, "{encoding}");
    }
    assert_eq!(server.outcome("accepted").await, 2);
}

#[tokio::test]
async fn the_bad_records_of_a_call_are_counted_in_its_partial_success() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let client = Client::connect(&server).await;
    let spans = some_spans(&[span(TRACE, "00f067aa0ba902b7", "good"), span(TRACE, "", "no span id")]);
    let answer = client.send(TRACES, &spans).await;
    assert_eq!(answer.status, 0);
    let answer = ExportTraceServiceResponse::decode(&*answer.message).expect("OTLP").partial_success.expect("partial");
    assert_eq!(answer.rejected_spans, 1);
    assert!(answer.error_message.contains("span_id_invalid"), "{answer:?}");
    let whole = client.send(LOGS, &some_logs("fine")).await;
    assert_eq!(ExportLogsServiceResponse::decode(&*whole.message).expect("OTLP").partial_success, None);
}

#[tokio::test]
async fn every_refusal_has_its_status_its_reason_and_its_count() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let client = Client::connect(&server).await;
    let key = ("limen-key", server.key.as_str());
    let message = some_logs("refused");
    let large = vec![b'x'; 4 * 1024 * 1024 + 1];
    let bomb = gzip(&vec![0; 64 * 1024 * 1024]);
    type Case<'c> = (&'c [(&'c str, &'c str)], Vec<u8>, i32, &'c str);
    let cases: [Case<'_>; 7] = [
        (&[], frame(0, &message), 16, "key_missing"),
        (&[("limen-key", "lkp_wrong")], frame(0, &message), 16, "key_unknown"),
        (&[key], frame(0, &[0x0A, 0x7F, 0x01]), 3, "protobuf_broken"),
        (&[key, ("grpc-encoding", "snappy")], frame(1, &message), 12, "encoding_unsupported"),
        (&[key, ("grpc-encoding", "gzip")], frame(1, &message), 3, "gzip_broken"),
        (&[key], frame(0, &large), 8, "body_too_large"),
        (&[key, ("grpc-encoding", "gzip")], frame(1, &bomb), 8, "body_expands_too_much"),
    ];
    for (metadata, body, status, outcome) in cases {
        let answer = client.call(LOGS, metadata, body).await;
        assert_eq!(answer.status, status, "{outcome}");
        assert!(answer.headers["grpc-message"].len() > 20, "a reason for {outcome}");
        // Without RetryInfo a sender gives up on RESOURCE_EXHAUSTED, which is right for what never fits.
        assert!(!answer.headers.contains_key("grpc-status-details-bin"), "{outcome}");
        assert_eq!(answer.headers["grpc-accept-encoding"], "identity,gzip,zstd");
        assert_eq!(server.outcome(outcome).await, 1, "{outcome}");
    }
    assert_eq!(client.send("/grpc.health.v1.Health/Check", &[]).await.status, 12);
    assert_eq!(client.send(LOGS, &message).await.status, 0, "the connection is as good as before");
}

#[tokio::test]
async fn a_store_that_is_away_is_unavailable_with_the_time_to_come_again() {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = crate::serving::command(data.path());
    command.args(["--spool-max", "0"]);
    let server = Serving::from(command);
    let client = Client::connect(&server).await;
    let refused = loop {
        server.kill_engine_if_it_runs();
        let answer = client.send(LOGS, &some_logs("while it is away")).await;
        if answer.status != 0 {
            break answer;
        }
    };
    assert_eq!(refused.status, 14);
    let details = refused.headers["grpc-status-details-bin"].to_str().expect("text");
    // "google.rpc.RetryInfo" in base64, at one of the three places that a group of four digits may begin.
    let places = ["Z29vZ2xlLnJwYy5SZXRyeUluZm", "dvb2dsZS5ycGMuUmV0cnlJbmZv", "nb29nbGUucnBjLlJldHJ5SW5mb"];
    assert!(places.iter().any(|place| details.contains(place)), "{details}");
}

#[tokio::test]
async fn a_key_that_is_too_fast_is_told_when_to_come_again() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let policy = reqwest::Client::new().put(format!("{}/api/v1/admission", server.url));
    let policy = policy.json(&json!({ "key_requests_per_second": 1 })).send().await.expect("an answer");
    assert_eq!(policy.status(), 200);
    let client = Client::connect(&server).await;
    let message = some_logs("one of many");
    let answers = join_all((0..40).map(|_| client.send(LOGS, &message))).await;
    assert!(answers.iter().any(|answer| answer.status == 0));
    let refused = answers.into_iter().find(|answer| answer.status != 0).expect("not all of them come in");
    assert_eq!(refused.status, 8);
    assert!(refused.headers.contains_key("grpc-status-details-bin"), "{:?}", refused.headers);
    assert!(server.outcome("key_rate_limited").await >= 1);
}

#[tokio::test]
async fn calls_in_progress_end_before_the_server_does() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let client = Client::connect(&server).await;
    assert_eq!(client.send(LOGS, &some_logs("one")).await.status, 0);
    // The connection stays open; the stop must not wait for it.
    tokio::task::spawn_blocking(move || server.stop()).await.expect("an orderly end");
}
