//! Unpacks a body, never into more memory than the limit.

use std::borrow::Cow;
use std::io::{self, Read};

use flate2::bufread::MultiGzDecoder;
use libdeflater::{DecompressionError, Decompressor};

use crate::error::IngestError;
use crate::limits::Limits;

/// How a body is packed: the value of `Content-Encoding`, or of `enc=` in the agent's own form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    #[default]
    Identity,
    Gzip,
    Zstd,
    /// One block, as remote write packs its bodies.
    Snappy,
}

impl Encoding {
    /// Reads the header's value, except `snappy`, which means one block in remote write and frames elsewhere; an empty one means that nothing is packed.
    pub fn parse(text: &str) -> Result<Self, IngestError> {
        let text = text.trim();
        if text.is_empty() || text.eq_ignore_ascii_case("identity") {
            Ok(Encoding::Identity)
        } else if text.eq_ignore_ascii_case("gzip") || text.eq_ignore_ascii_case("x-gzip") {
            Ok(Encoding::Gzip)
        } else if text.eq_ignore_ascii_case("zstd") {
            Ok(Encoding::Zstd)
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
        Encoding::Zstd => unpack_zstd(body, limits).map(Cow::Owned),
        Encoding::Snappy => unpack_snappy(body, limits).map(Cow::Owned),
    }
}

/// What a body may become by unpacking.
fn opened_bytes_max(body: &[u8], limits: &Limits) -> usize {
    limits.open_bytes_max.min(body.len().saturating_mul(limits.open_ratio_max))
}

/// The shortest gzip: a header of ten bytes, an empty block of two, a trailer of eight.
const GZIP_BYTES_MIN: usize = 20;
/// How a member begins: two bytes that say gzip, and one for the only method there is.
const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

fn gunzip(body: &[u8], limits: &Limits) -> Result<Vec<u8>, IngestError> {
    if body.len() < GZIP_BYTES_MIN || !body.starts_with(&GZIP_MAGIC) {
        return Err(IngestError::GzipBroken);
    }
    let limit = opened_bytes_max(body, limits);
    if may_have_members(body, limit) {
        return read_all(MultiGzDecoder::new(body), limit, IngestError::GzipBroken);
    }
    // The trailer states the size modulo 2^32. It is the sender's word, so it is a first guess within the limit and
    // the memory that is too small for a lying one is an error of the sender.
    let stated = body.last_chunk::<4>().map_or(0, |size| u32::from_le_bytes(*size) as usize);
    if stated > limit {
        return Err(IngestError::BodyExpandsTooMuch { limit });
    }
    let mut opened = vec![0; stated];
    match Decompressor::new().gzip_decompress(body, &mut opened) {
        Ok(length) if length == stated => Ok(opened),
        Ok(_) | Err(DecompressionError::InsufficientSpace | DecompressionError::BadData) => {
            Err(IngestError::GzipBroken)
        }
    }
}

/// Whether a second member may begin somewhere, after the size of another one and with flags that exist. The fast
/// decompressor ends after one member and does not say where, so it gets only what is surely one; packed bytes that
/// look like a member by chance merely take the slower way.
fn may_have_members(body: &[u8], limit: usize) -> bool {
    let mut rest = body.windows(8).skip(GZIP_BYTES_MIN - 4);
    rest.any(|window| {
        window[4..7] == GZIP_MAGIC && window[7] & 0xe0 == 0 && {
            let size = window.first_chunk().map_or(0, |size| u32::from_le_bytes(*size) as usize);
            size <= limit
        }
    })
}

/// One frame or several. The window is memory that a frame asks for by a few bytes, so it has a bound of its own.
fn unpack_zstd(body: &[u8], limits: &Limits) -> Result<Vec<u8>, IngestError> {
    let mut decoder = zstd::Decoder::with_buffer(body).map_err(|_| IngestError::ZstdBroken)?;
    decoder.window_log_max(limits.zstd_window_log_max).map_err(|_| IngestError::ZstdBroken)?;
    read_all(decoder, opened_bytes_max(body, limits), IngestError::ZstdBroken)
}

fn unpack_snappy(body: &[u8], limits: &Limits) -> Result<Vec<u8>, IngestError> {
    let limit = opened_bytes_max(body, limits);
    // The first bytes state the size, and the decoder keeps to it.
    match snap::raw::decompress_len(body) {
        Ok(stated) if stated > limit => Err(IngestError::BodyExpandsTooMuch { limit }),
        Ok(_) => snap::raw::Decoder::new().decompress_vec(body).map_err(|_| IngestError::SnappyBroken),
        Err(_) => Err(IngestError::SnappyBroken),
    }
}

/// Reads to the end, and not beyond the limit. Whatever fails on the way means that the bytes are `broken`.
fn read_all(decoder: impl Read, limit: usize, broken: IngestError) -> Result<Vec<u8>, IngestError> {
    let mut opened = Vec::new();
    let read: io::Result<usize> = decoder.take(limit as u64 + 1).read_to_end(&mut opened);
    match read {
        Ok(length) if length > limit => Err(IngestError::BodyExpandsTooMuch { limit }),
        Ok(_) => Ok(opened),
        Err(_) => Err(broken),
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
    fn opens_gzip_of_several_members_as_what_they_hold_together() {
        let parts: [&[u8]; 4] = [b"{\"resourceLogs\":", b"", b"[]", b"}"];
        let packed: Vec<u8> = parts.iter().flat_map(|part| gzip(part)).collect();
        assert_eq!(*open(&packed, Encoding::Gzip, &Limits::BROWSER).expect("opens"), parts.concat());
        // Two members whose sizes and checksums are alike: only their number tells them from one.
        let twins = [gzip(b"twin"), gzip(b"twin")].concat();
        assert_eq!(*open(&twins, Encoding::Gzip, &Limits::BROWSER).expect("opens"), *b"twintwin");
    }

    #[test]
    fn refuses_members_that_only_together_are_over_the_limit() {
        let members = [gzip(&noise(300 * 1024)), gzip(&vec![b' '; 900 * 1024])].concat();
        let wide = Limits { body_bytes_max: 1024 * 1024, ..Limits::BROWSER };
        let error = open(&members, Encoding::Gzip, &wide).expect_err("refused");
        assert_eq!(error.outcome(), Outcome::BodyExpandsTooMuch);
        let mut broken = [gzip(b"whole"), gzip(b"and a broken one")].concat();
        broken.truncate(broken.len() - 9);
        check(&broken, Encoding::Gzip, Outcome::GzipBroken);
    }

    #[test]
    fn packed_bytes_that_look_like_a_member_are_no_end() {
        // Stored as they are, so the packed bytes hold a whole member in their middle.
        let inner = gzip(b"a member inside of the text of another");
        let mut compressor = Compressor::new(CompressionLvl::new(0).expect("stores"));
        let mut packed = vec![0; compressor.gzip_compress_bound(inner.len())];
        let length = compressor.gzip_compress(&inner, &mut packed).expect("fits its bound");
        packed.truncate(length);
        assert_eq!(*open(&packed, Encoding::Gzip, &Limits::BROWSER).expect("opens"), inner);
    }

    /// Bytes that no method makes smaller.
    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1_u64;
        let next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        };
        std::iter::repeat_with(next).take(length).collect()
    }

