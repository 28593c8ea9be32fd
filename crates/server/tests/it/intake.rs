//! The doors for telemetry under good and bad input: the status, the message, the count, and what is kept.

use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::records::{log, logs, now_nano, span, traces};
use crate::serving::Serving;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN: &str = "00f067aa0ba902b7";

async fn post(server: &Serving, path: &str, kind: &str, body: Vec<u8>) -> Response {
    let request = Client::new().post(format!("{}{path}", server.otlp));
    request.header("limen-key", &server.key).header(CONTENT_TYPE, kind).body(body).send().await.expect("an answer")
}

async fn post_json(server: &Serving, path: &str, body: &Value) -> (u16, Value) {
    let response = post(server, path, "application/json", body.to_string().into_bytes()).await;
    let status = response.status().as_u16();
    (status, response.json().await.expect("JSON"))
}

#[tokio::test]
async fn every_kind_of_bad_request_gets_its_status_a_message_and_a_count() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let big = vec![b'x'; 10 * 1024 * 1024];
    let cases: [(&str, &str, Vec<u8>, u16, &str); 6] = [
        ("/v1/logs", "text/html", b"{}".to_vec(), 415, "content_type_unsupported"),
        ("/v1/logs", "application/json", b"{\"resourceLogs\": [".to_vec(), 400, "json_broken"),
        ("/v1/traces", "application/x-protobuf", vec![0x0A, 0x7F, 0x01], 400, "protobuf_broken"),
        ("/v1/logs", "application/json", big, 413, "body_too_large"),
        ("/v1/logs", "application/json", vec![0xFF, 0xFE], 400, "json_broken"),
        ("/v1/rum", "text/plain", "[".repeat(50_000).into_bytes(), 400, "json_broken"),
    ];
    for (path, kind, body, status, outcome) in cases {
        let before = server.outcome(outcome).await;
        let base = if path == "/v1/rum" { &server.url } else { &server.otlp };
        let request = Client::new().post(format!("{base}{path}")).header("limen-key", &server.key);
        let response = request.header(CONTENT_TYPE, kind).body(body).send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), status, "{path} {kind} {outcome}");
        let text = response.bytes().await.expect("a body");
        assert!(text.len() > 20, "a message for {outcome}");
        assert_eq!(server.outcome(outcome).await, before + 1, "{outcome}");
    }
}

#[tokio::test]
async fn a_missing_or_wrong_key_is_refused_whatever_the_body() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let send = async |key: Option<&str>| {
        let mut request = Client::new().post(format!("{}/v1/logs", server.otlp)).body("{}");
        if let Some(key) = key {
            request = request.header("limen-key", key);
        }
        request.header(CONTENT_TYPE, "application/json").send().await.expect("an answer")
    };
    let missing = send(None).await;
    assert_eq!(missing.status(), 401);
    let message: Value = missing.json().await.expect("a status");
    assert!(message["message"].as_str().expect("a message").contains("limen-key"), "{message}");
    assert_eq!(send(Some("lkp_wrong")).await.status(), 401);
    assert_eq!(send(Some("../../etc/passwd")).await.status(), 401);
    // A sender in the middle of a large body still sees why it is refused.
    let large = Client::new().post(format!("{}/v1/logs", server.otlp)).body(vec![b'x'; 8 * 1024 * 1024]);
    assert_eq!(large.send().await.expect("an answer").status(), 401);
    assert_eq!(server.outcome("key_missing").await, 2);
    assert_eq!(server.outcome("key_unknown").await, 2);
}

#[tokio::test]
async fn a_gzip_bomb_is_refused_and_honest_gzip_taken() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let send = async |body: Vec<u8>| {
        let request = Client::new().post(format!("{}/v1/logs", server.otlp)).header("limen-key", &server.key);
        let request = request.header(CONTENT_TYPE, "application/json").header(CONTENT_ENCODING, "gzip");
        request.body(body).send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(send(gzip(&vec![b' '; 128 * 1024 * 1024])).await, 413);
    assert_eq!(server.outcome("body_expands_too_much").await, 1);
    assert_eq!(send(b"no gzip at all".to_vec()).await, 400);
    assert_eq!(server.outcome("gzip_broken").await, 1);
    assert_eq!(send(gzip(logs(&[log(now_nano(), "packed")]).to_string().as_bytes())).await, 200);
    assert_eq!(server.outcome("accepted").await, 1);
}

