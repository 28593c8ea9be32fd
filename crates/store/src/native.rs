//! Turns rows into columns: RowBinary, in which rows of many requests lie one after the other, becomes one block of
//! Native, which costs the engine less than half to take in.
//!
//! Formats: <https://clickhouse.com/docs/interfaces/formats/Native>,
//! <https://clickhouse.com/docs/interfaces/formats/RowBinary>. Texts that repeat go as a dictionary and numbers into it.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::rows::Column;

/// A column's type, as far as the tables use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Bool,
    U8,
    U16,
    U32,
    I32,
    U64,
    F64,
    MaybeF64,
    MaybeI64,
    Time,
    TraceId,
    SpanId,
    Text,
    /// A text of which there are few different ones.
    Word,
    Attributes,
    List(&'static Kind),
}

impl Kind {
    /// The engine's name of it.
    pub fn name(self) -> String {
        let name = match self {
            Kind::Bool => "Bool",
            Kind::U8 => "UInt8",
            Kind::U16 => "UInt16",
            Kind::U32 => "UInt32",
            Kind::I32 => "Int32",
            Kind::U64 => "UInt64",
            Kind::F64 => "Float64",
            Kind::MaybeF64 => "Nullable(Float64)",
            Kind::MaybeI64 => "Nullable(Int64)",
            Kind::Time => "DateTime64(9, 'UTC')",
            Kind::TraceId => "FixedString(16)",
            Kind::SpanId => "FixedString(8)",
            Kind::Text => "String",
            Kind::Word => "LowCardinality(String)",
            Kind::Attributes => "Map(LowCardinality(String), String)",
            Kind::List(item) => return format!("Array({})", item.name()),
        };
        name.to_owned()
    }
}

/// The block of these rows; none when they are not whole rows of these columns.
pub fn block(columns: &[Column], rows: &[u8]) -> Option<Vec<u8>> {
    let mut input = Input { bytes: rows, at: 0 };
    let mut cells: Vec<Cells<'_>> = columns.iter().map(|column| Cells::new(column.kind)).collect();
    let mut count = 0;
    while input.at < rows.len() {
        cells.iter_mut().try_for_each(|cells| cells.take(&mut input))?;
        count += 1;
    }
    let mut out = Vec::with_capacity(rows.len());
    put_length(&mut out, columns.len());
    put_length(&mut out, count);
    for (column, cells) in columns.iter().zip(&cells) {
        put_text(&mut out, column.name.as_bytes());
        put_text(&mut out, column.kind.name().as_bytes());
        cells.put_prefix(&mut out);
        cells.put(&mut out);
    }
    Some(out)
}

/// What is left of the rows.
struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(taken)
    }

    fn length(&mut self) -> Option<usize> {
        let mut length = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = self.take(1)?[0];
            length |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(length);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        self.take(length)
    }
}

/// The cells of one column, in the shape in which Native has them.
enum Cells<'a> {
    Fixed { width: usize, bytes: Vec<u8> },
    Maybe { nulls: Vec<u8>, bytes: Vec<u8> },
    Text(Vec<u8>),
    Words(Words<'a>),
    Map { ends: Vec<u64>, keys: Words<'a>, values: Vec<u8> },
    List { ends: Vec<u64>, count: u64, items: Box<Cells<'a>> },
}

impl<'a> Cells<'a> {
    fn new(kind: Kind) -> Self {
        let fixed = |width| Cells::Fixed { width, bytes: Vec::new() };
        match kind {
            Kind::Bool | Kind::U8 => fixed(1),
            Kind::U16 => fixed(2),
            Kind::U32 | Kind::I32 => fixed(4),
            Kind::U64 | Kind::F64 | Kind::Time | Kind::SpanId => fixed(8),
            Kind::TraceId => fixed(16),
            Kind::MaybeF64 | Kind::MaybeI64 => Cells::Maybe { nulls: Vec::new(), bytes: Vec::new() },
            Kind::Text => Cells::Text(Vec::new()),
            Kind::Word => Cells::Words(Words::default()),
            Kind::Attributes => Cells::Map { ends: Vec::new(), keys: Words::default(), values: Vec::new() },
            Kind::List(item) => Cells::List { ends: Vec::new(), count: 0, items: Box::new(Cells::new(*item)) },
        }
    }

    /// Moves one cell from the rows here.
    fn take(&mut self, input: &mut Input<'a>) -> Option<()> {
        match self {
            Cells::Fixed { width, bytes } => bytes.extend_from_slice(input.take(*width)?),
            Cells::Maybe { nulls, bytes } => {
                let null = input.take(1)?[0];
                nulls.push(null);
                bytes.extend_from_slice(if null == 0 { input.take(8)? } else { &[0; 8] });
            }
            Cells::Text(bytes) => put_text(bytes, input.text()?),
            Cells::Words(words) => words.take(input)?,
            Cells::Map { ends, keys, values } => {
                for _ in 0..input.length()? {
                    keys.take(input)?;
                    put_text(values, input.text()?);
                }
                ends.push(keys.numbers.len() as u64);
            }
            Cells::List { ends, count, items } => {
                for _ in 0..input.length()? {
                    items.take(input)?;
                    *count += 1;
                }
                ends.push(*count);
            }
        }
        Some(())
    }

    /// What stands once before the cells, and before the ends of the lists that they are in.
    fn put_prefix(&self, out: &mut Vec<u8>) {
        match self {
            Cells::Words(_) | Cells::Map { .. } => put_u64(out, Words::VERSION),
            Cells::List { items, .. } => items.put_prefix(out),
            Cells::Fixed { .. } | Cells::Maybe { .. } | Cells::Text(_) => {}
        }
    }

    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Cells::Fixed { bytes, .. } | Cells::Text(bytes) => out.extend_from_slice(bytes),
            Cells::Maybe { nulls, bytes } => {
                out.extend_from_slice(nulls);
                out.extend_from_slice(bytes);
            }
            Cells::Words(words) => words.put(out),
            Cells::Map { ends, keys, values } => {
                ends.iter().for_each(|end| put_u64(out, *end));
                keys.put(out);
                out.extend_from_slice(values);
            }
            Cells::List { ends, items, .. } => {
                ends.iter().for_each(|end| put_u64(out, *end));
                items.put(out);
            }
        }
    }
}

