//! `LogRecord`.

use limen_model::received::LogRecord;
use serde::de::{MapAccess, SeqAccess};

use super::attributes::{AnyValue, AttributeList};
use super::envelope::Read;
use super::read::{Fields, Items, Object, skip};
use super::scalar::{Small, SpanHex, TraceHex, Unsigned, Words};
use crate::budget::Budget;
use crate::records::{Record, SEVERITY_MAX, known};

impl<'de> Read<'de> for LogRecord<'de> {
    const SCOPES: &'static str = "scopeLogs";
    const RECORDS: &'static str = "logRecords";

    fn read<A: SeqAccess<'de>>(seq: &mut A, records: &mut Vec<Self>, budget: &mut Budget) -> Result<bool, A::Error> {
        let mut reader = LogReader { log: LogRecord::default(), budget };
        if seq.next_element_seed(Fields(&mut reader))?.is_none() {
            return Ok(false);
        }
        let LogReader { log, budget } = reader;
        budget.expect_attributes(&log.attributes);
        match budget.flaw() {
            None => records.push(log),
            Some(outcome) => budget.reject(Self::SIGNAL, outcome, 1),
        }
        Ok(true)
    }
}

struct LogReader<'de, 'x> {
    log: LogRecord<'de>,
    budget: &'x mut Budget,
}

impl<'de> Object<'de> for LogReader<'de, '_> {
    const WHAT: &'static str = "a log record";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let LogReader { log, budget } = self;
        match key {
            "timeUnixNano" => log.time_unix_nano = map.next_value::<Unsigned>()?.0,
            "observedTimeUnixNano" => log.observed_time_unix_nano = map.next_value::<Unsigned>()?.0,
            "severityNumber" => log.severity_number = known(map.next_value::<Small>()?.0.into(), SEVERITY_MAX),
            "severityText" => log.severity_text = budget.name(map.next_value::<Words>()?.0),
            "eventName" => log.event_name = budget.name(map.next_value::<Words>()?.0),
            "body" => map.next_value_seed(Fields(&mut AnyValue { value: &mut log.body, level: 0, budget }))?,
            "attributes" => {
                map.next_value_seed(Items(&mut AttributeList { attributes: &mut log.attributes, budget }))?;
            }
            "traceId" => log.trace_id = map.next_value::<TraceHex>()?.0,
            "spanId" => log.span_id = map.next_value::<SpanHex>()?.0,
            _ => skip(map)?,
        }
        Ok(())
    }
}
