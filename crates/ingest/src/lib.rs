//! Stage two of the pipeline: the bytes of a request become a `ReceivedBatch`.
//!
//! `open` unpacks the body, `decode` reads it. Both are told the `Limits` of the door the request came through, and
//! a batch borrows its texts from the opened body: what is not kept is never copied.

mod budget;
mod error;
mod json;
mod limits;
mod open;
mod protobuf;
mod records;

use limen_model::Signal;
use limen_model::received::ReceivedBatch;

pub use error::IngestError;
pub use limits::Limits;
pub use open::{Encoding, open};

use budget::Budget;
use protobuf::Version;

/// How the opened body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// OTLP's `Export…ServiceRequest`, `application/x-protobuf`.
    Protobuf,
    /// The same message as JSON, `application/json`.
    Json,
    /// `prometheus.WriteRequest`, of Prometheus's remote write 1.0.
    RemoteWrite1,
    /// `io.prometheus.write.v2.Request`, of remote write 2.0.
    RemoteWrite2,
    /// The agent's own form: the JSON envelopes of logs and of spans in one object.
    AgentJson,
}

/// Reads an opened body. `signal` says which envelope an OTLP body holds; the agent's form names its own.
///
/// Records that break a limit or lack what they cannot be without are counted in the batch's `rejections`; an error
/// means that the body as a whole is unreadable.
pub fn decode<'a>(
    bytes: &'a [u8],
    format: Format,
    signal: Signal,
    limits: &Limits,
) -> Result<ReceivedBatch<'a>, IngestError> {
    let mut budget = Budget::new(limits);
    let mut batch = ReceivedBatch::default();
    match format {
        Format::Protobuf => protobuf::decode(bytes, signal, &mut budget, &mut batch)?,
        Format::RemoteWrite1 => protobuf::decode_remote_write(bytes, Version::One, &mut budget, &mut batch)?,
        Format::RemoteWrite2 => protobuf::decode_remote_write(bytes, Version::Two, &mut budget, &mut batch)?,
        Format::Json => json::decode(bytes, &[signal], &mut budget, &mut batch)?,
        Format::AgentJson => json::decode(bytes, &[Signal::Logs, Signal::Traces], &mut budget, &mut batch)?,
    }
    batch.rejections = budget.into_rejections();
    Ok(batch)
}
