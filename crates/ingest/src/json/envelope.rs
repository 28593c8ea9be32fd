//! The envelope around records: resource and scope, whose names differ by signal and whose shape does not.

use limen_model::received::{Group, Scope};
use limen_model::{Attributes, Outcome};
use serde::de::{MapAccess, SeqAccess};

use super::attributes::AttributeList;
use super::read::{Fields, Items, List, Object, skip, skip_item};
use super::scalar::Words;
use crate::budget::Budget;
use crate::records::{Record, Scoped, close_resource};

/// A record that can be read from an element.
pub(super) trait Read<'de>: Record + Sized {
    /// The member of the resource that lists scopes: `scopeLogs`.
    const SCOPES: &'static str;
    /// The member of the scope that lists records: `logRecords`.
    const RECORDS: &'static str;

    /// Adds the next element, or counts why it is rejected; false when there is none left.
    fn read<A: SeqAccess<'de>>(seq: &mut A, records: &mut Vec<Self>, budget: &mut Budget) -> Result<bool, A::Error>;
}

/// Reads the groups of one signal.
pub(super) struct Groups<'de, 'x, T> {
    pub groups: &'x mut Vec<Group<'de, T>>,
    pub budget: &'x mut Budget,
}

impl<'de, T: Read<'de>> List<'de> for Groups<'de, '_, T> {
    const WHAT: &'static str = "objects with `resource` and its scopes";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        let mut resource =
            Resource::<T> { attributes: Attributes::default(), flaw: None, scopes: Vec::new(), budget: self.budget };
        if seq.next_element_seed(Fields(&mut resource))?.is_none() {
            return Ok(false);
        }
        let Resource { attributes, flaw, scopes, .. } = resource;
        close_resource(attributes, flaw, scopes, self.budget, self.groups);
        Ok(true)
    }
}

struct Resource<'de, 'x, T> {
    attributes: Attributes<'de>,
    flaw: Option<Outcome>,
    scopes: Vec<Scoped<'de, T>>,
    budget: &'x mut Budget,
}

impl<'de, T: Read<'de>> Object<'de> for Resource<'de, '_, T> {
    const WHAT: &'static str = "an object with `resource` and its scopes";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        if key == T::SCOPES {
            map.next_value_seed(Items(&mut Scopes { scopes: &mut self.scopes, budget: self.budget }))
        } else if key == "resource" {
            self.budget.begin_record();
            let list = AttributeList { attributes: &mut self.attributes, budget: self.budget };
            map.next_value_seed(Fields(&mut Attributed(list)))?;
            self.flaw = self.flaw.or(self.budget.flaw());
            Ok(())
        } else {
            skip(map)
        }
    }
}

/// An object of which only `attributes` matters.
struct Attributed<'de, 'x>(AttributeList<'de, 'x>);

impl<'de> Object<'de> for Attributed<'de, '_> {
    const WHAT: &'static str = "an object with `attributes`";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        if key == "attributes" { map.next_value_seed(Items(&mut self.0)) } else { skip(map) }
    }
}

struct Scopes<'de, 'x, T> {
    scopes: &'x mut Vec<Scoped<'de, T>>,
    budget: &'x mut Budget,
}

impl<'de, T: Read<'de>> List<'de> for Scopes<'de, '_, T> {
    const WHAT: &'static str = "objects with `scope` and its records";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        let scoped = Scoped { scope: Scope::default(), records: Vec::new() };
        let mut reader = ScopeReader { scoped, budget: self.budget };
        if seq.next_element_seed(Fields(&mut reader))?.is_none() {
            return Ok(false);
        }
        if !reader.scoped.records.is_empty() {
            self.scopes.push(reader.scoped);
        }
        Ok(true)
    }
}

struct ScopeReader<'de, 'x, T> {
    scoped: Scoped<'de, T>,
    budget: &'x mut Budget,
}

impl<'de, T: Read<'de>> Object<'de> for ScopeReader<'de, '_, T> {
    const WHAT: &'static str = "an object with `scope` and its records";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        if key == T::RECORDS {
            map.next_value_seed(Items(&mut Records { records: &mut self.scoped.records, budget: self.budget }))
        } else if key == "scope" {
            map.next_value_seed(Fields(&mut ScopeFields { scope: &mut self.scoped.scope, budget: self.budget }))
        } else {
            skip(map)
        }
    }
}

struct ScopeFields<'de, 'x> {
    scope: &'x mut Scope<'de>,
    budget: &'x mut Budget,
}

impl<'de> Object<'de> for ScopeFields<'de, '_> {
    const WHAT: &'static str = "an object with `name` and `version`";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "name" => self.scope.name = self.budget.name(map.next_value::<Words>()?.0),
            "version" => self.scope.version = self.budget.name(map.next_value::<Words>()?.0),
            _ => skip(map)?,
        }
        Ok(())
    }
}

struct Records<'x, T> {
    records: &'x mut Vec<T>,
    budget: &'x mut Budget,
}

impl<'de, T: Read<'de>> List<'de> for Records<'_, T> {
    const WHAT: &'static str = "records";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        if self.budget.records_left() == 0 {
            let found = skip_item(seq)?;
            self.budget.reject(T::SIGNAL, Outcome::BatchTooLong, u64::from(found));
            return Ok(found);
        }
        self.budget.begin_record();
        let found = T::read(seq, self.records, self.budget)?;
        if found {
            self.budget.take_record();
        }
        Ok(found)
    }
}
