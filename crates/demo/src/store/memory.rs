//! The shop's memory when there is no database. It forgets the oldest carts and orders rather than grow.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::orders::Order;
use super::products::Line;
use crate::catalogue::{self, PriceRule, Product};
use crate::limits::{MEMORY_ENTRIES_MAX, STOCK_DELIVERY};

#[derive(Debug)]
pub struct Memory {
    pub products: Vec<Product>,
    pub rules: HashMap<&'static str, PriceRule>,
    changing: Mutex<Changing>,
}

/// What visitors change.
#[derive(Debug, Default)]
pub struct Changing {
    pub stock: HashMap<i32, i32>,
    /// Lines in the order they were added.
    pub carts: Remembered<Vec<Line>>,
    pub orders: Remembered<Order>,
}

/// Entries by name; the oldest leaves when there are too many.
#[derive(Debug)]
pub struct Remembered<T> {
    entries: HashMap<String, T>,
    oldest_first: VecDeque<String>,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self { entries: HashMap::new(), oldest_first: VecDeque::new() }
    }
}

impl<T> Remembered<T> {
    pub fn get(&self, name: &str) -> Option<&T> {
        self.entries.get(name)
    }

    pub fn entry(&mut self, name: &str, make: impl FnOnce() -> T) -> &mut T {
        if !self.entries.contains_key(name) {
            if self.oldest_first.len() >= MEMORY_ENTRIES_MAX
                && let Some(oldest) = self.oldest_first.pop_front()
            {
                self.entries.remove(&oldest);
            }
            self.oldest_first.push_back(name.to_owned());
        }
        self.entries.entry(name.to_owned()).or_insert_with(make)
    }
}

impl Memory {
    pub fn new() -> Self {
        let products = catalogue::products();
        let stock = products.iter().map(|product| (product.id, STOCK_DELIVERY)).collect();
        let changing = Mutex::new(Changing { stock, ..Changing::default() });
        Self { products, rules: catalogue::price_rules().into_iter().collect(), changing }
    }

    pub fn changing(&self) -> MutexGuard<'_, Changing> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_the_oldest_when_it_is_full() {
        let mut remembered = Remembered::default();
        for number in 0..=MEMORY_ENTRIES_MAX {
            *remembered.entry(&number.to_string(), || 0) = number;
        }
        assert_eq!(remembered.get("0"), None);
        assert_eq!(remembered.get("1"), Some(&1));
        assert_eq!(remembered.entries.len(), MEMORY_ENTRIES_MAX);
    }
}
