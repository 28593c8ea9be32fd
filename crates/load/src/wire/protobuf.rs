//! OTLP's protobuf. The lengths of what is not finished yet are left open with room for four bytes and filled in at the
//! end; a length may be longer than needed, readers do not mind.

use limen_model::Signal;

use super::{Decimal, LogHead, SpanHead, Wire};

/// Bytes left open for a length: messages of up to 256 MiB.
const LENGTH_BYTES: usize = 4;

#[derive(Debug, Default)]
pub struct Protobuf {
    out: Vec<u8>,
    /// Where the lengths of the open messages are, the outermost first.
    open: Vec<usize>,
    /// The field of attributes in what was opened last.
    attributes: u8,
}

impl Protobuf {
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.out.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.out.push(value as u8);
    }

    fn bytes(&mut self, field: u8, value: &[u8]) {
        self.out.push(field << 3 | 2);
        self.varint(value.len() as u64);
        self.out.extend_from_slice(value);
    }

    fn number_field(&mut self, field: u8, value: u64) {
        self.out.push(field << 3);
        self.varint(value);
    }

    fn fixed64(&mut self, field: u8, value: u64) {
        self.out.push(field << 3 | 1);
        self.out.extend_from_slice(&value.to_le_bytes());
    }

    fn fixed32(&mut self, field: u8, value: u32) {
        self.varint(u64::from(field) << 3 | 5);
        self.out.extend_from_slice(&value.to_le_bytes());
    }

    fn open(&mut self, field: u8) {
        self.out.push(field << 3 | 2);
        self.open.push(self.out.len());
        self.out.extend_from_slice(&[0x80, 0x80, 0x80, 0]);
    }

    fn close(&mut self) {
        let Some(at) = self.open.pop() else { return };
        let length = self.out.len() - at - LENGTH_BYTES;
        for (place, byte) in self.out[at..at + LENGTH_BYTES].iter_mut().enumerate() {
            *byte |= (length >> (7 * place)) as u8 & 0x7F;
        }
    }

    /// Up to the value, which takes so many bytes with its own tag.
    fn key(&mut self, key: &str, value_bytes: usize) {
        let length = 1 + varint_bytes(key.len()) + key.len() + 1 + varint_bytes(value_bytes) + value_bytes;
        self.out.push(self.attributes << 3 | 2);
        self.varint(length as u64);
        self.bytes(1, key.as_bytes());
        self.out.push(2 << 3 | 2);
        self.varint(value_bytes as u64);
    }
}

fn varint_bytes(value: usize) -> usize {
    (value.max(1).ilog2() / 7 + 1) as usize
}

impl Wire for Protobuf {
    const CONTENT_TYPE: &'static str = "application/x-protobuf";

    fn begin(&mut self, _signal: Signal) {
        // Logs and spans have the same numbers for resources, scopes and records.
        self.out.clear();
        self.open.clear();
    }

    fn open_resource(&mut self) {
        self.open(1);
        self.open(1);
        self.attributes = 1;
    }

    fn open_records(&mut self, scope: &str) {
        self.close();
        self.open(2);
        self.open(1);
        self.bytes(1, scope.as_bytes());
        self.close();
    }

    fn open_log(&mut self, head: &LogHead) {
        self.open(2);
        self.fixed64(1, head.time_unix_nano);
        self.number_field(2, head.severity);
        self.attributes = 6;
    }

    fn close_log(&mut self, head: &LogHead) {
        if let Some((trace, span)) = head.span {
            self.fixed32(8, 1);
            self.bytes(9, &trace.to_be_bytes());
            self.bytes(10, &span.to_be_bytes());
        }
        self.fixed64(11, head.observed_unix_nano);
        self.bytes(12, head.event.as_bytes());
        self.close();
    }

    fn open_span(&mut self, head: &SpanHead<'_>) {
        self.open(2);
        self.bytes(1, &head.trace.to_be_bytes());
        self.bytes(2, &head.id.to_be_bytes());
        if let Some(parent) = head.parent {
            self.bytes(4, &parent.to_be_bytes());
        }
        self.bytes(5, head.name.as_bytes());
        self.number_field(6, head.kind);
        self.fixed64(7, head.start_unix_nano);
        self.fixed64(8, head.end_unix_nano);
        self.attributes = 9;
    }

    fn close_span(&mut self, head: &SpanHead<'_>) {
        if head.failed {
            self.bytes(15, &[3 << 3, 2]);
        }
        self.fixed32(16, 257);
        self.close();
    }

    fn close_resource(&mut self) {
        self.close();
        self.close();
    }

    fn finish(&mut self) -> &[u8] {
        &self.out
    }

    fn text(&mut self, key: &str, value: &str) {
        self.key(key, 1 + varint_bytes(value.len()) + value.len());
        self.bytes(1, value.as_bytes());
    }

    fn integer(&mut self, key: &str, value: u64) {
        self.key(key, 1 + (value.max(1).ilog2() / 7 + 1) as usize);
        self.number_field(3, value);
    }

    fn number(&mut self, key: &str, value: Decimal) {
        self.key(key, 9);
        self.fixed64(4, value.value().to_bits());
    }

    fn flag(&mut self, key: &str, value: bool) {
        self.key(key, 2);
        self.number_field(2, value.into());
    }
}
