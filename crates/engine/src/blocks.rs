//! Joins the blocks of a streamed answer: the engine gives each as a whole document, clients expect one.

use bytes::Bytes;

use crate::exception::{Exception, code};

/// The format whose blocks all begin with the names and types of the columns.
const WITH_HEADER: &str = "RowBinaryWithNamesAndTypes";

/// Cuts the header off every block but the first.
pub struct Joiner {
    with_header: bool,
    header: Option<Bytes>,
}

impl Joiner {
    pub fn new(format: &str) -> Self {
        Self { with_header: format == WITH_HEADER, header: None }
    }

    pub fn join(&mut self, block: Vec<u8>) -> Result<Bytes, Exception> {
        let block = Bytes::from(block);
        if !self.with_header {
            return Ok(block);
        }
        match &self.header {
            None => {
                let length = header_length(&block).ok_or_else(unreadable)?;
                self.header = Some(block.slice(..length));
                Ok(block)
            }
            Some(header) if block.starts_with(header) => Ok(block.slice(header.len()..)),
            Some(_) => Err(unreadable()),
        }
    }
}

fn unreadable() -> Exception {
    Exception::new(code::LOGICAL_ERROR, "LOGICAL_ERROR", "a block of the answer does not begin with the columns' names")
}

/// The number of columns, then all names, then all types, each text with its length in front.
fn header_length(block: &[u8]) -> Option<usize> {
    let mut at = 0;
    let columns = number(block, &mut at)?;
    for _ in 0..columns.checked_mul(2)? {
        let length = number(block, &mut at)?;
        at = at.checked_add(length)?;
        if at > block.len() {
            return None;
        }
    }
    Some(at)
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn number(block: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0;
    for shift in (0..56).step_by(7) {
        let byte = *block.get(*at)?;
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[u8] = b"\x01\x06number\x06UInt64";

    fn block(rows: &[u8]) -> Vec<u8> {
        [HEADER, rows].concat()
    }

    #[test]
    fn the_header_is_sent_once() {
        let mut joiner = Joiner::new(WITH_HEADER);

        assert_eq!(joiner.join(block(b"one")).expect("first"), block(b"one"));
        assert_eq!(joiner.join(block(b"two")).expect("second"), b"two".as_slice());
    }

    #[test]
    fn formats_without_header_pass_unchanged() {
        let mut joiner = Joiner::new("RowBinary");

        assert_eq!(joiner.join(block(b"")).expect("first"), block(b""));
        assert_eq!(joiner.join(block(b"")).expect("second"), block(b""));
    }

    #[test]
    fn a_block_with_another_header_is_an_error_and_not_wrong_data() {
        let mut joiner = Joiner::new(WITH_HEADER);
        joiner.join(block(b"")).expect("first");

        joiner.join(b"\x01\x01a\x05UInt8".to_vec()).expect_err("other columns");
    }

    #[test]
    fn a_broken_header_is_an_error() {
        for broken in [b"".as_slice(), b"\x01", b"\x01\x06num", b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"] {
            Joiner::new(WITH_HEADER).join(broken.to_vec()).expect_err("broken");
        }
    }
}
