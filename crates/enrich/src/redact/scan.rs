//! One look at a text that tells which detectors are worth asking; most texts need none.

use limen_model::redaction::Secret;

use super::{numbers, people, words};

/// A secret and the bytes it takes.
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    pub secret: Secret,
}

/// The shortest secret: `a@b.cd`.
const BYTES_MIN: usize = 6;

/// Adds all secrets of a text, in no order.
pub(super) fn scan(text: &str, found: &mut Vec<Found>) {
    if text.len() < BYTES_MIN {
        return;
    }
    let signs = Signs::of(text.as_bytes());
    if signs.at {
        people::find(text, found);
    }
    if signs.digits >= numbers::CARD_DIGITS_MIN {
        numbers::find_cards(text, found);
    }
    if text.len() >= words::BYTES_MIN {
        words::find(text, signs.digits >= numbers::IBAN_DIGITS_MIN, found);
    }
}

/// What a text must have before a detector is asked. Counted in blocks, which the compiler turns into wide instructions.
struct Signs {
    at: bool,
    digits: usize,
}

impl Signs {
    fn of(bytes: &[u8]) -> Self {
        let mut signs = Signs { at: false, digits: 0 };
        for block in bytes.chunks(128) {
            let (mut at, mut digits) = (0, 0_u8);
            for byte in block {
                at |= u8::from(*byte == b'@') | u8::from(*byte == b'%');
                digits += u8::from(byte.is_ascii_digit());
            }
            signs.at |= at > 0;
            signs.digits += usize::from(digits);
        }
        signs
    }
}

/// Whether the letter here is that of a line break or tab in escaped text, and none of the word behind it.
pub(super) fn begins_escaped(bytes: &[u8], at: usize) -> bool {
    at > 0 && bytes[at - 1] == b'\\' && matches!(bytes.get(at), Some(b'n' | b'r' | b't'))
}

/// Whether something can begin here: no letter or digit stands before it, unless it is an escaped one.
pub(super) fn begins(bytes: &[u8], at: usize) -> bool {
    at == 0 || !bytes[at - 1].is_ascii_alphanumeric() || begins_escaped(bytes, at - 1)
}
