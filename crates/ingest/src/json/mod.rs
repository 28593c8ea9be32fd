//! OTLP in JSON, read by visitors straight into the batch: no document tree is ever built, and texts without escapes
//! borrow from the body.

mod attributes;
mod envelope;
mod logs;
mod metrics;
mod read;
mod scalar;
mod spans;

use limen_model::Signal;
use limen_model::received::ReceivedBatch;
use serde::de::{DeserializeSeed, MapAccess};

use self::envelope::Groups;
use self::read::{Fields, Items, Object, skip};
use crate::budget::Budget;
use crate::error::IngestError;

/// Reads an object that holds the envelopes of `signals`.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    signals: &[Signal],
    budget: &mut Budget,
    batch: &mut ReceivedBatch<'a>,
) -> Result<(), IngestError> {
    let text = std::str::from_utf8(bytes).map_err(|error| IngestError::JsonNotText(error.valid_up_to()))?;
    // serde_json stops at 128 levels, so nesting cannot exhaust the stack.
    let mut json = serde_json::Deserializer::from_str(text);
    Fields(&mut Request { signals, budget, batch }).deserialize(&mut json)?;
    json.end()?;
    Ok(())
}

struct Request<'a, 'x> {
    signals: &'x [Signal],
    budget: &'x mut Budget,
    batch: &'x mut ReceivedBatch<'a>,
}

impl<'a> Object<'a> for Request<'a, '_> {
    const WHAT: &'static str = "an object with `resourceLogs`, `resourceSpans` or `resourceMetrics`";

    fn field<A: MapAccess<'a>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let budget = &mut *self.budget;
        match key {
            "resourceLogs" if self.signals.contains(&Signal::Logs) => {
                map.next_value_seed(Items(&mut Groups { groups: &mut self.batch.logs, budget }))
            }
            "resourceSpans" if self.signals.contains(&Signal::Traces) => {
                map.next_value_seed(Items(&mut Groups { groups: &mut self.batch.spans, budget }))
            }
            "resourceMetrics" if self.signals.contains(&Signal::Metrics) => {
                map.next_value_seed(Items(&mut Groups { groups: &mut self.batch.metrics, budget }))
            }
            _ => skip(map),
        }
    }
}
