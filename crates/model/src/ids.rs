//! Ids as types: parsed once at the door, valid wherever they are seen afterwards.

use std::fmt;

/// Why a text or byte string is not the id it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The id has the wrong number of characters or bytes.
    #[error("expected {expected} hexadecimal digits, got {actual} characters")]
    Length { expected: usize, actual: usize },
    /// The id has a character that is no hexadecimal digit.
    #[error("an id holds hexadecimal digits only")]
    NotHex,
    /// All-zero ids mean "absent" in W3C Trace Context and OTLP.
    #[error("an id of zeros only means that there is none")]
    Zero,
    /// The name of an application or a key has characters outside the allowed set.
    #[error("use 1 to 64 lower-case letters, digits, `-` and `_`")]
    Name,
}

macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// Takes the raw bytes of a protobuf field; `None` when the length is wrong or all bytes are zero,
            /// which OTLP says to treat as "no id".
            pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
                let bytes: [u8; $bytes] = bytes.try_into().ok()?;
                (bytes != [0; $bytes]).then_some(Self(bytes))
            }

            /// Parses hexadecimal digits of either case.
            pub fn from_hex(text: &str) -> Result<Self, IdError> {
                if text.len() != $bytes * 2 {
                    return Err(IdError::Length { expected: $bytes * 2, actual: text.chars().count() });
                }
                let mut bytes = [0; $bytes];
                for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
                    *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
                }
                if bytes == [0; $bytes] { Err(IdError::Zero) } else { Ok(Self(bytes)) }
            }

            pub fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

byte_id!(
    /// The id of a trace: 16 bytes, never all zero (W3C Trace Context §3.2.2.3).
    TraceId, 16
);
byte_id!(
    /// The id of a span within its trace: 8 bytes, never all zero (W3C Trace Context §3.2.2.4).
    SpanId, 8
);

fn hex_digit(digit: u8) -> Result<u8, IdError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        b'A'..=b'F' => Ok(digit - b'A' + 10),
        _ => Err(IdError::NotHex),
    }
}

/// The short name of an application, as it stands in URLs and in the `app` column of every table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AppId(String);

impl AppId {
    pub fn parse(text: &str) -> Result<Self, IdError> {
        name(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The public key that lets a page or a service write to one application. It is visible in every page that uses
/// it, so it proves nothing about who sends; it only routes and can be revoked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IngestKey(String);

impl IngestKey {
    pub fn parse(text: &str) -> Result<Self, IdError> {
        name(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn name(text: &str) -> Result<String, IdError> {
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    if (1..=64).contains(&text.len()) && text.bytes().all(allowed) { Ok(text.to_owned()) } else { Err(IdError::Name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_trace_id_of_either_case() {
        let id = TraceId::from_hex("4BF92F3577B34DA6A3CE929D0E0E4736").expect("valid");
        assert_eq!(id.to_string(), "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    #[test]
    fn refuses_ids_of_wrong_length_digits_or_all_zero() {
        assert_eq!(SpanId::from_hex("00f0"), Err(IdError::Length { expected: 16, actual: 4 }));
        assert_eq!(SpanId::from_hex("00f067aa0ba902bz"), Err(IdError::NotHex));
        assert_eq!(SpanId::from_hex("0000000000000000"), Err(IdError::Zero));
        assert_eq!(SpanId::from_bytes(&[0; 8]), None);
        assert_eq!(TraceId::from_bytes(&[1; 8]), None);
    }

    #[test]
    fn refuses_application_names_that_do_not_fit_a_url() {
        assert!(AppId::parse("shop-eu_2").is_ok());
        for bad in ["", "Shop", "a b", "../etc", &"x".repeat(65)] {
            assert_eq!(AppId::parse(bad), Err(IdError::Name), "{bad}");
        }
    }
}
