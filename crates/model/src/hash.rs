//! A 64-bit hash that stays the same for ever: rows in the store are recognised by it after restarts and upgrades.
//!
//! The bytes of a text are taken as little-endian words of eight, the last one filled with zeros, after a word with
//! their number. Each word is mixed in by one 128-bit multiplication whose halves are folded together, as wyhash and
//! its kin do it. Attributes count as a set: their order says nothing. Changing any of this changes every id,
//! which `tests/it/ids.rs` would notice.

use crate::{Attributes, Value};

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FACTOR: u64 = 0xd6e8_feb8_6659_fd93;

#[derive(Clone, Copy)]
pub struct StableHash(u64);

impl Default for StableHash {
    fn default() -> Self {
        Self::new()
    }
}

impl StableHash {
    pub fn new() -> Self {
        StableHash(SEED)
    }

    pub fn word(mut self, word: u64) -> Self {
        let product = u128::from(self.0 ^ word) * u128::from(FACTOR);
        self.0 = (product as u64) ^ ((product >> 64) as u64) ^ word.rotate_left(32);
        self
    }

    pub fn bytes(self, bytes: &[u8]) -> Self {
        let mut hash = self.word(bytes.len() as u64);
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            hash = hash.word(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            hash = hash.word(u64::from_le_bytes(word));
        }
        hash
    }

    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    pub fn value(self, value: &Value<'_>) -> Self {
        match value {
            Value::Empty => self.word(0),
            Value::Text(text) => self.word(1).text(text),
            Value::Bool(flag) => self.word(2).word(u64::from(*flag)),
            Value::Int(number) => self.word(3).word(*number as u64),
            Value::Double(number) => self.word(4).word(number.to_bits()),
            Value::Bytes(bytes) => self.word(5).bytes(bytes),
            Value::Array(values) => values.iter().fold(self.word(6), |hash, value| hash.value(value)),
            Value::Map(pairs) => self.word(7).attributes(pairs),
        }
    }

    pub fn attributes(self, attributes: &Attributes<'_>) -> Self {
        let pairs = attributes.0.iter().map(|(key, value)| StableHash::new().text(key).value(value).finish());
        self.word(attributes.0.len() as u64).word(pairs.fold(0, u64::wrapping_add))
    }

    pub fn finish(self) -> u64 {
        self.word(SEED).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(keys: &[&'static str]) -> Attributes<'static> {
        Attributes(keys.iter().map(|key| ((*key).into(), Value::Text((*key).into()))).collect())
    }

    #[test]
    fn attributes_hash_alike_in_any_order() {
        let hash = |keys| StableHash::new().attributes(&attributes(keys)).finish();
        assert_eq!(hash(&["a", "b", "c"]), hash(&["c", "a", "b"]));
        assert_ne!(hash(&["a", "b", "c"]), hash(&["a", "b", "d"]));
    }

    #[test]
    fn neighbouring_texts_do_not_run_together() {
        let hash = |one, two| StableHash::new().text(one).text(two).finish();
        assert_ne!(hash("ab", "c"), hash("a", "bc"));
        assert_ne!(hash("", "a"), hash("a", ""));
        assert_ne!(StableHash::new().text("a\0").finish(), StableHash::new().text("a").finish());
    }
}