#[tokio::test]
async fn zstd_and_gzip_of_two_members_are_taken_and_brotli_is_told_what_would_be() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let send = async |encoding: &str, body: Vec<u8>| {
        let request = Client::new().post(format!("{}/v1/logs", server.otlp)).header("limen-key", &server.key);
        let request = request.header(CONTENT_TYPE, "application/json").header(CONTENT_ENCODING, encoding);
        request.body(body).send().await.expect("an answer")
    };
    let body = logs(&[log(now_nano(), "packed")]).to_string().into_bytes();
    assert_eq!(send("zstd", zstd::encode_all(&*body, 3).expect("packed")).await.status(), 200);
    let (begin, end) = body.split_at(body.len() / 2);
    assert_eq!(send("gzip", [gzip(begin), gzip(end)].concat()).await.status(), 200);
    assert_eq!(server.outcome("accepted").await, 2);
    assert_eq!(send("zstd", body.clone()).await.status(), 400);
    assert_eq!(server.outcome("zstd_broken").await, 1);
    let refused = send("br", body).await;
    assert_eq!(refused.status(), 415);
    assert_eq!(refused.headers()["accept-encoding"], "gzip, zstd, identity");
    assert_eq!(server.outcome("encoding_unsupported").await, 1);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
    let mut packed = vec![0; compressor.gzip_compress_bound(bytes.len())];
    let length = compressor.gzip_compress(bytes, &mut packed).expect("room enough");
    packed.truncate(length);
    packed
}

#[tokio::test]
async fn the_good_records_of_a_batch_are_kept_and_the_bad_ones_named() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let spans = [span(TRACE, SPAN, "good"), span("abcd", SPAN, "short trace id"), span(TRACE, "", "no span id")];
    let (status, answer) = post_json(&server, "/v1/traces", &traces(&spans)).await;
    assert_eq!(status, 200);
    assert_eq!(answer["partialSuccess"]["rejectedSpans"], "2", "{answer}");
    assert!(answer["partialSuccess"]["errorMessage"].as_str().expect("why").contains("span_id_invalid"), "{answer}");

    const YEAR_2100_NANO: u64 = 4_102_444_800_000_000_000;
    let records = [log(now_nano(), "now"), log(1_000_000_000, "in 1970"), log(YEAR_2100_NANO, "in 2100")];
    let (status, answer) = post_json(&server, "/v1/logs", &logs(&records)).await;
    assert_eq!(status, 200);
    assert_eq!(answer["partialSuccess"]["rejectedLogRecords"], "2", "{answer}");
    assert_eq!(server.outcome("time_out_of_range").await, 2);
    assert_eq!(server.outcome("accepted").await, 2);

    let trace = server.ask(&format!("/traces/{TRACE}")).await;
    assert_eq!(trace["spans"][0]["name"], "good", "{trace}");
}

#[tokio::test]
async fn unknown_fields_and_empty_envelopes_are_no_errors() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let (status, answer) = post_json(&server, "/v1/logs", &json!({})).await;
    assert_eq!((status, answer), (200, json!({})));
    let mut body = logs(&[log(now_nano(), "with more than we know")]);
    body["resourceLogs"][0]["futureField"] = json!({ "deep": [1, 2, { "er": null }] });
    assert_eq!(post_json(&server, "/v1/logs", &body).await, (200, json!({})));
    assert_eq!(post(&server, "/v1/metrics", "application/x-protobuf", vec![]).await.status(), 200);
    assert_eq!(server.outcome("accepted").await, 1);
}

#[tokio::test]
async fn a_page_of_another_origin_may_send_with_and_without_a_preflight() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Serving::start(data.path());
    let client = Client::new();
    let rum = format!("{}/v1/rum?key={}", server.url, server.key);
    let preflight = client
        .request(reqwest::Method::OPTIONS, &rum)
        .header("origin", "https://shop.example")
        .header("access-control-request-method", "POST");
    let preflight = preflight.send().await.expect("an answer");
    assert_eq!(preflight.status(), 204);
    assert_eq!(preflight.headers()["access-control-allow-origin"], "https://shop.example");
    assert_eq!(preflight.headers()["access-control-allow-methods"], "POST");

    let beacon = client.post(&rum).header("origin", "https://shop.example").header(CONTENT_TYPE, "text/plain");
    let beacon = beacon.body(logs(&[log(now_nano(), "from a beacon")]).to_string()).send().await.expect("an answer");
    assert_eq!(beacon.status(), 200);
    assert_eq!(beacon.headers()["access-control-allow-origin"], "https://shop.example");
    assert_eq!(client.get(&rum).send().await.expect("an answer").status(), 405);
}
