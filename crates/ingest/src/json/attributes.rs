//! Attributes and values: `KeyValue`, `AnyValue`, `ArrayValue`, `KeyValueList`.

use std::borrow::Cow;

use limen_model::{Attributes, Text, Value};
use serde::de::{MapAccess, SeqAccess};

use super::read::{Fields, Items, List, Object, skip, skip_item};
use super::scalar::{Base64, Double, Flag, Signed, Words};
use crate::budget::Budget;

/// The attributes of a record, resource, event or point.
pub(super) struct AttributeList<'de, 'x> {
    pub attributes: &'x mut Attributes<'de>,
    pub budget: &'x mut Budget,
}

impl<'de> List<'de> for AttributeList<'de, '_> {
    const WHAT: &'static str = "attributes";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        // Whether there is one more is only known after it is read, so the budget is asked afterwards; until then it
        // costs no more than the text it was sent as.
        if self.budget.flaw().is_some() {
            return skip_item(seq);
        }
        let mut pair = Pair { key: Text::default(), value: Value::Empty, level: 0, budget: self.budget };
        if seq.next_element_seed(Fields(&mut pair))?.is_none() {
            return Ok(false);
        }
        let Pair { key, value, .. } = pair;
        if self.budget.may_add_attribute(self.attributes) {
            self.budget.add_attribute(self.attributes, key, value);
        }
        Ok(true)
    }
}

struct Pair<'de, 'x> {
    key: Text<'de>,
    value: Value<'de>,
    level: usize,
    budget: &'x mut Budget,
}

impl<'de> Object<'de> for Pair<'de, '_> {
    const WHAT: &'static str = "an attribute with `key` and `value`";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "key" => self.key = map.next_value::<Words>()?.0,
            "value" => {
                let level = self.level;
                map.next_value_seed(Fields(&mut AnyValue { value: &mut self.value, level, budget: self.budget }))?;
            }
            _ => skip(map)?,
        }
        Ok(())
    }
}

/// A value that lies inside `level` maps and arrays.
pub(super) struct AnyValue<'de, 'x> {
    pub value: &'x mut Value<'de>,
    pub level: usize,
    pub budget: &'x mut Budget,
}

impl<'de> Object<'de> for AnyValue<'de, '_> {
    const WHAT: &'static str = "a value such as {\"stringValue\": \"…\"}";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let budget = &mut *self.budget;
        let level = self.level;
        *self.value = match key {
            "stringValue" => match map.next_value::<Option<Words>>()? {
                Some(Words(text)) => Value::Text(budget.value_text(text, level)),
                None => return Ok(()),
            },
            "boolValue" => match map.next_value::<Option<Flag>>()? {
                Some(Flag(flag)) => Value::Bool(flag),
                None => return Ok(()),
            },
            "intValue" => match map.next_value::<Option<Signed>>()? {
                Some(Signed(number)) => Value::Int(number),
                None => return Ok(()),
            },
            "doubleValue" => match map.next_value::<Option<Double>>()? {
                Some(Double(number)) => Value::Double(number),
                None => return Ok(()),
            },
            "bytesValue" => match map.next_value::<Option<Base64>>()? {
                Some(Base64(bytes)) => Value::Bytes(budget.value_bytes(Cow::Owned(bytes))),
                None => return Ok(()),
            },
            "arrayValue" if budget.may_nest(level) => {
                let mut values = Vec::new();
                let mut list = Values { found: false, items: ArrayItems { values: &mut values, level, budget } };
                map.next_value_seed(Fields(&mut list))?;
                match list.found {
                    true => Value::Array(values),
                    false => return Ok(()),
                }
            }
            "kvlistValue" if budget.may_nest(level) => {
                let mut pairs = Attributes::default();
                let mut list = Values { found: false, items: MapItems { pairs: &mut pairs, level, budget } };
                map.next_value_seed(Fields(&mut list))?;
                match list.found {
                    true => Value::Map(pairs),
                    false => return Ok(()),
                }
            }
            _ => return skip(map),
        };
        Ok(())
    }
}

/// The object `{"values": […]}` around the elements of an array or a map.
struct Values<L> {
    /// False when the member was `null`, which is no array and no map.
    found: bool,
    items: L,
}

impl<'de, L: List<'de>> Object<'de> for Values<L> {
    const WHAT: &'static str = "an object with `values`";

    fn begin(&mut self) {
        self.found = true;
    }

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        if key == "values" { map.next_value_seed(Items(&mut self.items)) } else { skip(map) }
    }
}

struct ArrayItems<'de, 'x> {
    values: &'x mut Vec<Value<'de>>,
    level: usize,
    budget: &'x mut Budget,
}

impl<'de> List<'de> for ArrayItems<'de, '_> {
    const WHAT: &'static str = "values";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        if self.budget.flaw().is_some() {
            return skip_item(seq);
        }
        let mut value = Value::Empty;
        let mut any = AnyValue { value: &mut value, level: self.level + 1, budget: self.budget };
        if seq.next_element_seed(Fields(&mut any))?.is_none() {
            return Ok(false);
        }
        if self.budget.take_value() {
            self.values.push(value);
        }
        Ok(true)
    }
}

struct MapItems<'de, 'x> {
    pairs: &'x mut Attributes<'de>,
    level: usize,
    budget: &'x mut Budget,
}

impl<'de> List<'de> for MapItems<'de, '_> {
    const WHAT: &'static str = "pairs of `key` and `value`";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        if self.budget.flaw().is_some() {
            return skip_item(seq);
        }
        let mut pair = Pair { key: Text::default(), value: Value::Empty, level: self.level + 1, budget: self.budget };
        if seq.next_element_seed(Fields(&mut pair))?.is_none() {
            return Ok(false);
        }
        let Pair { key, value, .. } = pair;
        if self.budget.take_value() {
            self.pairs.0.push((self.budget.key(key), value));
        }
        Ok(true)
    }
}
