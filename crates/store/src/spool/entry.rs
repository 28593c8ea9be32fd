//! One insert as a row of the spool's file, with a checksum over all of it.

use crc::{CRC_64_XZ, Crc};
use limen_model::AppId;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::batch::{Piece, Table};
use crate::insert::Insert;
use crate::limits::SPOOL_ENTRY_OVERHEAD_BYTES;

const CHECKSUM: Crc<u64> = Crc::<u64>::new(&CRC_64_XZ);

/// The columns of an entry as SQLite holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stored {
    pub target: String,
    pub token: String,
    pub statement: String,
    pub pieces: String,
    pub checksum: i64,
    pub rows: Vec<u8>,
}

/// What of the file's limit an insert takes.
pub(super) fn size(insert: &Insert) -> u64 {
    let pieces = insert.pieces.iter().map(|piece| piece.app.as_str().len() + 24).sum::<usize>();
    (insert.rows.len() + insert.statement.len() + insert.token.len() + pieces) as u64 + SPOOL_ENTRY_OVERHEAD_BYTES
}

/// `app rows bytes`, a line for each request.
pub(super) fn write_pieces(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| format!("{} {} {}\n", piece.app, piece.rows, piece.bytes)).collect()
}

fn read_pieces(text: &str) -> Option<Vec<Piece>> {
    text.lines()
        .map(|line| {
            let mut words = line.split(' ');
            let app = AppId::parse(words.next()?).ok()?;
            Some(Piece { app, rows: words.next()?.parse().ok()?, bytes: words.next()?.parse().ok()? })
        })
        .collect()
}

/// SQLite notices a broken structure, but not a changed byte inside a value.
pub(super) fn checksum(target: &str, token: &str, statement: &str, pieces: &str, rows: &[u8]) -> i64 {
    let mut digest = CHECKSUM.digest();
    for part in [target.as_bytes(), token.as_bytes(), statement.as_bytes(), pieces.as_bytes(), rows] {
        digest.update(&(part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().cast_signed()
}

impl Stored {
    /// The columns in the order of the fields.
    pub fn read(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            target: row.try_get(0)?,
            token: row.try_get(1)?,
            statement: row.try_get(2)?,
            pieces: row.try_get(3)?,
            checksum: row.try_get(4)?,
            rows: row.try_get(5)?,
        })
    }

    /// Nothing when it is not what was written.
    pub fn into_insert(self) -> Option<Insert> {
        let sum = checksum(&self.target, &self.token, &self.statement, &self.pieces, &self.rows);
        if sum != self.checksum {
            return None;
        }
        let pieces = read_pieces(&self.pieces)?;
        let whole = pieces.iter().map(|piece| piece.bytes).sum::<usize>() == self.rows.len();
        let table = Table::named(&self.target).filter(|_| whole)?;
        Some(Insert { table, statement: self.statement, token: self.token, rows: self.rows.into(), pieces })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored() -> Stored {
        let pieces = vec![
            Piece { app: AppId::parse("shop").expect("valid"), rows: 1, bytes: 3 },
            Piece { app: AppId::parse("blog").expect("valid"), rows: 2, bytes: 2 },
        ];
        let (target, token, statement, rows) =
            ("views".to_owned(), "t".to_owned(), "INSERT".to_owned(), b"abcde".to_vec());
        let pieces = write_pieces(&pieces);
        let checksum = checksum(&target, &token, &statement, &pieces, &rows);
        Stored { target, token, statement, pieces, checksum, rows }
    }

    #[test]
    fn an_entry_is_read_as_it_was_written_and_splits_into_its_requests() {
        let insert = stored().into_insert().expect("whole");
        assert_eq!((insert.table, insert.row_count(), &insert.rows[..]), (Table::Views, 3, &b"abcde"[..]));
        let parts: Vec<_> = insert.split().map(|part| (part.token, part.rows.to_vec())).collect();
        assert_eq!(parts, [("t-0".to_owned(), b"abc".to_vec()), ("t-1".to_owned(), b"de".to_vec())]);
    }

    #[test]
    fn a_changed_byte_anywhere_is_noticed() {
        let changes: [fn(&mut Stored); 6] = [
            |entry| entry.rows[0] ^= 1,
            |entry| entry.token.push('x'),
            |entry| entry.statement.push('x'),
            |entry| entry.pieces = entry.pieces.replace("shop", "shup"),
            |entry| entry.target = "events".to_owned(),
            |entry| entry.rows.truncate(4),
        ];
        for (index, change) in changes.into_iter().enumerate() {
            let mut entry = stored();
            change(&mut entry);
            assert_eq!(entry.into_insert(), None, "change {index}");
        }
    }
}
