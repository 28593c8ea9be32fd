//! `Span` with its events, links and status.

use limen_model::received::{Span, SpanEvent, SpanLink};
use limen_model::{Attributes, SpanId, Text, TraceId};

use super::envelope::Read;
use super::value::add_attribute;
use super::wire::Reader;
use crate::budget::Budget;
use crate::error::WireError;
use crate::records::{Record, SPAN_KIND_MAX, STATUS_MAX, SpanDraft, known};

impl<'a> Read<'a> for Span<'a> {
    fn read(message: Reader<'a>, budget: &mut Budget) -> Result<Option<Self>, WireError> {
        let draft = read_span(message, budget)?;
        budget.expect_attributes(&draft.attributes);
        match budget.flaw().map_or_else(|| draft.finish(), Err) {
            Ok(span) => Ok(Some(span)),
            Err(outcome) => {
                budget.reject(Self::SIGNAL, outcome, 1);
                Ok(None)
            }
        }
    }
}

fn read_span<'a>(mut message: Reader<'a>, budget: &mut Budget) -> Result<SpanDraft<'a>, WireError> {
    let mut span = SpanDraft::default();
    while let Some(field) = message.next()? {
        match field.number {
            1 => span.trace_id = TraceId::from_bytes(field.bytes()?),
            2 => span.span_id = SpanId::from_bytes(field.bytes()?),
            3 => span.trace_state = budget.text(field.text()?.into()),
            4 => span.parent_span_id = SpanId::from_bytes(field.bytes()?),
            5 => span.name = budget.name(field.text()?.into()),
            6 => span.kind = known(field.int64()?, SPAN_KIND_MAX),
            7 => span.start_time_unix_nano = field.fixed64()?,
            8 => span.end_time_unix_nano = field.fixed64()?,
            9 => add_attribute(field.message()?, &mut span.attributes, budget)?,
            11 => {
                let message = field.message()?;
                if budget.may_add_to_span(span.events.len()) {
                    span.events.push(read_event(message, budget)?);
                }
            }
            13 => {
                let message = field.message()?;
                if budget.may_add_to_span(span.links.len()) {
                    span.links.extend(read_link(message, budget)?);
                }
            }
            15 => read_status(field.message()?, &mut span, budget)?,
            _ => {}
        }
    }
    Ok(span)
}

fn read_event<'a>(mut message: Reader<'a>, budget: &mut Budget) -> Result<SpanEvent<'a>, WireError> {
    let mut event = SpanEvent { time_unix_nano: 0, name: Text::default(), attributes: Attributes::default() };
    while let Some(field) = message.next()? {
        match field.number {
            1 => event.time_unix_nano = field.fixed64()?,
            2 => event.name = budget.name(field.text()?.into()),
            3 => add_attribute(field.message()?, &mut event.attributes, budget)?,
            _ => {}
        }
    }
    Ok(event)
}

/// A link without valid ids points nowhere and is left out.
fn read_link<'a>(mut message: Reader<'a>, budget: &mut Budget) -> Result<Option<SpanLink<'a>>, WireError> {
    let (mut trace_id, mut span_id, mut attributes) = (None, None, Attributes::default());
    while let Some(field) = message.next()? {
        match field.number {
            1 => trace_id = TraceId::from_bytes(field.bytes()?),
            2 => span_id = SpanId::from_bytes(field.bytes()?),
            4 => add_attribute(field.message()?, &mut attributes, budget)?,
            _ => {}
        }
    }
    Ok(trace_id.zip(span_id).map(|(trace_id, span_id)| SpanLink { trace_id, span_id, attributes }))
}

fn read_status<'a>(mut message: Reader<'a>, span: &mut SpanDraft<'a>, budget: &Budget) -> Result<(), WireError> {
    while let Some(field) = message.next()? {
        match field.number {
            2 => span.status_message = budget.text(field.text()?.into()),
            3 => span.status_code = known(field.int64()?, STATUS_MAX),
            _ => {}
        }
    }
    Ok(())
}
