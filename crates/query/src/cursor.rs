//! Where a list goes on: the start and the id of the last row that was given.

use crate::limits::SESSION_ID_BYTES_MAX;
use crate::scope::clipped;
use crate::{ScopeError, Time};

/// Lists run from the newest to the oldest, so the next page starts below this row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    start: Time,
    id: String,
}

impl Cursor {
    pub(crate) fn after(start: Time, id: &str) -> String {
        format!("{}.{id}", start.0)
    }

    /// Reads a cursor back; none means the top of the list.
    pub fn parse(text: Option<&str>) -> Result<Self, ScopeError> {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return Ok(Self { start: Time(i64::MAX), id: String::new() });
        };
        let refused = || ScopeError::Cursor { value: clipped(text) };
        let (start, id) = text.split_once('.').ok_or_else(refused)?;
        let start = start.parse().map_err(|_| refused())?;
        if id.len() > SESSION_ID_BYTES_MAX {
            return Err(refused());
        }
        Ok(Self { start: Time(start), id: id.to_owned() })
    }

    pub(crate) fn start(&self) -> i64 {
        self.start.0
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back() {
        let cursor = Cursor::parse(Some(&Cursor::after(Time(42), "a.b"))).expect("valid");
        assert_eq!(cursor, Cursor { start: Time(42), id: "a.b".to_owned() });
        assert_eq!(Cursor::parse(None).expect("valid").start(), i64::MAX);
    }

    #[test]
    fn a_made_up_cursor_is_refused() {
        for text in ["x", "x.y", "1e3.a", &format!("1.{}", "x".repeat(129))] {
            assert!(Cursor::parse(Some(text)).is_err(), "{text}");
        }
    }
}