/// A dictionary of texts, and for each cell its number in it.
#[derive(Default)]
struct Words<'a> {
    numbers_of: HashMap<&'a [u8], u32, RandomState>,
    texts: Vec<&'a [u8]>,
    numbers: Vec<u32>,
}

impl<'a> Words<'a> {
    /// A dictionary that comes with its block.
    const VERSION: u64 = 1;

    /// The dictionary holds all texts and is this block's own; the width of the numbers is added.
    const FLAGS: u64 = 0x600;

    fn take(&mut self, input: &mut Input<'a>) -> Option<()> {
        if self.texts.is_empty() {
            // The engine keeps the first place for the default.
            self.number_of(b"");
        }
        let text = input.text()?;
        // Rows of one request have most of their texts alike.
        let number = match self.numbers.last() {
            Some(last) if self.texts.get(*last as usize).is_some_and(|known| *known == text) => *last,
            _ => self.number_of(text),
        };
        self.numbers.push(number);
        Some(())
    }

    fn number_of(&mut self, text: &'a [u8]) -> u32 {
        *self.numbers_of.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() as u32 - 1
        })
    }

    fn put(&self, out: &mut Vec<u8>) {
        if self.numbers.is_empty() {
            return;
        }
        let width = if self.texts.len() <= 1 << 8 { 0 } else { 1 + u64::from(self.texts.len() > 1 << 16) };
        put_u64(out, Self::FLAGS | width);
        put_u64(out, self.texts.len() as u64);
        self.texts.iter().for_each(|text| put_text(out, text));
        put_u64(out, self.numbers.len() as u64);
        match width {
            0 => out.extend(self.numbers.iter().map(|number| *number as u8)),
            1 => self.numbers.iter().for_each(|number| out.extend_from_slice(&(*number as u16).to_le_bytes())),
            _ => self.numbers.iter().for_each(|number| out.extend_from_slice(&number.to_le_bytes())),
        }
    }
}

/// LEB128.
fn put_length(out: &mut Vec<u8>, length: usize) {
    let mut rest = length;
    while rest >= 0x80 {
        out.push((rest as u8) | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn put_text(out: &mut Vec<u8>, text: &[u8]) {
    put_length(out, text.len());
    out.extend_from_slice(text);
}

fn put_u64(out: &mut Vec<u8>, value: u64) {
    out.extend_from_slice(&value.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column::new("word", Kind::Word),
        Column::new("maybe", Kind::MaybeF64),
        Column::new("map", Kind::Attributes),
        Column::new("list", Kind::List(&Kind::U64)),
    ];

    #[test]
    fn rows_that_break_off_are_no_block() {
        let row = [&[1, b'a', 1, 1, 1, b'k', 1, b'v', 1][..], &7u64.to_le_bytes()].concat();
        assert!(block(COLUMNS, &row.repeat(3)).is_some());
        for end in 1..row.len() {
            assert!(block(COLUMNS, &row[..end]).is_none(), "{end}");
            assert!(block(COLUMNS, &[&row[..], &row[..end]].concat()).is_none(), "{end}");
        }
    }

    #[test]
    fn a_length_beyond_all_bounds_is_no_block_and_takes_no_memory() {
        let columns = [Column::new("list", Kind::List(&Kind::U64)), Column::new("text", Kind::Text)];
        for length in [&[0xff; 9][..], &[0xff; 10], &[0xff; 11]] {
            let row = [length, &[0x7f], &[0; 64]].concat();
            assert!(block(&columns, &row).is_none() && block(&columns[1..], &row).is_none());
        }
    }

    #[test]
    fn a_text_stands_in_the_dictionary_once() {
        let text = |text: &str| [&[text.len() as u8], text.as_bytes()].concat();
        let rows = ["a", "a", "b", "", "a"].map(text).concat();
        let found = block(&[Column::new("x", Kind::Word)], &rows).expect("whole rows");
        let mut expected = b"\x01\x05\x01x\x16LowCardinality(String)".to_vec();
        expected.extend([1u64, 0x600, 3].map(u64::to_le_bytes).concat());
        expected.extend(b"\0\x01a\x01b");
        expected.extend(5u64.to_le_bytes());
        expected.extend([1, 1, 2, 0, 1]);
        assert_eq!(found, expected);
    }
}
