//! How a body is packed on its way, by one set of tools for each sender.

use bytes::Bytes;
use libdeflater::{CompressionLvl, Compressor};

use crate::options::Packing;

pub struct Packer {
    packing: Packing,
    gzip: Compressor,
}

/// As senders do it that care for their processor. What the library calls the fastest level does not compress at all.
fn level() -> CompressionLvl {
    CompressionLvl::new(1).unwrap_or_default()
}

impl Packer {
    pub fn new(packing: Packing) -> Self {
        Self { packing, gzip: Compressor::new(level()) }
    }

    pub fn pack(&mut self, body: &[u8]) -> Bytes {
        match self.packing {
            Packing::Plain => Bytes::copy_from_slice(body),
            Packing::Gzip => {
                let mut packed = vec![0; self.gzip.gzip_compress_bound(body.len())];
                // It only fails when there is less room than its own bound.
                let length = self.gzip.gzip_compress(body, &mut packed).unwrap_or_default();
                packed.truncate(length);
                packed.into()
            }
            // A level that every zstd knows, into memory that grows.
            Packing::Zstd => zstd::bulk::compress(body, 1).unwrap_or_default().into(),
        }
    }

    /// The value of `content-encoding`.
    pub fn encoding(&self) -> Option<&'static str> {
        match self.packing {
            Packing::Plain => None,
            Packing::Gzip => Some("gzip"),
            Packing::Zstd => Some("zstd"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_smaller_and_plain_stays_as_it_is() {
        let body = b"{\"name\":\"browser.resource_timing\"}".repeat(200);
        let length = |packing| Packer::new(packing).pack(&body).len();
        assert_eq!(length(Packing::Plain), body.len());
        assert!(length(Packing::Gzip) < body.len() / 10, "{}", length(Packing::Gzip));
        assert!(length(Packing::Zstd) < body.len() / 10, "{}", length(Packing::Zstd));
    }
}
