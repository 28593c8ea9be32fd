//! Each limit of a body is where it is said to be: what just fits comes in, one more does not.

use libdeflater::{CompressionLvl, Compressor};
use limen_ingest::{Encoding, Format, Limits, decode, open};
use limen_model::received::LogRecord;
use limen_model::{Outcome, Signal};

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = Compressor::new(CompressionLvl::default());
    let mut packed = vec![0; compressor.gzip_compress_bound(bytes.len())];
    let length = compressor.gzip_compress(bytes, &mut packed).expect("room enough");
    packed.truncate(length);
    packed
}

/// Packs about 20 : 1, as telemetry with long names does: numbers in decimal digits between words.
fn text(bytes: usize) -> Vec<u8> {
    let words = (0_u32..).flat_map(|n| {
        format!(
            "{:04} is a value of some attribute of one of the records of a view ",
            n.wrapping_mul(2_654_435_761) >> 20
        )
        .into_bytes()
    });
    words.take(bytes).collect()
}

fn opened(body: &[u8], encoding: Encoding, limits: &Limits) -> Result<usize, Outcome> {
    open(body, encoding, limits).map(|opened| opened.len()).map_err(|error| error.outcome())
}

/// The one log record with these fields, or why there is none.
fn record<T>(fields: &str, limits: &Limits, read: impl FnOnce(&LogRecord<'_>) -> T) -> Result<T, Outcome> {
    let json = format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{{fields}}}]}}]}}]}}"#);
    let batch = decode(json.as_bytes(), Format::Json, Signal::Logs, limits).expect("decodes");
    match batch.rejections.iter().next() {
        Some((_, outcome, _)) => Err(outcome),
        None => Ok(read(&batch.logs[0].records[0])),
    }
}

#[test]
fn a_body_has_64_kib_packed_and_1_mib_open_from_browsers_and_4_and_32_from_services() {
    for (limits, sent_max, open_max) in [(Limits::BROWSER, 64 * KIB, MIB), (Limits::BACKEND, 4 * MIB, 32 * MIB)] {
        assert_eq!(opened(&vec![b' '; sent_max], Encoding::Identity, &limits), Ok(sent_max));
        assert_eq!(opened(&vec![b' '; sent_max + 1], Encoding::Identity, &limits), Err(Outcome::BodyTooLarge));
        let fits = gzip(&text(open_max));
        assert!(fits.len() <= sent_max, "{} bytes packed: the test's text must fit", fits.len());
        assert_eq!(opened(&fits, Encoding::Gzip, &limits), Ok(open_max));
        assert_eq!(opened(&gzip(&text(open_max + 1)), Encoding::Gzip, &limits), Err(Outcome::BodyExpandsTooMuch));
    }
}

#[test]
fn a_body_may_become_200_times_larger_and_no_more() {
    for limits in [Limits::BROWSER, Limits::BACKEND] {
        assert_eq!(limits.open_ratio_max, 200);
        let bomb = gzip(&vec![b' '; MIB]);
        assert!(MIB / bomb.len() > 200, "zeros pack better than the limit");
        assert_eq!(opened(&bomb, Encoding::Gzip, &limits), Err(Outcome::BodyExpandsTooMuch));
    }
}

#[test]
fn a_record_has_128_attributes() {
    let fields = |count: usize| {
        let list: Vec<_> = (0..count).map(|n| format!(r#"{{"key":"k{n}","value":{{"intValue":1}}}}"#)).collect();
        format!(r#""attributes":[{}]"#, list.join(","))
    };
    for limits in [Limits::BROWSER, Limits::BACKEND] {
        assert_eq!(record(&fields(128), &limits, |record| record.attributes.0.len()), Ok(128));
        assert_eq!(record(&fields(129), &limits, |_| ()), Err(Outcome::AttributesTooMany));
    }
}

#[test]
fn a_key_has_128_bytes_a_value_4_kib_and_a_stack_64_kib() {
    let fields = |key: &str, bytes: usize| {
        format!(r#""attributes":[{{"key":"{key}","value":{{"stringValue":"{}"}}}}]"#, "v".repeat(bytes))
    };
    let key = |bytes: usize| "k".repeat(bytes);
    for limits in [Limits::BROWSER, Limits::BACKEND] {
        for (sent, kept) in [(128, 128), (129, 128)] {
            let found = record(&fields(&key(sent), 1), &limits, |record| record.attributes.0[0].0.len());
            assert_eq!(found, Ok(kept));
        }
        for (name, max) in [("note", 4 * KIB), ("exception.stacktrace", 64 * KIB)] {
            for sent in [max, max + 1] {
                let found =
                    record(&fields(name, sent), &limits, |record| record.attributes.text(name).map_or(0, str::len));
                assert_eq!(found, Ok(max), "{name} of {sent} bytes");
            }
        }
    }
}

#[test]
fn a_value_has_8_levels() {
    let fields = |levels: usize| {
        let begin = r#"{"arrayValue":{"values":["#.repeat(levels);
        format!(r#""body":{begin}{{"intValue":1}}{}"#, "]}}".repeat(levels))
    };
    for limits in [Limits::BROWSER, Limits::BACKEND] {
        assert_eq!(record(&fields(8), &limits, |_| ()), Ok(()));
        assert_eq!(record(&fields(9), &limits, |_| ()), Err(Outcome::ValueTooDeep));
    }
}
