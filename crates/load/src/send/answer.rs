//! What a receiver said: taken, how many records not, and when to come again.

use std::time::Duration;

use hyper::HeaderMap;
use hyper::header::{CONTENT_TYPE, RETRY_AFTER};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// 0 when there was no answer.
    pub status: u16,
    /// Records that a taken request was not kept of.
    pub rejected: u64,
    pub retry_after: Option<Duration>,
}

impl Answer {
    pub fn none() -> Self {
        Self { status: 0, rejected: 0, retry_after: None }
    }

    pub fn read(status: u16, headers: &HeaderMap, body: &[u8]) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let json = text(CONTENT_TYPE).is_some_and(|kind| kind.contains("json"));
        let rejected = if json { rejected_in_json(body) } else { rejected_in_protobuf(body) };
        let seconds = text(RETRY_AFTER).and_then(|value| value.trim().parse().ok());
        Self { status, rejected: rejected.unwrap_or(0), retry_after: seconds.map(Duration::from_secs) }
    }

    pub fn is_taken(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// As OTLP says: these are passing faults, everything else stays as it is.
    pub fn may_come_again(&self) -> bool {
        matches!(self.status, 0 | 429 | 502 | 503 | 504)
    }
}

/// `{"partialSuccess":{"rejectedLogRecords":"3",…}}`, as text or as number. Both signals of an answer are added.
fn rejected_in_json(body: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(body).ok()?;
    let counts = ["\"rejectedLogRecords\"", "\"rejectedSpans\""].iter().filter_map(|name| {
        let (_, rest) = text.split_once(name)?;
        let digits = rest.trim_start_matches([' ', ':', '"']);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        digits[..end].parse::<u64>().ok()
    });
    Some(counts.sum())
}

/// partial_success = 1, and in it the count = 1.
fn rejected_in_protobuf(body: &[u8]) -> Option<u64> {
    let (&0x0A, rest) = body.split_first()? else { return None };
    let (length, partial) = varint(rest)?;
    let partial = partial.get(..usize::try_from(length).ok()?)?;
    let (&0x08, rest) = partial.split_first()? else { return None };
    varint(rest).map(|(count, _)| count)
}

fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let end = bytes.iter().take(10).position(|byte| byte & 0x80 == 0)?;
    let value = bytes[..=end].iter().rev().fold(0_u64, |value, byte| value << 7 | u64::from(byte & 0x7F));
    Some((value, &bytes[end + 1..]))
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    fn read(kind: &'static str, body: &[u8]) -> u64 {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(kind))]);
        Answer::read(200, &headers, body).rejected
    }

    #[test]
    fn records_that_were_not_kept_are_found_in_both_forms() {
        assert_eq!(read("application/json", br#"{"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"x"}}"#), 3);
        assert_eq!(read("application/json", br#"{"partialSuccess":{"rejectedSpans": 12}}"#), 12);
        assert_eq!(read("application/json", b"{}"), 0);
        assert_eq!(read("application/x-protobuf", &[0x0A, 3, 0x08, 0x96, 0x01]), 150);
        assert_eq!(read("application/x-protobuf", b""), 0);
        assert_eq!(read("application/x-protobuf", &[0x0A, 200, 0x08, 1]), 0);
    }

    #[test]
    fn a_receiver_says_when_to_come_again() {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("3"))]);
        let answer = Answer::read(503, &headers, b"");
        assert_eq!((answer.may_come_again(), answer.retry_after), (true, Some(Duration::from_secs(3))));
        assert!(!Answer::read(401, &HeaderMap::new(), b"").may_come_again());
        assert!(Answer::none().may_come_again());
    }
}
