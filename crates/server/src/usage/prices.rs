//! What the operator pays, so that usage can be told as money.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::limits::{CURRENCY_BYTES_MAX, PRICE_MAX};

/// Prices of an application's data; all zero until somebody sets them. A GB is 10^9 bytes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Prices {
    /// As it is to be written, such as EUR.
    pub currency: String,
    #[schema(minimum = 0)]
    pub per_million_events: f64,
    /// Of requests as they are sent.
    #[schema(minimum = 0)]
    pub per_gigabyte_in: f64,
    /// Of the disk, for a month.
    #[schema(minimum = 0)]
    pub per_gigabyte_month_stored: f64,
}

/// What 30 days will cost.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Cost {
    pub currency: String,
    pub events: f64,
    pub bytes_in: f64,
    pub stored: f64,
    pub total: f64,
}

impl Prices {
    /// Says what is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        if self.currency.len() > CURRENCY_BYTES_MAX {
            return Err(format!("currency has {} bytes; at most {CURRENCY_BYTES_MAX}", self.currency.len()));
        }
        let prices = [
            ("per_million_events", self.per_million_events),
            ("per_gigabyte_in", self.per_gigabyte_in),
            ("per_gigabyte_month_stored", self.per_gigabyte_month_stored),
        ];
        match prices.into_iter().find(|(_, price)| !(0.0..=PRICE_MAX).contains(price)) {
            Some((name, price)) => Err(format!("{name} is {price}; a price is from 0 to {PRICE_MAX}")),
            None => Ok(()),
        }
    }

    /// Of so much in a month; of what is stored, what there is in the middle of it. Without prices there is no cost.
    pub fn cost(&self, events: f64, bytes_in: f64, stored_from: f64, stored_to: f64) -> Option<Cost> {
        const GIGABYTE: f64 = 1e9;
        if self.per_million_events + self.per_gigabyte_in + self.per_gigabyte_month_stored == 0.0 {
            return None;
        }
        let events = events / 1e6 * self.per_million_events;
        let bytes_in = bytes_in / GIGABYTE * self.per_gigabyte_in;
        let stored = (stored_from + stored_to) / 2.0 / GIGABYTE * self.per_gigabyte_month_stored;
        Some(Cost { currency: self.currency.clone(), events, bytes_in, stored, total: events + bytes_in + stored })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_what_its_parts_cost_and_without_prices_there_is_none() {
        assert_eq!(Prices::default().cost(1e9, 1e12, 1e12, 1e12), None);
        let prices = Prices {
            currency: "EUR".to_owned(),
            per_million_events: 2.0,
            per_gigabyte_in: 0.5,
            per_gigabyte_month_stored: 0.25,
        };
        let cost = prices.cost(3e6, 4e9, 10e9, 30e9).expect("there are prices");
        assert_eq!((cost.events, cost.bytes_in, cost.stored, cost.total), (6.0, 2.0, 5.0, 13.0));
    }

    #[test]
    fn says_what_is_wrong() {
        let check = |json: &str| serde_json::from_str::<Prices>(json).map_err(|error| error.to_string())?.check();
        assert_eq!(check(r#"{"currency": "EUR", "per_gigabyte_in": 0.1}"#), Ok(()));
        for (json, word) in [
            (r#"{"per_gigabyte_in": -1}"#, "from 0"),
            (r#"{"per_gigabyte_in": 1e300}"#, "from 0"),
            (r#"{"currency": "more than any currency is called"}"#, "currency"),
            (r#"{"price": 1}"#, "unknown field"),
        ] {
            assert!(check(json).is_err_and(|message| message.contains(word)), "{json}");
        }
    }
}