    fn pack_zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 3).expect("memory is large enough")
    }

    #[test]
    fn unpacks_zstd_of_one_frame_or_several() {
        let text = b"limen ".repeat(200);
        assert_eq!(*open(&pack_zstd(&text), Encoding::Zstd, &Limits::BROWSER).expect("opens"), text);
        let frames = [pack_zstd(b"one"), pack_zstd(b""), pack_zstd(b"two")].concat();
        assert_eq!(*open(&frames, Encoding::Zstd, &Limits::BROWSER).expect("opens"), *b"onetwo");
    }

    #[test]
    fn refuses_zstd_that_is_broken_or_grows_too_much() {
        check(&pack_zstd(&vec![b' '; 64 * 1024 * 1024]), Encoding::Zstd, Outcome::BodyExpandsTooMuch);
        check(&pack_zstd(&vec![b' '; 512 * 1024]), Encoding::Zstd, Outcome::BodyExpandsTooMuch);
        check(b"{\"resourceLogs\":[]}", Encoding::Zstd, Outcome::ZstdBroken);
        let mut packed = pack_zstd(&noise(1000));
        check(&packed[..packed.len() - 1], Encoding::Zstd, Outcome::ZstdBroken);
        packed[4] ^= 0xff;
        check(&packed, Encoding::Zstd, Outcome::ZstdBroken);
    }

    #[test]
    fn unpacks_one_block_of_snappy_within_the_limits() {
        let pack = |bytes: &[u8]| snap::raw::Encoder::new().compress_vec(bytes).expect("short");
        let text = b"limen ".repeat(200);
        assert_eq!(*open(&pack(&text), Encoding::Snappy, &Limits::BROWSER).expect("opens"), text);
        check(&pack(&vec![b' '; 1024 * 1024 + 1]), Encoding::Snappy, Outcome::BodyExpandsTooMuch);
        // Says that it is 64 MiB and holds nothing.
        check(&[0x80, 0x80, 0x80, 0x20], Encoding::Snappy, Outcome::BodyExpandsTooMuch);
        check(&pack(&text)[..20], Encoding::Snappy, Outcome::SnappyBroken);
        check(b"", Encoding::Snappy, Outcome::SnappyBroken);
    }

    #[test]
    fn refuses_a_zstd_window_that_would_cost_more_memory_than_the_limit() {
        // Magic; a header without size; a window of 2^(10 + 17) bytes; one empty last block.
        let frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 17 << 3, 0x01, 0x00, 0x00];
        check(&frame, Encoding::Zstd, Outcome::ZstdBroken);
        let small = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0, 0x01, 0x00, 0x00];
        assert_eq!(*open(&small, Encoding::Zstd, &Limits::BROWSER).expect("opens"), *b"");
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
        assert_eq!(Encoding::parse("Zstd").expect("known"), Encoding::Zstd);
        assert_eq!(Encoding::parse("").expect("known"), Encoding::Identity);
        assert_eq!(Encoding::parse("br").expect_err("unknown").outcome(), Outcome::EncodingUnsupported);
    }
}
