//! The exemplars of a metric point.

use limen_model::received::{Exemplar, Number};
use serde::de::{MapAccess, SeqAccess};

use super::super::attributes::AttributeList;
use super::super::read::{Fields, Items, List, Object, skip, skip_item};
use super::super::scalar::{SpanHex, TraceHex, Unsigned};
use super::number_field;
use crate::budget::Budget;

/// One without a value says nothing and is left out.
pub(super) struct Exemplars<'x, 'de> {
    pub exemplars: &'x mut Vec<Exemplar<'de>>,
    pub budget: &'x mut Budget,
}

impl<'de> List<'de> for Exemplars<'_, 'de> {
    const WHAT: &'static str = "exemplars";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        if self.budget.flaw().is_some() {
            return skip_item(seq);
        }
        let mut reader = Reader { exemplar: Exemplar::default(), value: None, budget: self.budget };
        if seq.next_element_seed(Fields(&mut reader))?.is_none() {
            return Ok(false);
        }
        let Reader { exemplar, value, budget } = reader;
        if budget.may_add_exemplar(self.exemplars.len()) {
            self.exemplars.extend(value.map(|value| Exemplar { value, ..exemplar }));
        }
        Ok(true)
    }
}

struct Reader<'x, 'de> {
    exemplar: Exemplar<'de>,
    value: Option<Number>,
    budget: &'x mut Budget,
}

impl<'de> Object<'de> for Reader<'_, 'de> {
    const WHAT: &'static str = "an exemplar";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let Reader { exemplar, value, budget } = self;
        match key {
            "timeUnixNano" => exemplar.time_unix_nano = map.next_value::<Unsigned>()?.0,
            "asDouble" | "asInt" => number_field(value, key, map)?,
            "traceId" => exemplar.trace_id = map.next_value::<TraceHex>()?.0,
            "spanId" => exemplar.span_id = map.next_value::<SpanHex>()?.0,
            "filteredAttributes" => {
                map.next_value_seed(Items(&mut AttributeList { attributes: &mut exemplar.attributes, budget }))?;
            }
            _ => skip(map)?,
        }
        Ok(())
    }
}
