//! Unpacks a body, never into more memory than the limit.

use std::borrow::Cow;

use libdeflater::{DecompressionError, Decompressor};

use crate::error::IngestError;
use crate::limits::Limits;

/// How a body is packed: the value of `Content-Encoding`, or of `enc=` in the agent's own form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    #[default]
    Identity,
    Gzip,
}

impl Encoding {
    /// Reads the header's value; an empty one means that nothing is packed.
    pub fn parse(text: &str) -> Result<Self, IngestError> {
        let text = text.trim();
        if text.is_empty() || text.eq_ignore_ascii_case("identity") {
            Ok(Encoding::Identity)
        } else if text.eq_ignore_ascii_case("gzip") || text.eq_ignore_ascii_case("x-gzip") {
            Ok(Encoding::Gzip)
        } else {
            Err(IngestError::EncodingUnsupported(text.chars().take(32).collect()))
        }
    }
}

/// Unpacks the body of a request; one that is not packed is borrowed as it is.
pub fn open<'a>(body: &'a [u8], encoding: Encoding, limits: &Limits) -> Result<Cow<'a, [u8]>, IngestError> {
    if body.len() > limits.body_bytes_max {
        return Err(IngestError::BodyTooLarge { actual: body.len(), limit: limits.body_bytes_max });
    }
    match encoding {
        Encoding::Identity if body.len() > limits.open_bytes_max => {
            Err(IngestError::BodyTooLarge { actual: body.len(), limit: limits.open_bytes_max })
        }
        Encoding::Identity => Ok(Cow::Borrowed(body)),
        Encoding::Gzip => gunzip(body, limits).map(Cow::Owned),
    }
}

/// The shortest gzip: a header of ten bytes, an empty block of two, a trailer of eight.
const GZIP_BYTES_MIN: usize = 20;

fn gunzip(body: &[u8], limits: &Limits) -> Result<Vec<u8>, IngestError> {
    if body.len() < GZIP_BYTES_MIN || body[..2] != [0x1f, 0x8b] {
        return Err(IngestError::GzipBroken);
    }
    let limit = limits.open_bytes_max.min(body.len().saturating_mul(limits.open_ratio_max));
    // The trailer states the size modulo 2^32. It is the sender's word, so it is a first guess within the limit and
    // the memory that is too small for a lying one is an error of the sender.
    let stated = body.last_chunk::<4>().map_or(0, |size| u32::from_le_bytes(*size) as usize);
    if stated > limit {
        return Err(IngestError::BodyExpandsTooMuch { limit });
    }
    let mut opened = vec![0; stated];
    match Decompressor::new().gzip_decompress(body, &mut opened) {
        Ok(length) => {
            opened.truncate(length);
            Ok(opened)
        }
        Err(DecompressionError::InsufficientSpace | DecompressionError::BadData) => Err(IngestError::GzipBroken),
    }
}

#[cfg(test)]
mod tests {
    use libdeflater::{CompressionLvl, Compressor};
    use limen_model::Outcome;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut compressor = Compressor::new(CompressionLvl::default());
        let mut packed = vec![0; compressor.gzip_compress_bound(bytes.len())];
        let length = compressor.gzip_compress(bytes, &mut packed).expect("fits its bound");
        packed.truncate(length);
        packed
    }

    fn check(body: &[u8], encoding: Encoding, outcome: Outcome) {
        let error = open(body, encoding, &Limits::BROWSER).expect_err("refused");
        assert_eq!(error.outcome(), outcome, "{error}");
    }

    #[test]
    fn borrows_a_body_that_is_not_packed() {
        let opened = open(b"{}", Encoding::Identity, &Limits::BROWSER).expect("opens");
        assert!(matches!(opened, Cow::Borrowed(b"{}")));
    }

    #[test]
    fn unpacks_gzip_to_the_bytes_it_was_packed_from() {
        let text = b"limen ".repeat(200);
        assert_eq!(*open(&gzip(&text), Encoding::Gzip, &Limits::BROWSER).expect("opens"), text);
        assert_eq!(*open(&gzip(b""), Encoding::Gzip, &Limits::BROWSER).expect("opens"), *b"");
    }

    #[test]
    fn refuses_a_body_over_the_limit_as_sent() {
        check(&vec![b' '; 64 * 1024 + 1], Encoding::Identity, Outcome::BodyTooLarge);
    }

    #[test]
    fn refuses_a_body_that_unpacks_over_the_limit_or_over_the_ratio() {
        check(&gzip(&vec![b' '; 1024 * 1024 + 1]), Encoding::Gzip, Outcome::BodyExpandsTooMuch);
        check(&gzip(&vec![b' '; 512 * 1024]), Encoding::Gzip, Outcome::BodyExpandsTooMuch);
    }

    #[test]
    fn refuses_gzip_whose_trailer_lies_about_the_size() {
        let mut packed = gzip(&b"abcdefgh".repeat(100));
        let at = packed.len() - 4;
        packed[at..].copy_from_slice(&10_u32.to_le_bytes());
        check(&packed, Encoding::Gzip, Outcome::GzipBroken);
    }

    #[test]
    fn refuses_what_is_no_gzip() {
        check(b"", Encoding::Gzip, Outcome::GzipBroken);
        check(b"{\"resourceLogs\":[]} and more", Encoding::Gzip, Outcome::GzipBroken);
        let mut packed = gzip(b"some telemetry");
        packed[14] ^= 0xff;
        check(&packed, Encoding::Gzip, Outcome::GzipBroken);
    }

    #[test]
    fn knows_the_names_of_encodings_in_either_case() {
        assert_eq!(Encoding::parse(" GZIP ").expect("known"), Encoding::Gzip);
        assert_eq!(Encoding::parse("").expect("known"), Encoding::Identity);
        assert_eq!(Encoding::parse("br").expect_err("unknown").outcome(), Outcome::EncodingUnsupported);
    }
}
