//! Secrets that are one long word with a known beginning: tokens, keys, account numbers, private keys.

use limen_model::redaction::Secret;

use super::numbers::iban_length;
use super::scan::{Found, begins_escaped};

/// The shortest of them, with the words that announce them.
pub(super) const BYTES_MIN: usize = 15;

/// Bytes of what follows `Bearer`; shorter words with a digit are no tokens.
const BEARER_BYTES_MIN: usize = 16;
const JWT_PART_BYTES_MIN: usize = 10;
const PEM_BEGINS: &str = "-----BEGIN";
const PEM_LABEL_BYTES_MAX: usize = 48;

/// What follows a prefix.
enum Rest {
    /// Exactly so many capitals and digits.
    Capitals(usize),
    /// At least so many letters and digits.
    Letters(usize),
    /// At least so many letters, digits, `-` and `_`.
    Any(usize),
}

/// Prefixes that the makers of keys have published, so that they can be found.
const KEYS: &[(&str, Rest)] = &[
    ("AKIA", Rest::Capitals(16)),
    ("ASIA", Rest::Capitals(16)),
    ("AIza", Rest::Any(35)),
    ("dop_v1_", Rest::Letters(40)),
    ("ghp_", Rest::Letters(36)),
    ("gho_", Rest::Letters(36)),
    ("ghu_", Rest::Letters(36)),
    ("ghs_", Rest::Letters(36)),
    ("ghr_", Rest::Letters(36)),
    ("github_pat_", Rest::Any(22)),
    ("glpat-", Rest::Any(20)),
    ("npm_", Rest::Letters(36)),
    ("pypi-", Rest::Any(50)),
    ("rk_live_", Rest::Letters(16)),
    ("rk_test_", Rest::Letters(16)),
    ("shpat_", Rest::Letters(32)),
    ("sk_live_", Rest::Letters(16)),
    ("sk_test_", Rest::Letters(16)),
    ("sk-ant-", Rest::Any(32)),
    ("sk-proj-", Rest::Any(32)),
    ("whsec_", Rest::Letters(24)),
    ("xapp-", Rest::Any(20)),
    ("xoxa-", Rest::Any(16)),
    ("xoxb-", Rest::Any(16)),
    ("xoxp-", Rest::Any(16)),
    ("xoxr-", Rest::Any(16)),
    ("xoxs-", Rest::Any(16)),
];

/// Letters, digits, `-` and `_`: the alphabet of tokens.
const IS_WORD: [bool; 256] = {
    let mut is_word = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_word[byte] = (byte as u8).is_ascii_alphanumeric() || byte == b'-' as usize || byte == b'_' as usize;
        byte += 1;
    }
    is_word
};

pub(super) fn find(text: &str, ibans: bool, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !IS_WORD[usize::from(bytes[at])] {
            at += 1;
            continue;
        }
        let begin = at;
        at += word_length(&bytes[at..]);
        let start = begin + usize::from(begins_escaped(bytes, begin));
        if at - start >= 4
            && let Some(one) = secret_at(text, start, at, ibans)
        {
            at = one.end;
            found.push(one);
        }
    }
}

/// The secret that this word is, or that it announces.
fn secret_at(text: &str, start: usize, end: usize, ibans: bool) -> Option<Found> {
    let bytes = &text.as_bytes()[start..];
    let word = &text[start..end];
    let found = |length: usize, secret| Found { start, end: start + length, secret };
    match word.as_bytes()[0] {
        b'b' | b'B' if matches!(word.len(), 5 | 6) => bearer(text, word, end),
        b'e' if word.starts_with("eyJ") => jwt_length(bytes).map(|length| found(length, Secret::Jwt)),
        b'-' if word.ends_with(PEM_BEGINS) => private_key(text, end - PEM_BEGINS.len()),
        _ if is_key(word) => Some(found(word.len(), Secret::Key)),
        b'A'..=b'Z' if ibans => iban_length(bytes).map(|length| found(length, Secret::Iban)),
        _ => None,
    }
}

fn word_length(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !IS_WORD[usize::from(*byte)]).unwrap_or(bytes.len())
}

fn is_key(word: &str) -> bool {
    if word.len() < 20 {
        return false;
    }
    KEYS.iter().any(|(prefix, rest)| {
        word.strip_prefix(prefix).is_some_and(|tail| match rest {
            Rest::Capitals(count) => {
                tail.len() == *count && tail.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            }
            Rest::Letters(min) => tail.len() >= *min && tail.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            Rest::Any(min) => tail.len() >= *min,
        })
    })
}

/// The token behind the word, without the word.
fn bearer(text: &str, word: &str, end: usize) -> Option<Found> {
    if !word.eq_ignore_ascii_case("bearer") && !word.eq_ignore_ascii_case("basic") {
        return None;
    }
    let rest = text[end..].trim_start_matches(' ');
    let start = text.len() - rest.len();
    if start == end {
        return None;
    }
    let is_token = |byte: u8| IS_WORD[usize::from(byte)] || matches!(byte, b'.' | b'~' | b'+' | b'/' | b'=');
    let token = &rest[..rest.bytes().position(|byte| !is_token(byte)).unwrap_or(rest.len())];
    let whole = token.len() >= BEARER_BYTES_MIN && token.bytes().any(|byte| byte.is_ascii_digit());
    whole.then_some(Found { start, end: start + token.len(), secret: Secret::Bearer })
}

/// Header, claims and signature, in the alphabet of words, with points between them.
fn jwt_length(bytes: &[u8]) -> Option<usize> {
    let header = word_length(bytes);
    if header < JWT_PART_BYTES_MIN {
        return None;
    }
    let mut length = header;
    while bytes.get(length) == Some(&b'.') {
        let part = word_length(&bytes[length + 1..]);
        if part == 0 || (length == header && part < JWT_PART_BYTES_MIN) {
            break;
        }
        length += 1 + part;
    }
    (length > header).then_some(length)
}

/// From the line that begins it to the line that ends it, or to the end of the text.
fn private_key(text: &str, start: usize) -> Option<Found> {
    let label = &text[start + PEM_BEGINS.len()..];
    let label = &label[..label.floor_char_boundary(PEM_LABEL_BYTES_MAX)];
    if !label.contains("PRIVATE KEY-----") {
        return None;
    }
    let end = text[start..].find("-----END ").map_or(text.len(), |last| {
        let last = start + last + "-----END ".len();
        text[last..].find("-----").map_or(text.len(), |dashes| last + dashes + "-----".len())
    });
    Some(Found { start, end, secret: Secret::PrivateKey })
}
