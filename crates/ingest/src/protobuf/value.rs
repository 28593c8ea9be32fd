//! Attributes and values: `KeyValue`, `AnyValue`, `ArrayValue`, `KeyValueList`.

use std::borrow::Cow;

use limen_model::{Attributes, Text, Value};

use super::wire::Reader;
use crate::budget::Budget;
use crate::error::WireError;

/// Reads a `KeyValue` of a record, resource, event or point and adds it to the others.
pub(super) fn add_attribute<'a>(
    message: Reader<'a>,
    attributes: &mut Attributes<'a>,
    budget: &mut Budget,
) -> Result<(), WireError> {
    if budget.may_add_attribute(attributes) {
        let (key, value) = read_pair(message, 0, budget)?;
        budget.add_attribute(attributes, key, value);
    }
    Ok(())
}

/// `key = 1; value = 2`.
fn read_pair<'a>(
    mut message: Reader<'a>,
    level: usize,
    budget: &mut Budget,
) -> Result<(Text<'a>, Value<'a>), WireError> {
    let mut key = Text::default();
    let mut value = Value::Empty;
    while let Some(field) = message.next()? {
        match field.number {
            1 => key = field.text()?.into(),
            2 => value = read_value(field.message()?, level, budget)?,
            _ => {}
        }
    }
    Ok((key, value))
}

/// Reads an `AnyValue` that lies inside `level` maps and arrays.
pub(super) fn read_value<'a>(
    mut message: Reader<'a>,
    level: usize,
    budget: &mut Budget,
) -> Result<Value<'a>, WireError> {
    let mut value = Value::Empty;
    while let Some(field) = message.next()? {
        value = match field.number {
            1 => Value::Text(budget.value_text(field.text()?.into(), level)),
            2 => Value::Bool(field.bool()?),
            3 => Value::Int(field.int64()?),
            4 => Value::Double(field.double()?),
            5 => Value::Array(read_array(field.message()?, level, budget)?),
            6 => Value::Map(read_map(field.message()?, level, budget)?),
            7 => Value::Bytes(budget.value_bytes(Cow::Borrowed(field.bytes()?))),
            _ => value,
        };
    }
    Ok(value)
}

fn read_array<'a>(mut message: Reader<'a>, level: usize, budget: &mut Budget) -> Result<Vec<Value<'a>>, WireError> {
    let mut values = Vec::new();
    if !budget.may_nest(level) {
        return Ok(values);
    }
    while let Some(field) = message.next()? {
        if field.number == 1 && budget.take_value() {
            values.push(read_value(field.message()?, level + 1, budget)?);
        }
    }
    Ok(values)
}

fn read_map<'a>(mut message: Reader<'a>, level: usize, budget: &mut Budget) -> Result<Attributes<'a>, WireError> {
    let mut pairs = Attributes::default();
    if !budget.may_nest(level) {
        return Ok(pairs);
    }
    while let Some(field) = message.next()? {
        if field.number == 1 && budget.take_value() {
            let (key, value) = read_pair(field.message()?, level + 1, budget)?;
            pairs.0.push((budget.key(key), value));
        }
    }
    Ok(pairs)
}
