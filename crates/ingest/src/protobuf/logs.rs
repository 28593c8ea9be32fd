//! `LogRecord`.

use limen_model::received::LogRecord;
use limen_model::{SpanId, TraceId};

use super::envelope::Read;
use super::value::{add_attribute, read_value};
use super::wire::Reader;
use crate::budget::Budget;
use crate::error::WireError;
use crate::records::{Record, SEVERITY_MAX, known};

impl<'a> Read<'a> for LogRecord<'a> {
    fn read(mut message: Reader<'a>, budget: &mut Budget) -> Result<Option<Self>, WireError> {
        let mut log = LogRecord::default();
        while let Some(field) = message.next()? {
            match field.number {
                1 => log.time_unix_nano = field.fixed64()?,
                2 => log.severity_number = known(field.int64()?, SEVERITY_MAX),
                3 => log.severity_text = budget.name(field.text()?.into()),
                5 => log.body = read_value(field.message()?, 0, budget)?,
                6 => add_attribute(field.message()?, &mut log.attributes, budget)?,
                // An id of wrong length or all zeros means "no trace" on a log record.
                9 => log.trace_id = TraceId::from_bytes(field.bytes()?),
                10 => log.span_id = SpanId::from_bytes(field.bytes()?),
                11 => log.observed_time_unix_nano = field.fixed64()?,
                12 => log.event_name = budget.name(field.text()?.into()),
                _ => {}
            }
        }
        budget.expect_attributes(&log.attributes);
        if let Some(outcome) = budget.flaw() {
            budget.reject(Self::SIGNAL, outcome, 1);
            return Ok(None);
        }
        Ok(Some(log))
    }
}
