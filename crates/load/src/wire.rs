//! OTLP written straight into a body, without a tree in between: a record is a few copies of prepared text.

mod json;
mod protobuf;

pub use json::Json;
pub use protobuf::Protobuf;

use limen_model::Signal;

/// A number with so many digits after the point. Both forms say exactly the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub units: u64,
    pub digits: u8,
}

impl Decimal {
    /// Milliseconds to the tenth, as browsers round them.
    pub fn millis(value: f64) -> Self {
        Self { units: (value * 10.0).round() as u64, digits: 1 }
    }

    /// Shares and shifts.
    pub fn fine(value: f64) -> Self {
        Self { units: (value * 10_000.0).round() as u64, digits: 4 }
    }

    /// The nearest number to what the digits say, which is what a reader of the digits finds.
    pub fn value(self) -> f64 {
        self.units as f64 / 10_f64.powi(i32::from(self.digits))
    }
}

/// The head of a log record.
#[derive(Debug, Clone, Copy)]
pub struct LogHead {
    pub time_unix_nano: u64,
    pub observed_unix_nano: u64,
    pub severity: u64,
    pub event: &'static str,
    /// Trace and span, where the record belongs to one.
    pub span: Option<(u128, u64)>,
}

/// The head of a span.
#[derive(Debug, Clone, Copy)]
pub struct SpanHead<'a> {
    pub trace: u128,
    pub id: u64,
    pub parent: Option<u64>,
    pub name: &'a str,
    pub kind: u64,
    pub start_unix_nano: u64,
    pub end_unix_nano: u64,
    pub failed: bool,
}

/// Writes one body: `begin`, then groups of records, then `finish`. Attributes belong to what was opened last.
pub trait Wire {
    const CONTENT_TYPE: &'static str;

    /// Starts a new body in the same memory.
    fn begin(&mut self, signal: Signal);
    /// The attributes that follow are those of the resource.
    fn open_resource(&mut self);
    /// The resource ends, its records follow.
    fn open_records(&mut self, scope: &str);
    fn open_log(&mut self, head: &LogHead);
    fn close_log(&mut self, head: &LogHead);
    fn open_span(&mut self, head: &SpanHead<'_>);
    fn close_span(&mut self, head: &SpanHead<'_>);
    /// The records of the resource end.
    fn close_resource(&mut self);
    fn finish(&mut self) -> &[u8];

    fn text(&mut self, key: &str, value: &str);
    fn integer(&mut self, key: &str, value: u64);
    fn number(&mut self, key: &str, value: Decimal);
    fn flag(&mut self, key: &str, value: bool);
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// An id as hex digits.
#[derive(Debug, Clone, Copy)]
pub struct Hex<const N: usize>([u8; N]);

impl<const N: usize> Hex<N> {
    pub fn new(mut value: u128) -> Self {
        let mut digits = [b'0'; N];
        for digit in digits.iter_mut().rev() {
            *digit = HEX[(value & 15) as usize];
            value >>= 4;
        }
        Self(digits)
    }

    pub fn as_str(&self) -> &str {
        // Hex digits are text.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Decimal digits of a number.
pub fn push_digits(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_with_all_their_digits() {
        assert_eq!(Hex::<16>::new(0x2a).as_str(), "000000000000002a");
        assert_eq!(Hex::<32>::new(u128::MAX).as_str(), "f".repeat(32));
    }

    #[test]
    fn a_decimal_is_what_its_digits_are_read_as() {
        for tenths in [0, 1, 3, 17, 843, 1_234_567, 36_000_000_001] {
            let decimal = Decimal { units: tenths, digits: 1 };
            let digits = format!("{}.{}", tenths / 10, tenths % 10);
            assert_eq!(Ok(decimal.value()), digits.parse(), "{digits}");
        }
    }

    #[test]
    fn digits_of_the_ends_of_the_range() {
        for value in [0, 9, 10, u64::MAX] {
            let mut out = Vec::new();
            push_digits(&mut out, value);
            assert_eq!(out, value.to_string().into_bytes());
        }
    }
}
