//! Whatever bytes a stranger sends: an answer, never a panic, and never more memory than the limits allow.

use std::borrow::Cow;

use libdeflater::{CompressionLvl, Compressor};
use limen_ingest::{Encoding, Format, Limits, decode, open};
use limen_model::Signal;
use limen_model::received::ReceivedBatch;
use proptest::collection::vec;
use proptest::prelude::*;
use prost::Message;

use crate::generate;

const FORMATS: [Format; 5] =
    [Format::Protobuf, Format::Json, Format::AgentJson, Format::RemoteWrite1, Format::RemoteWrite2];

/// Opens and decodes a body in every way there is.
fn send(body: &[u8]) {
    let limits = Limits::BROWSER;
    for encoding in [Encoding::Identity, Encoding::Gzip, Encoding::Zstd, Encoding::Snappy] {
        let Ok(opened) = open(body, encoding, &limits) else { continue };
        assert!(opened.len() <= limits.open_bytes_max);
        for format in FORMATS {
            for signal in Signal::ALL {
                if let Ok(batch) = decode(&opened, format, signal, &limits) {
                    assert_bounded(&batch, &limits);
                }
            }
        }
    }
}

fn assert_bounded(batch: &ReceivedBatch<'_>, limits: &Limits) {
    assert!(batch.logs.len() + batch.spans.len() + batch.metrics.len() <= limits.groups_max);
    let records = batch.logs.iter().map(|group| group.records.len()).sum::<usize>()
        + batch.spans.iter().map(|group| group.records.len()).sum::<usize>();
    assert!(records <= limits.records_max);
    for record in batch.logs.iter().flat_map(|group| &group.records) {
        assert!(record.attributes.0.len() <= limits.attributes_max);
        assert!(record.attributes.0.capacity() <= 2 * limits.attributes_max);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = Compressor::new(CompressionLvl::default());
    let mut packed = vec![0; compressor.gzip_compress_bound(bytes.len())];
    let length = compressor.gzip_compress(bytes, &mut packed).expect("fits its bound");
    packed.truncate(length);
    packed
}

/// The body with a few bits turned over and perhaps its end cut off.
fn damaged(mut body: Vec<u8>, flips: &[(usize, u8)], keep: usize) -> Vec<u8> {
    body.truncate(keep % (body.len() + 1));
    for (at, bit) in flips {
        let length = body.len().max(1);
        if let Some(byte) = body.get_mut(at % length) {
            *byte ^= 1 << (bit % 8);
        }
    }
    body
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_do_no_harm(body in vec(any::<u8>(), 0..2000)) {
        send(&body);
    }

    #[test]
    fn random_bytes_in_sound_gzip_do_no_harm(body in vec(any::<u8>(), 0..500)) {
        send(&gzip(&body));
    }

    #[test]
    fn random_bytes_in_sound_zstd_and_damaged_zstd_do_no_harm(
        body in vec(any::<u8>(), 0..500),
        flips in vec(any::<(usize, u8)>(), 0..4),
        keep in any::<usize>(),
    ) {
        let packed = zstd::encode_all(&*body.repeat(3), 3).expect("memory is large enough");
        send(&packed);
        send(&damaged(packed, &flips, keep));
    }

    #[test]
    fn gzip_of_several_members_is_what_they_hold_together(
        parts in vec(vec(any::<u8>(), 0..300), 1..5),
        flips in vec(any::<(usize, u8)>(), 0..4),
    ) {
        let packed: Vec<u8> = parts.iter().flat_map(|part| gzip(part)).collect();
        let opened = open(&packed, Encoding::Gzip, &Limits::BROWSER).expect("opens");
        prop_assert_eq!(&*opened, &parts.concat());
        let length = packed.len();
        send(&damaged(packed, &flips, length));
    }

    #[test]
    fn damaged_logs_do_no_harm(
        request in generate::logs(),
        flips in vec(any::<(usize, u8)>(), 0..4),
        keep in any::<usize>(),
    ) {
        send(&damaged(request.encode_to_vec(), &flips, keep));
        send(&damaged(serde_json::to_vec(&request).expect("serialises"), &flips, keep));
        send(&damaged(gzip(&request.encode_to_vec()), &flips, keep));
    }

    #[test]
    fn damaged_spans_and_metrics_do_no_harm(
        spans in generate::spans(),
        metrics in generate::metrics(),
        flips in vec(any::<(usize, u8)>(), 0..4),
        keep in any::<usize>(),
    ) {
        send(&damaged(spans.encode_to_vec(), &flips, keep));
        send(&damaged(metrics.encode_to_vec(), &flips, keep));
        send(&damaged(serde_json::to_vec(&spans).expect("serialises"), &flips, keep));
        send(&damaged(serde_json::to_vec(&metrics).expect("serialises"), &flips, keep));
    }

    #[test]
    fn a_decoded_text_borrows_from_the_body(name in "[a-z ]{1,20}") {
        let json = format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{"eventName":"{name}"}}]}}]}}]}}"#);
        let batch = decode(json.as_bytes(), Format::Json, Signal::Logs, &Limits::BROWSER).expect("decodes");
        prop_assert!(matches!(batch.logs[0].records[0].event_name, Cow::Borrowed(_)));
    }
}

#[test]
fn many_tiny_records_and_scopes_cost_no_more_than_the_limits() {
    let scopes = vec![r#"{"logRecords":[{}]}"#; 20_000].join(",");
    send(format!(r#"{{"resourceLogs":[{{"scopeLogs":[{scopes}]}}]}}"#).as_bytes());
    let records = vec!["{}"; 20_000].join(",");
    send(&gzip(format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{records}]}}]}}]}}"#).as_bytes()));
    // Two bytes each: an empty log record (field 2), in one scope (field 2), in one resource (field 1).
    let records = [0x12, 0x00].repeat(10_000);
    let scope = [&[0x12, 0xa0, 0x9c, 0x01][..], &records].concat();
    let mut request = vec![0x0a];
    prost::encoding::encode_varint(scope.len() as u64, &mut request);
    request.extend(scope);
    let batch = decode(&request, Format::Protobuf, Signal::Logs, &Limits::BROWSER).expect("decodes");
    assert_eq!(batch.logs[0].records.len(), Limits::BROWSER.records_max);
    assert_eq!(batch.rejections.count(Signal::Logs), 8_000);
}
