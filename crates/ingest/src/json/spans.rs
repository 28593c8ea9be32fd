//! `Span` with its events, links and status.

use limen_model::received::{Span, SpanEvent, SpanLink};
use limen_model::{Attributes, SpanId, Text, TraceId};
use serde::de::{MapAccess, SeqAccess};

use super::attributes::AttributeList;
use super::envelope::Read;
use super::read::{Fields, Items, List, Object, skip, skip_item};
use super::scalar::{Small, SpanHex, TraceHex, Unsigned, Words};
use crate::budget::Budget;
use crate::records::{Record, SPAN_KIND_MAX, STATUS_MAX, SpanDraft, known};

impl<'de> Read<'de> for Span<'de> {
    const SCOPES: &'static str = "scopeSpans";
    const RECORDS: &'static str = "spans";

    fn read<A: SeqAccess<'de>>(seq: &mut A, records: &mut Vec<Self>, budget: &mut Budget) -> Result<bool, A::Error> {
        let mut reader = SpanReader { span: SpanDraft::default(), budget };
        if seq.next_element_seed(Fields(&mut reader))?.is_none() {
            return Ok(false);
        }
        let SpanReader { span, budget } = reader;
        budget.expect_attributes(&span.attributes);
        match budget.flaw().map_or_else(|| span.finish(), Err) {
            Ok(span) => records.push(span),
            Err(outcome) => budget.reject(Self::SIGNAL, outcome, 1),
        }
        Ok(true)
    }
}

struct SpanReader<'de, 'x> {
    span: SpanDraft<'de>,
    budget: &'x mut Budget,
}

impl<'de> Object<'de> for SpanReader<'de, '_> {
    const WHAT: &'static str = "a span";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let SpanReader { span, budget } = self;
        match key {
            "traceId" => span.trace_id = map.next_value::<TraceHex>()?.0,
            "spanId" => span.span_id = map.next_value::<SpanHex>()?.0,
            "parentSpanId" => span.parent_span_id = map.next_value::<SpanHex>()?.0,
            "traceState" => span.trace_state = budget.text(map.next_value::<Words>()?.0),
            "name" => span.name = budget.name(map.next_value::<Words>()?.0),
            "kind" => span.kind = known(map.next_value::<Small>()?.0.into(), SPAN_KIND_MAX),
            "startTimeUnixNano" => span.start_time_unix_nano = map.next_value::<Unsigned>()?.0,
            "endTimeUnixNano" => span.end_time_unix_nano = map.next_value::<Unsigned>()?.0,
            "attributes" => {
                map.next_value_seed(Items(&mut AttributeList { attributes: &mut span.attributes, budget }))?;
            }
            "events" => map.next_value_seed(Items(&mut Events { events: &mut span.events, budget }))?,
            "links" => map.next_value_seed(Items(&mut Links { links: &mut span.links, budget }))?,
            "status" => map.next_value_seed(Fields(&mut Status { span, budget }))?,
            _ => skip(map)?,
        }
        Ok(())
    }
}

struct Events<'de, 'x> {
    events: &'x mut Vec<SpanEvent<'de>>,
    budget: &'x mut Budget,
}

impl<'de> List<'de> for Events<'de, '_> {
    const WHAT: &'static str = "span events";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        if self.budget.flaw().is_some() {
            return skip_item(seq);
        }
        let event = SpanEvent { time_unix_nano: 0, name: Text::default(), attributes: Attributes::default() };
        let mut reader = EventReader { event, budget: self.budget };
        if seq.next_element_seed(Fields(&mut reader))?.is_none() {
            return Ok(false);
        }
        let EventReader { event, budget } = reader;
        if budget.may_add_to_span(self.events.len()) {
            self.events.push(event);
        }
        Ok(true)
    }
}

struct EventReader<'de, 'x> {
    event: SpanEvent<'de>,
    budget: &'x mut Budget,
}

impl<'de> Object<'de> for EventReader<'de, '_> {
    const WHAT: &'static str = "a span event";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let EventReader { event, budget } = self;
        match key {
            "timeUnixNano" => event.time_unix_nano = map.next_value::<Unsigned>()?.0,
            "name" => event.name = budget.name(map.next_value::<Words>()?.0),
            "attributes" => {
                map.next_value_seed(Items(&mut AttributeList { attributes: &mut event.attributes, budget }))?;
            }
            _ => skip(map)?,
        }
        Ok(())
    }
}

struct Links<'de, 'x> {
    links: &'x mut Vec<SpanLink<'de>>,
    budget: &'x mut Budget,
}

impl<'de> List<'de> for Links<'de, '_> {
    const WHAT: &'static str = "span links";

    /// A link without valid ids points nowhere and is left out.
    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        if self.budget.flaw().is_some() {
            return skip_item(seq);
        }
        let mut reader =
            LinkReader { trace_id: None, span_id: None, attributes: Attributes::default(), budget: self.budget };
        if seq.next_element_seed(Fields(&mut reader))?.is_none() {
            return Ok(false);
        }
        let LinkReader { trace_id, span_id, attributes, budget } = reader;
        if budget.may_add_to_span(self.links.len()) {
            let link = trace_id.zip(span_id).map(|(trace_id, span_id)| SpanLink { trace_id, span_id, attributes });
            self.links.extend(link);
        }
        Ok(true)
    }
}

struct LinkReader<'de, 'x> {
    trace_id: Option<TraceId>,
    span_id: Option<SpanId>,
    attributes: Attributes<'de>,
    budget: &'x mut Budget,
}

impl<'de> Object<'de> for LinkReader<'de, '_> {
    const WHAT: &'static str = "a span link";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "traceId" => self.trace_id = map.next_value::<TraceHex>()?.0,
            "spanId" => self.span_id = map.next_value::<SpanHex>()?.0,
            "attributes" => {
                let mut list = AttributeList { attributes: &mut self.attributes, budget: self.budget };
                map.next_value_seed(Items(&mut list))?;
            }
            _ => skip(map)?,
        }
        Ok(())
    }
}

struct Status<'de, 'x> {
    span: &'x mut SpanDraft<'de>,
    budget: &'x Budget,
}

impl<'de> Object<'de> for Status<'de, '_> {
    const WHAT: &'static str = "a status with `code` and `message`";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "message" => self.span.status_message = self.budget.text(map.next_value::<Words>()?.0),
            "code" => self.span.status_code = known(map.next_value::<Small>()?.0.into(), STATUS_MAX),
            _ => skip(map)?,
        }
        Ok(())
    }
}
