//! Reads protobuf's wire format field by field without copying; https://protobuf.dev/programming-guides/encoding.

use crate::error::WireError;

/// What is left of a message.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

/// One field: its number and what it holds.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    pub number: u32,
    content: Content<'a>,
}

#[derive(Clone, Copy)]
enum Content<'a> {
    Varint(u64),
    Fixed64(u64),
    Fixed32,
    Bytes(&'a [u8]),
}

impl<'a> Reader<'a> {
    pub fn new(message: &'a [u8]) -> Self {
        Reader(message)
    }

    /// The next field, or `None` at the end of the message.
    #[inline]
    pub fn next(&mut self) -> Result<Option<Field<'a>>, WireError> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let tag = self.varint()?;
        let number = u32::try_from(tag >> 3).ok().filter(|number| (1..1 << 29).contains(number));
        let number = number.ok_or(WireError::FieldNumber)?;
        let content = match tag & 7 {
            0 => Content::Varint(self.varint()?),
            1 => Content::Fixed64(u64::from_le_bytes(self.chunk()?)),
            2 => {
                let length = usize::try_from(self.varint()?).map_err(|_| WireError::Truncated)?;
                let (bytes, rest) = self.0.split_at_checked(length).ok_or(WireError::Truncated)?;
                self.0 = rest;
                Content::Bytes(bytes)
            }
            5 => {
                self.chunk::<4>()?;
                Content::Fixed32
            }
            // 3 and 4 open and close a group, which OTLP never uses; 6 and 7 do not exist.
            _ => return Err(WireError::WireType),
        };
        Ok(Some(Field { number, content }))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    pub fn varint(&mut self) -> Result<u64, WireError> {
        // Nearly all tags and lengths are one byte.
        match self.0 {
            [byte, rest @ ..] if *byte < 0x80 => {
                self.0 = rest;
                Ok(u64::from(*byte))
            }
            _ => self.long_varint(),
        }
    }

    fn long_varint(&mut self) -> Result<u64, WireError> {
        let mut number = 0;
        for (at, byte) in self.0.iter().take(10).enumerate() {
            if at == 9 && *byte > 1 {
                return Err(WireError::VarintTooLong);
            }
            number |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                self.0 = &self.0[at + 1..];
                return Ok(number);
            }
        }
        Err(WireError::Truncated)
    }

    pub fn chunk<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let (chunk, rest) = self.0.split_first_chunk::<N>().ok_or(WireError::Truncated)?;
        self.0 = rest;
        Ok(*chunk)
    }
}

impl<'a> Field<'a> {
    pub fn bytes(&self) -> Result<&'a [u8], WireError> {
        match self.content {
            Content::Bytes(bytes) => Ok(bytes),
            _ => Err(WireError::Mismatch(self.number)),
        }
    }

    pub fn message(&self) -> Result<Reader<'a>, WireError> {
        self.bytes().map(Reader)
    }

    pub fn text(&self) -> Result<&'a str, WireError> {
        std::str::from_utf8(self.bytes()?).map_err(|_| WireError::NotUtf8(self.number))
    }

    pub fn varint(&self) -> Result<u64, WireError> {
        match self.content {
            Content::Varint(number) => Ok(number),
            _ => Err(WireError::Mismatch(self.number)),
        }
    }

    /// A plain signed number: negative ones come as ten bytes of two's complement.
    pub fn int64(&self) -> Result<i64, WireError> {
        self.varint().map(|number| number as i64)
    }

    /// A signed number in zigzag order, cut to its 32 bits as protobuf demands.
    pub fn sint32(&self) -> Result<i32, WireError> {
        self.varint().map(|number| number as u32).map(|number| (number >> 1) as i32 ^ -((number & 1) as i32))
    }

    pub fn bool(&self) -> Result<bool, WireError> {
        self.varint().map(|number| number != 0)
    }

    pub fn fixed64(&self) -> Result<u64, WireError> {
        match self.content {
            Content::Fixed64(bits) => Ok(bits),
            _ => Err(WireError::Mismatch(self.number)),
        }
    }

    pub fn double(&self) -> Result<f64, WireError> {
        self.fixed64().map(f64::from_bits)
    }

    /// Adds the numbers of a repeated `fixed64` or `double`, packed or one by one. Reads no more than `max`, and
    /// says whether that was all.
    pub fn fixed64s<T>(&self, list: &mut Vec<T>, max: usize, number: impl Fn(u64) -> T) -> Result<bool, WireError> {
        let Content::Bytes(packed) = self.content else {
            let fits = list.len() < max;
            if fits {
                list.push(number(self.fixed64()?));
            }
            return Ok(fits);
        };
        let (chunks, rest) = packed.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(WireError::Truncated);
        }
        let left = max.saturating_sub(list.len());
        list.extend(chunks.iter().take(left).map(|bytes| number(u64::from_le_bytes(*bytes))));
        Ok(chunks.len() <= left)
    }

    /// Adds the numbers of a repeated `uint64`, packed or one by one, as `fixed64s` does.
    pub fn varints(&self, list: &mut Vec<u64>, max: usize) -> Result<bool, WireError> {
        let Content::Bytes(packed) = self.content else {
            let fits = list.len() < max;
            if fits {
                list.push(self.varint()?);
            }
            return Ok(fits);
        };
        let mut packed = Reader(packed);
        while !packed.is_empty() {
            let number = packed.varint()?;
            if list.len() >= max {
                return Ok(false);
            }
            list.push(number);
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(message: &[u8]) -> Result<Field<'_>, WireError> {
        Reader::new(message).next().map(|field| field.expect("not empty"))
    }

    #[test]
    fn reads_each_wire_type() {
        assert_eq!(first(&[0x08, 0x96, 0x01]).and_then(|field| field.varint()), Ok(150));
        assert_eq!(first(&[0x12, 2, b'h', b'i']).and_then(|field| field.text()), Ok("hi"));
        assert_eq!(first(&[0x09, 1, 0, 0, 0, 0, 0, 0, 0]).and_then(|field| field.fixed64()), Ok(1));
        assert!(first(&[0x0d, 1, 0, 0, 0]).is_ok());
        let minus_one = [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(first(&minus_one).and_then(|field| field.int64()), Ok(-1));
        assert_eq!(first(&[0x08, 3]).and_then(|field| field.sint32()), Ok(-2));
    }

    #[test]
    fn refuses_what_ends_within_a_field() {
        for message in [&[0x08][..], &[0x08, 0x80], &[0x12, 5, b'h'], &[0x09, 1, 2], &[0x0d, 1], &[0x80]] {
            assert_eq!(first(message).err(), Some(WireError::Truncated), "{message:x?}");
        }
        let endless = [0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0];
        assert_eq!(first(&endless).err(), Some(WireError::Truncated));
    }

    #[test]
    fn refuses_groups_unknown_wire_types_and_field_zero() {
        for tag in [0x0b, 0x0c, 0x0e, 0x0f] {
            assert_eq!(first(&[tag, 0]).err(), Some(WireError::WireType));
        }
        assert_eq!(first(&[0x00, 0]).err(), Some(WireError::FieldNumber));
    }

    #[test]
    fn refuses_a_number_longer_than_64_bits() {
        let long = [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02];
        assert_eq!(first(&long).err(), Some(WireError::VarintTooLong));
    }

    #[test]
    fn refuses_a_known_field_of_another_type() {
        assert_eq!(first(&[0x08, 1]).and_then(|field| field.text()), Err(WireError::Mismatch(1)));
        assert_eq!(first(&[0x12, 1, 0xff]).and_then(|field| field.text()), Err(WireError::NotUtf8(2)));
    }
}
