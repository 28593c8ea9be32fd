//! How a body is packed on its way, by one set of tools for each sender.

use bytes::Bytes;
use libdeflater::{CompressionLvl, Compressor};

use crate::options::Packing;

pub struct Packer {
    packing: Packing,
    gzip: Compressor,
}

impl Packer {
    pub fn new(packing: Packing) -> Self {
        Self { packing, gzip: Compressor::new(CompressionLvl::fastest()) }
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
