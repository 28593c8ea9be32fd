//! OTLP in protobuf, read in place: a walk over field numbers instead of generated types, because nothing that is
//! not kept should be copied.

mod envelope;
mod logs;
mod metrics;
mod remote_write;
mod spans;
mod value;
mod wire;

use limen_model::Signal;
use limen_model::received::ReceivedBatch;

use crate::budget::Budget;
use crate::error::WireError;

pub(crate) use remote_write::Version;

/// Reads an `Export…ServiceRequest` of the signal.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    signal: Signal,
    budget: &mut Budget,
    batch: &mut ReceivedBatch<'a>,
) -> Result<(), WireError> {
    let request = wire::Reader::new(bytes);
    match signal {
        Signal::Logs => envelope::read(request, budget, &mut batch.logs),
        Signal::Traces => envelope::read(request, budget, &mut batch.spans),
        Signal::Metrics => envelope::read(request, budget, &mut batch.metrics),
    }
}

/// Reads a request of Prometheus's remote write.
pub(crate) fn decode_remote_write<'a>(
    bytes: &'a [u8],
    version: Version,
    budget: &mut Budget,
    batch: &mut ReceivedBatch<'a>,
) -> Result<(), WireError> {
    remote_write::read(wire::Reader::new(bytes), version, budget, &mut batch.metrics)
}
