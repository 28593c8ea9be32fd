//! The lists of numbers in a metric point: bounds, buckets, quantiles.

use serde::de::{Deserialize, MapAccess, SeqAccess};

use super::super::read::{Fields, Items, List, Object, skip};
use super::super::scalar::{Double, Small, Unsigned};
use crate::budget::Budget;

pub(super) struct Buckets<'x> {
    pub offset: &'x mut i32,
    pub counts: &'x mut Vec<u64>,
    pub budget: &'x mut Budget,
}

impl<'de> Object<'de> for Buckets<'_> {
    const WHAT: &'static str = "buckets with `offset` and `bucketCounts`";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "offset" => *self.offset = map.next_value::<Small>()?.0,
            "bucketCounts" => map.next_value_seed(Items(&mut counts(self.counts, self.budget)))?,
            _ => skip(map)?,
        }
        Ok(())
    }
}

/// The (quantile, value) pair of a summary.
pub(super) struct Quantile(pub (f64, f64));

impl<'de> Deserialize<'de> for Quantile {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut quantile = Quantile((0.0, 0.0));
        serde::de::DeserializeSeed::deserialize(Fields(&mut quantile), deserializer)?;
        Ok(quantile)
    }
}

impl<'de> Object<'de> for Quantile {
    const WHAT: &'static str = "an object with `quantile` and `value`";

    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "quantile" => self.0.0 = map.next_value::<Double>()?.0,
            "value" => self.0.1 = map.next_value::<Double>()?.0,
            _ => skip(map)?,
        }
        Ok(())
    }
}

/// The numbers of a point, no more than the limit; `S` is how one is written.
pub(super) struct Numbers<'x, S, T> {
    pub list: &'x mut Vec<T>,
    pub number: fn(S) -> T,
    pub budget: &'x mut Budget,
}

pub(super) fn counts<'x>(list: &'x mut Vec<u64>, budget: &'x mut Budget) -> Numbers<'x, Unsigned, u64> {
    Numbers { list, number: |Unsigned(number)| number, budget }
}

impl<'de, S: Deserialize<'de>, T> List<'de> for Numbers<'_, S, T> {
    const WHAT: &'static str = "numbers";

    fn item<A: SeqAccess<'de>>(&mut self, seq: &mut A) -> Result<bool, A::Error> {
        let Some(element) = seq.next_element::<S>()? else {
            return Ok(false);
        };
        let fits = self.list.len() < self.budget.limits.buckets_max;
        self.budget.demand_fit(fits);
        if fits {
            self.list.push((self.number)(element));
        }
        Ok(true)
    }
}
