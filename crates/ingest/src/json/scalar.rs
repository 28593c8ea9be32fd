//! The scalars of OTLP's JSON: where they differ from JSON's own and where senders differ from the rules.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use limen_model::{SpanId, Text, TraceId};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// What a scalar is made from. Each kind of JSON value that it does not take is an error that names what it wants.
trait Scalar<'de>: Sized + Default {
    const WHAT: &'static str;

    fn from_text(text: Cow<'de, str>) -> Option<Self> {
        let _ = text;
        None
    }
    fn from_unsigned(number: u64) -> Option<Self> {
        let _ = number;
        None
    }
    fn from_signed(number: i64) -> Option<Self> {
        u64::try_from(number).ok().and_then(Self::from_unsigned)
    }
    fn from_float(number: f64) -> Option<Self> {
        let _ = number;
        None
    }
    fn from_bool(flag: bool) -> Option<Self> {
        let _ = flag;
        None
    }
}

struct ScalarVisitor<T>(PhantomData<T>);

impl<'de, T: Scalar<'de>> Visitor<'de> for ScalarVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::WHAT)
    }

    // `null` means default.
    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<T, E> {
        T::from_bool(flag).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Bool(flag), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        T::from_unsigned(number).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::from_signed(number).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Signed(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        T::from_float(number).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Float(number), &self))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<T, E> {
        T::from_text(Cow::Borrowed(text)).ok_or_else(|| E::invalid_value(text_seen(text), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::from_text(Cow::Owned(text.to_owned())).ok_or_else(|| E::invalid_value(text_seen(text), &self))
    }
}

/// The error message goes back to the sender and into its logs, so it never holds a whole text.
fn text_seen(text: &str) -> serde::de::Unexpected<'_> {
    serde::de::Unexpected::Str(&text[..text.floor_char_boundary(32)])
}

macro_rules! scalar {
    ($($name:ident),+) => {
        $(impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(ScalarVisitor(PhantomData))
            }
        })+
    };
}

scalar!(Unsigned, Signed, Small, Double, Flag, TraceHex, SpanHex, Base64);

/// A 64-bit number without sign: text by the rules, a number from many senders.
#[derive(Default)]
pub(super) struct Unsigned(pub u64);

impl Scalar<'_> for Unsigned {
    const WHAT: &'static str = "an unsigned 64-bit number as text or number";

    fn from_text(text: Cow<'_, str>) -> Option<Self> {
        if text.is_empty() { Some(Unsigned(0)) } else { text.parse().ok().map(Unsigned) }
    }
    fn from_unsigned(number: u64) -> Option<Self> {
        Some(Unsigned(number))
    }
    // JavaScript without 64-bit integers writes 1.7e18 when it means nanoseconds.
    fn from_float(number: f64) -> Option<Self> {
        (number >= 0.0 && number < u64::MAX as f64 && number.fract() == 0.0).then_some(Unsigned(number as u64))
    }
}

/// A 64-bit number with sign.
#[derive(Default)]
pub(super) struct Signed(pub i64);

impl Scalar<'_> for Signed {
    const WHAT: &'static str = "a 64-bit number as text or number";

    fn from_text(text: Cow<'_, str>) -> Option<Self> {
        text.parse().ok().map(Signed)
    }
    fn from_unsigned(number: u64) -> Option<Self> {
        i64::try_from(number).ok().map(Signed)
    }
    fn from_signed(number: i64) -> Option<Self> {
        Some(Signed(number))
    }
    fn from_float(number: f64) -> Option<Self> {
        (number.abs() < i64::MAX as f64 && number.fract() == 0.0).then_some(Signed(number as i64))
    }
}

/// A 32-bit number or an enum, which is never its name.
#[derive(Default)]
pub(super) struct Small(pub i32);

impl Scalar<'_> for Small {
    const WHAT: &'static str = "a 32-bit number; enums are numbers, not names";

    fn from_unsigned(number: u64) -> Option<Self> {
        i32::try_from(number).ok().map(Small)
    }
    fn from_signed(number: i64) -> Option<Self> {
        i32::try_from(number).ok().map(Small)
    }
    fn from_float(number: f64) -> Option<Self> {
        (number.fract() == 0.0 && number.abs() <= f64::from(i32::MAX)).then_some(Small(number as i32))
    }
}

/// A double, which JSON cannot write when it is not finite.
#[derive(Default)]
pub(super) struct Double(pub f64);

impl Scalar<'_> for Double {
    const WHAT: &'static str = "a number, \"NaN\", \"Infinity\" or \"-Infinity\"";

    fn from_text(text: Cow<'_, str>) -> Option<Self> {
        match &*text {
            "NaN" => Some(Double(f64::NAN)),
            "Infinity" => Some(Double(f64::INFINITY)),
            "-Infinity" => Some(Double(f64::NEG_INFINITY)),
            other => other.parse().ok().filter(|number: &f64| number.is_finite()).map(Double),
        }
    }
    fn from_unsigned(number: u64) -> Option<Self> {
        Some(Double(number as f64))
    }
    fn from_signed(number: i64) -> Option<Self> {
        Some(Double(number as f64))
    }
    fn from_float(number: f64) -> Option<Self> {
        Some(Double(number))
    }
}

#[derive(Default)]
pub(super) struct Flag(pub bool);

impl Scalar<'_> for Flag {
    const WHAT: &'static str = "true or false";

    fn from_bool(flag: bool) -> Option<Self> {
        Some(Flag(flag))
    }
}

/// A trace id in hexadecimal digits of either case. One that is none is absent, as it is in protobuf.
#[derive(Default)]
pub(super) struct TraceHex(pub Option<TraceId>);

