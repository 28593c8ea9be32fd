//! The envelope around records: request, resource, scope. Its field numbers are the same for all three signals.

use limen_model::received::{Group, Scope};
use limen_model::{Attributes, Outcome};

use super::value::add_attribute;
use super::wire::Reader;
use crate::budget::Budget;
use crate::error::WireError;
use crate::records::{Record, Scoped, close_resource};

/// A record that can be read from its message. `None` when it was rejected; the budget has counted why.
pub(super) trait Read<'a>: Record + Sized {
    fn read(message: Reader<'a>, budget: &mut Budget) -> Result<Option<Self>, WireError>;
}

/// Reads the groups of an `Export…ServiceRequest`: `resource_… = 1`.
pub(super) fn read<'a, T: Read<'a>>(
    mut request: Reader<'a>,
    budget: &mut Budget,
    groups: &mut Vec<Group<'a, T>>,
) -> Result<(), WireError> {
    while let Some(field) = request.next()? {
        if field.number == 1 {
            read_resource(field.message()?, budget, groups)?;
        }
    }
    Ok(())
}

/// `resource = 1; scope_… = 2`, in any order.
fn read_resource<'a, T: Read<'a>>(
    mut message: Reader<'a>,
    budget: &mut Budget,
    groups: &mut Vec<Group<'a, T>>,
) -> Result<(), WireError> {
    let mut resource = Attributes::default();
    let mut flaw = None;
    let mut scopes = Vec::new();
    while let Some(field) = message.next()? {
        match field.number {
            1 => {
                budget.begin_record();
                let mut fields = field.message()?;
                while let Some(field) = fields.next()? {
                    if field.number == 1 {
                        add_attribute(field.message()?, &mut resource, budget)?;
                    }
                }
                flaw = flaw.or(budget.flaw());
            }
            2 => {
                let scoped: Scoped<'a, T> = read_scope(field.message()?, budget)?;
                if !scoped.records.is_empty() {
                    scopes.push(scoped);
                }
            }
            _ => {}
        }
    }
    close_resource(resource, flaw, scopes, budget, groups);
    Ok(())
}

/// `scope = 1; records = 2`, in any order.
fn read_scope<'a, T: Read<'a>>(mut message: Reader<'a>, budget: &mut Budget) -> Result<Scoped<'a, T>, WireError> {
    let mut scoped = Scoped { scope: Scope::default(), records: Vec::new() };
    let mut count = message;
    let mut expected: usize = 0;
    while let Some(field) = count.next()? {
        expected += usize::from(field.number == 2);
    }
    scoped.records.reserve_exact(expected.min(budget.records_left()));
    while let Some(field) = message.next()? {
        match field.number {
            1 => {
                let mut fields = field.message()?;
                while let Some(field) = fields.next()? {
                    match field.number {
                        1 => scoped.scope.name = budget.name(field.text()?.into()),
                        2 => scoped.scope.version = budget.name(field.text()?.into()),
                        _ => {}
                    }
                }
            }
            2 => {
                let message = field.message()?;
                budget.begin_record();
                if !budget.take_record() {
                    budget.reject(T::SIGNAL, Outcome::BatchTooLong, 1);
                } else if let Some(record) = T::read(message, budget)? {
                    scoped.records.push(record);
                }
            }
            _ => {}
        }
    }
    Ok(scoped)
}
