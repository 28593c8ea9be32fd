//! The vocabulary of Limen: ids, values, the batch at each stage of its way, and the names of every loss.
//!
//! This crate knows nobody: no HTTP, no SQL, no JSON.

pub mod attributes;
pub mod enriched;
pub mod hash;
pub mod ids;
pub mod outcome;
pub mod received;
pub mod redaction;
pub mod sampling;
pub mod value;

pub use hash::StableHash;
pub use ids::{AppId, IdError, IngestKey, SpanId, TraceId};
pub use outcome::{Outcome, Rejections, Signal};
pub use value::{Attributes, Text, Value};
