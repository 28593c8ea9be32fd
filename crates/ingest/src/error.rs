//! Why a body was refused as a whole, in words that tell the sender what to change.

use limen_model::Outcome;

/// A refusal of the whole body. Single bad records are counted in the batch instead.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The body was packed by a method the server does not open.
    #[error("content encoding `{0}` is not understood, but gzip, zstd and identity are")]
    EncodingUnsupported(String),
    /// The body is too large as sent.
    #[error("the body has {actual} bytes, the limit is {limit}: send smaller batches")]
    BodyTooLarge { actual: usize, limit: usize },
    /// The body is too large once unpacked.
    #[error("the body unpacks to more than {limit} bytes: send smaller batches")]
    BodyExpandsTooMuch { limit: usize },
    /// The body is no gzip, or a damaged one.
    #[error("the body is no valid gzip: send it unpacked and without `Content-Encoding`, or check how it is packed")]
    GzipBroken,
    /// The body is no zstd, a damaged one, or one that wants more memory than it may have.
    #[error(
        "the body is no valid zstd, or its window is too large: send it unpacked and without `Content-Encoding`, or check \
         how it is packed"
    )]
    ZstdBroken,
    /// The body is no snappy block.
    #[error("the body is no valid snappy: remote write packs it as one block, without frames")]
    SnappyBroken,
    /// The body is no JSON of the OTLP shape.
    #[error("the body is no OTLP in JSON: {0}; names are lowerCamelCase, ids hexadecimal, enums numbers")]
    JsonBroken(#[from] serde_json::Error),
    /// The body is no text at all.
    #[error("the body is no JSON: byte {0} is not UTF-8; protobuf needs the content type `application/x-protobuf`")]
    JsonNotText(usize),
    /// The body is no protobuf of the OTLP shape.
    #[error(
        "the body is no protobuf of the kind that was announced: {0}; JSON needs the content type `application/json`"
    )]
    ProtobufBroken(#[from] WireError),
}

impl IngestError {
    /// The name under which the refusal is counted.
    pub fn outcome(&self) -> Outcome {
        match self {
            IngestError::EncodingUnsupported(_) => Outcome::EncodingUnsupported,
            IngestError::BodyTooLarge { .. } => Outcome::BodyTooLarge,
            IngestError::BodyExpandsTooMuch { .. } => Outcome::BodyExpandsTooMuch,
            IngestError::GzipBroken => Outcome::GzipBroken,
            IngestError::SnappyBroken => Outcome::SnappyBroken,
            IngestError::ZstdBroken => Outcome::ZstdBroken,
            IngestError::JsonBroken(_) | IngestError::JsonNotText(_) => Outcome::JsonBroken,
            IngestError::ProtobufBroken(_) => Outcome::ProtobufBroken,
        }
    }
}

/// What is wrong with the bytes of a protobuf message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The message ends within a field, or a length points past its end.
    #[error("it ends within a field")]
    Truncated,
    /// A variable-length number has more than ten bytes or more than 64 bits.
    #[error("a number is longer than 64 bits")]
    VarintTooLong,
    /// A field has the number zero, or one beyond what protobuf allows.
    #[error("a field has an invalid number")]
    FieldNumber,
    /// A field uses a group or one of the two wire types that do not exist.
    #[error("a field has a wire type that OTLP does not use")]
    WireType,
    /// A known field comes with the wire type of another kind of value.
    #[error("field {0} has the wire type of another kind of value")]
    Mismatch(u32),
    /// A reference points past the symbols of its message.
    #[error("a series refers to a symbol that is not there")]
    Reference,
    /// The list of symbols is over the limit.
    #[error("it has more than {0} symbols: send smaller batches")]
    SymbolsTooMany(usize),
    /// A text is not UTF-8.
    #[error("the text of field {0} is not UTF-8")]
    NotUtf8(u32),
}
