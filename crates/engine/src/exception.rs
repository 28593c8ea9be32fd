//! An error of the database as ClickHouse's clients know it: a number, a text, and a form for each place it can appear.

use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use http::StatusCode;

use crate::limits::LATE_MESSAGE_BYTES_MAX;

/// Numbers of ClickHouse's `ErrorCodes` that this crate gives or reads.
pub mod code {
    pub const UNKNOWN_TABLE: u32 = 60;
    pub const SYNTAX_ERROR: u32 = 62;
    pub const UNKNOWN_DATABASE: u32 = 81;
    pub const BAD_ARGUMENTS: u32 = 36;
    pub const LOGICAL_ERROR: u32 = 49;
    pub const TIMEOUT_EXCEEDED: u32 = 159;
    pub const TOO_MANY_SIMULTANEOUS_QUERIES: u32 = 202;
    pub const NETWORK_ERROR: u32 = 210;
    pub const NOT_ENOUGH_SPACE: u32 = 243;
    pub const NOT_IMPLEMENTED: u32 = 48;
    pub const STD_EXCEPTION: u32 = 1001;
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    pub code: u32,
    /// `Code: N. DB::Exception: …`, as clients show it.
    pub text: String,
}

impl Exception {
    /// An error of our own in ClickHouse's words.
    pub fn new(code: u32, name: &str, message: &str) -> Self {
        Self { code, text: format!("Code: {code}. DB::Exception: {message} ({name})") }
    }

    /// What the library wrote. A disk without space shows itself in several ways; here they become one.
    pub fn from_engine(text: &str, data: &Path) -> Self {
        let text = text.trim_end();
        let code = leading_code(text);
        if code == Some(code::NOT_ENOUGH_SPACE) || says_disk_full(text) {
            let message = format!(
                "the disk of the data folder {} is full: free some space and send this again. The engine said: {text}",
                data.display()
            );
            return Self::new(code::NOT_ENOUGH_SPACE, "NOT_ENOUGH_SPACE", &message);
        }
        match code {
            Some(code) => Self { code, text: text.to_owned() },
            None => Self::new(code::STD_EXCEPTION, "STD_EXCEPTION", text),
        }
    }

    /// The status that goes with it when nothing has been sent yet.
    pub fn status(&self) -> StatusCode {
        use code::*;
        match self.code {
            SYNTAX_ERROR | BAD_ARGUMENTS | 26 | 27 | 33 | 38 | 41 | 42 | 43 | 44 | 46 | 47 | 53 | 70 | 72 | 115
            | 117 => StatusCode::BAD_REQUEST,
            UNKNOWN_TABLE | UNKNOWN_DATABASE => StatusCode::NOT_FOUND,
            TOO_MANY_SIMULTANEOUS_QUERIES => StatusCode::SERVICE_UNAVAILABLE,
            TIMEOUT_EXCEEDED => StatusCode::REQUEST_TIMEOUT,
            NOT_IMPLEMENTED => StatusCode::NOT_IMPLEMENTED,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The block that ends a broken stream of rows. Clients find it by `tag`, which they got in a header.
    pub fn block(&self, tag: &str) -> Vec<u8> {
        let mut end = self.text.len().min(LATE_MESSAGE_BYTES_MAX);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let message = format!("{}\n", &self.text[..end]);
        let bytes = message.len();
        format!("\r\n__exception__\r\n{tag}\r\n{message}{bytes} {tag}\r\n__exception__\r\n").into_bytes()
    }
}

/// Sixteen letters that no result can contain by intent: the hash is keyed by the system's randomness.
pub fn new_tag() -> String {
    let keyed = RandomState::new();
    let letters = |number: u64| (0..8).map(move |at| char::from(b'a' + ((number >> (at * 8)) % 26) as u8));
    letters(keyed.hash_one(1_u8)).chain(letters(keyed.hash_one(2_u8))).collect()
}

fn leading_code(text: &str) -> Option<u32> {
    let rest = text.strip_prefix("Code: ")?;
    let end = rest.find(|character: char| !character.is_ascii_digit())?;
    rest[..end].parse().ok()
}

fn says_disk_full(text: &str) -> bool {
    ["No space left on device", "errno: 28", "Disk quota exceeded"].iter().any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_engine(text: &str) -> Exception {
        Exception::from_engine(text, Path::new("/data"))
    }

    #[test]
    fn the_number_is_read_from_the_text() {
        let exception = from_engine("Code: 60. DB::Exception: Table limen.t does not exist. (UNKNOWN_TABLE)\n");

        assert_eq!(exception.code, 60);
        assert_eq!(exception.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_text_without_a_number_gets_one() {
        let exception = from_engine("std::bad_alloc");

        assert_eq!(exception.text, "Code: 1001. DB::Exception: std::bad_alloc (STD_EXCEPTION)");
    }

    #[test]
    fn every_way_to_say_that_the_disk_is_full_becomes_code_243() {
        for text in [
            "Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)",
            "Code: 75. DB::ErrnoException: Cannot write to file /x: errno: 28, strerror: No space left on device",
            "std::filesystem error: No space left on device",
        ] {
            let exception = from_engine(text);
            assert_eq!(exception.code, 243, "{text}");
            assert!(exception.text.starts_with("Code: 243. DB::Exception: the disk of the data folder /data is full"));
            assert_eq!(exception.status(), StatusCode::INTERNAL_SERVER_ERROR);
        }
    }

    #[test]
    fn the_block_counts_the_bytes_of_its_message() {
        let exception = Exception { code: 395, text: "Code: 395. DB::Exception: ü".to_owned() };

        let block = String::from_utf8(exception.block("abcdefghijklmnop")).expect("text");

        assert_eq!(
            block,
            "\r\n__exception__\r\nabcdefghijklmnop\r\nCode: 395. DB::Exception: ü\n29 abcdefghijklmnop\r\n__exception__\r\n"
        );
    }

    #[test]
    fn a_long_message_is_cut_at_a_character() {
        let exception = Exception { code: 1, text: "ü".repeat(LATE_MESSAGE_BYTES_MAX) };

        assert!(exception.block("t").len() < LATE_MESSAGE_BYTES_MAX + 100);
    }

    #[test]
    fn a_tag_has_sixteen_letters_and_differs_each_time() {
        let (first, second) = (new_tag(), new_tag());

        assert_eq!(first.len(), 16);
        assert!(first.bytes().all(|byte| byte.is_ascii_lowercase()));
        assert_ne!(first, second);
    }
}