impl Scalar<'_> for TraceHex {
    const WHAT: &'static str = "a trace id in hexadecimal digits";

    fn from_text(text: Cow<'_, str>) -> Option<Self> {
        Some(TraceHex(TraceId::from_hex(&text).ok()))
    }
}

/// A span id, read as `TraceHex` is.
#[derive(Default)]
pub(super) struct SpanHex(pub Option<SpanId>);

impl Scalar<'_> for SpanHex {
    const WHAT: &'static str = "a span id in hexadecimal digits";

    fn from_text(text: Cow<'_, str>) -> Option<Self> {
        Some(SpanHex(SpanId::from_hex(&text).ok()))
    }
}

/// Bytes that are no id; base64 of either alphabet, padded or not.
#[derive(Default)]
pub(super) struct Base64(pub Vec<u8>);

impl Scalar<'_> for Base64 {
    const WHAT: &'static str = "bytes in base64";

    fn from_text(text: Cow<'_, str>) -> Option<Self> {
        let digits = text.trim_end_matches('=').as_bytes();
        if digits.len() % 4 == 1 {
            return None;
        }
        let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
        for four in digits.chunks(4) {
            let mut bits = 0_u32;
            for digit in four {
                bits = bits << 6 | base64_digit(*digit)?;
            }
            bits <<= 6 * (4 - four.len());
            bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
        }
        Some(Base64(bytes))
    }
}

fn base64_digit(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

/// A text, borrowed unless it is written with escapes.
///
/// JavaScript cuts texts between the halves of a surrogate pair and writes what is left as `\ud83d`, which is no
/// character. It becomes a replacement character: one emoji must not cost a whole batch. serde_json lets such a half
/// through only when it is asked for bytes.
#[derive(Default)]
pub(super) struct Words<'de>(pub Text<'de>);

impl<'de> Deserialize<'de> for Words<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(WordsVisitor)
    }
}

struct WordsVisitor;

impl<'de> Visitor<'de> for WordsVisitor {
    type Value = Words<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_none<E: Error>(self) -> Result<Words<'de>, E> {
        Ok(Words::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Words<'de>, D::Error> {
        deserializer.deserialize_bytes(self)
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Words<'de>, E> {
        Ok(Words(std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Words<'de>, E> {
        Ok(Words(Cow::Owned(String::from_utf8_lossy(bytes).into_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'de, T: Deserialize<'de>>(json: &'de str) -> Option<T> {
        serde_json::from_str(json).ok()
    }

    #[test]
    fn a_64_bit_number_is_a_text_or_a_number() {
        for json in ["\"1763830000000000000\"", "1763830000000000000", "1.76383e18"] {
            assert_eq!(read::<Unsigned>(json).expect(json).0, 1_763_830_000_000_000_000, "{json}");
        }
        assert_eq!(read::<Signed>("\"-5\"").expect("signed").0, -5);
        assert_eq!(read::<Signed>("-5").expect("signed").0, -5);
        for json in ["-1", "\"x\"", "1.5", "true", "{}"] {
            assert!(read::<Unsigned>(json).is_none(), "{json}");
        }
    }

    #[test]
    fn a_double_may_be_a_text_when_it_is_not_finite() {
        assert!(read::<Double>("\"NaN\"").expect("double").0.is_nan());
        assert_eq!(read::<Double>("\"-Infinity\"").expect("double").0, f64::NEG_INFINITY);
        assert_eq!(read::<Double>("3").expect("double").0, 3.0);
        assert!(read::<Double>("\"inf\"").is_none());
    }

    #[test]
    fn null_is_the_default() {
        assert_eq!(read::<Unsigned>("null").expect("default").0, 0);
        assert_eq!(read::<Words>("null").expect("default").0, "");
        assert!(read::<TraceHex>("null").expect("default").0.is_none());
    }

    #[test]
    fn an_id_of_wrong_form_is_absent() {
        assert!(read::<TraceHex>("\"4BF92F3577B34DA6A3CE929D0E0E4736\"").expect("text").0.is_some());
        for json in ["\"\"", "\"abc\"", "\"00000000000000000000000000000000\""] {
            assert!(read::<TraceHex>(json).expect("text").0.is_none(), "{json}");
        }
    }

    #[test]
    fn the_name_of_an_enum_is_refused() {
        assert!(read::<Small>("\"SPAN_KIND_CLIENT\"").is_none());
    }

    #[test]
    fn reads_base64_of_either_alphabet() {
        assert_eq!(read::<Base64>("\"aGVsbG8=\"").expect("bytes").0, b"hello");
        assert_eq!(read::<Base64>("\"aGVsbG8\"").expect("bytes").0, b"hello");
        assert_eq!(read::<Base64>("\"-_8\"").expect("bytes").0, [0xfb, 0xff]);
        assert!(read::<Base64>("\"a\"").is_none());
        assert!(read::<Base64>("\"a*bc\"").is_none());
    }

    #[test]
    fn a_text_without_escapes_is_borrowed() {
        assert!(matches!(read::<Words>("\"plain\"").expect("text").0, Cow::Borrowed("plain")));
        assert!(matches!(read::<Words>("\"tab\\t\"").expect("text").0, Cow::Owned(_)));
    }

    #[test]
    fn half_a_surrogate_pair_becomes_a_replacement_character() {
        let text = read::<Words>(r#""cut \ud83d here, not \ud83d\ude00""#).expect("text").0;
        assert!(text.starts_with("cut \u{fffd}") && text.ends_with("here, not \u{1f600}"), "{text}");
        assert!(read::<Words>("5").is_none());
        assert!(read::<Words>("[1]").is_none());
    }
}
